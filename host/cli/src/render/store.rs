//! The store and the school, for people.

use std::fmt::Write as _;

use amatelier_economy::Offer;
use amatelier_engine::Teachable;

use super::{line, prose, team::table};
use crate::commands::{Affordable, Asked, Held, Holding, SkillShown};

/// What is on sale, in at most so many columns.
pub(crate) fn offers(offers: &[Offer], columns: usize) -> String {
    if offers.is_empty() {
        return "nothing is on sale\n".into();
    }
    let mut rows = vec![["item", "sparks", "lasts", "kind", "name"].map(str::to_owned)];
    rows.extend(offers.iter().map(|offer| {
        [
            offer.id.clone(),
            offer.price.0.to_string(),
            offer.lifetime.to_string(),
            offer.category.clone(),
            line(&offer.name, 80),
        ]
    }));
    table(&rows, columns)
}

/// One item.
pub(crate) fn offer(offer: &Offer) -> String {
    let mut text = format!("{}: {}\n", offer.id, line(&offer.name, 80));
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{} sparks, {}, {}", offer.price.0, offer.lifetime, offer.category);
    text.push_str(&prose(&offer.description));
    let _ = writeln!(text, "sold by the store component {} as {}", line(&offer.component, 200), offer.item);
    text
}

/// What can be learnt, in at most so many columns.
pub(crate) fn skills(skills: &[&Teachable], columns: usize) -> String {
    if skills.is_empty() {
        return "nobody teaches anything\n".into();
    }
    let mut rows = vec![["skill", "taught by", "title"].map(str::to_owned)];
    rows.extend(
        skills
            .iter()
            .map(|listed| [listed.skill.id.clone(), line(&listed.source, 40), line(&listed.skill.title, 80)]),
    );
    table(&rows, columns)
}

/// One skill.
pub(crate) fn skill(shown: &SkillShown<'_>) -> String {
    let skill = &shown.listed.skill;
    let mut text = format!("{}: {}\n", skill.id, line(&skill.title, 80));
    text.push_str(&prose(&skill.summary));
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name}: {value}");
        }
    };
    row("taught by", &line(&shown.listed.source, 200));
    row("tags", &skill.tags.join(", "));
    row("meant to raise", &skill.axes.join(", "));
    for reminder in &shown.reminders {
        let when = match reminder.round {
            0 => reminder.phase.to_string(),
            round => format!("{}, round {round}", reminder.phase),
        };
        row(&when, &line(&reminder.text, 300));
    }
    text
}

/// What members have, in at most so many columns.
pub(crate) fn inventory(members: &[Holding], columns: usize) -> String {
    if members.is_empty() {
        return "nobody has an account yet\n".into();
    }
    let mut text = String::new();
    for (at, member) in members.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let Holding { member: name, balance, tier, slots, equipped, .. } = member;
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(
            text,
            "{gap}{name}: {balance} sparks, tier {tier}, {} of {slots} skill slots taken",
            equipped.len()
        );
        for skill in &member.skills {
            let place = if equipped.contains(skill) { "in a slot" } else { "not equipped" };
            let _ = writeln!(text, "  skill {skill}, {place}");
        }
        let rows: Vec<_> = member.items.iter().map(|item| row(item, "  ")).collect();
        text.push_str(&table(&rows, columns));
    }
    text
}

/// What was bought, in at most so many columns.
pub(crate) fn purchases(purchases: &[Held], columns: usize) -> String {
    if purchases.is_empty() {
        return "nothing was bought yet\n".into();
    }
    let rows: Vec<_> = purchases
        .iter()
        .map(|one| {
            let [purchase, item, price, state] = row(one, "");
            [purchase, one.member.clone(), item, price, state]
        })
        .collect();
    table(&rows, columns)
}

fn row(one: &Held, indent: &str) -> [String; 4] {
    let by = one.by.as_ref().map(|by| format!(": {}", line(by, 60))).unwrap_or_default();
    [
        format!("{indent}{}", one.purchase),
        one.item.clone(),
        format!("{} sparks", one.price),
        format!("{}{by}", one.state),
    ]
}

/// What members could buy, in at most so many columns.
pub(crate) fn affordable(members: &[Affordable], columns: usize) -> String {
    if members.is_empty() {
        return "nobody has an account yet\n".into();
    }
    let mut text = String::new();
    for (at, member) in members.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}: {} sparks", member.member, member.balance);
        let rows: Vec<_> = member
            .items
            .iter()
            .map(|item| {
                let price = item.price.map_or_else(|| "-".into(), |price| price.to_string());
                [format!("  {}", item.item), price, line(item.why.as_deref().unwrap_or(""), 200)]
            })
            .collect();
        text.push_str(&table(&rows, columns));
    }
    text
}

/// What members ask for.
pub(crate) fn requests(requests: &[Asked]) -> String {
    if requests.is_empty() {
        return "nobody asks for anything\n".into();
    }
    let mut text = String::new();
    for request in requests {
        let kind = if request.private { "private" } else { "public" };
        let age = match (request.private, request.age) {
            (true, _) => String::new(),
            (false, age) => format!(", has seen {age} debates"),
        };
        let _ = writeln!(
            text,
            "{}  {}, {kind}, {}{age}, {} sparks paid",
            request.id, request.member, request.state, request.paid
        );
        text.push_str(&prose(&request.text));
    }
    text
}
