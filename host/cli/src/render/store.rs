//! The store and the school, for people.

use std::fmt::Write as _;

use amatelier_economy::Offer;
use amatelier_engine::Teachable;

use super::{line, prose, team::table};
use crate::commands::SkillShown;

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
