//! The ledger, for people. Ideas and reasons are other people's text, or a model's.

use std::fmt::Write as _;

use super::{line, team::table, width};
use crate::commands::{Audited, Balance, Balances, Board, Detail, Postings, Questions, Stake};

/// What an empty ledger says.
const NOBODY: &str = "nobody has an account yet: members get one with their first debate\n";

/// Everybody; who is benched sits out so many debates.
pub(crate) fn balances(balances: &Balances, bench: u32) -> String {
    if balances.members.is_empty() {
        return NOBODY.into();
    }
    let head = ["rank", "member", "sparks", "tier", "slots", "debates", "average", "   net", ""];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(balances.members.iter().map(|one| {
        [
            format!("{:>4}", one.rank),
            one.member.clone(),
            format!("{:>6}", one.balance),
            format!("{:>4}", one.tier),
            format!("{:>5}", format!("{}/{}", one.equipped.len(), one.slots)),
            format!("{:>7}", one.debates),
            average(one.debates, one.average_award_hundredths),
            format!("{:>6}", format!("{:+}", one.net)),
            remark(one, bench),
        ]
    }));
    table(&rows, width())
}

fn remark(one: &Balance, bench: u32) -> String {
    match one.bench {
        Some(served) => format!("on the bench, {served} of {bench}"),
        None if one.relegation => "to be decided about".into(),
        None => String::new(),
    }
}

/// Hundredths as a number; nothing where there was no debate.
fn average(debates: u32, hundredths: i64) -> String {
    match debates {
        0 => format!("{:>7}", "-"),
        _ => format!("{:>7}", format!("{}.{:02}", hundredths / 100, hundredths.rem_euclid(100))),
    }
}

/// One member in detail.
pub(crate) fn account(detail: &Detail) -> String {
    let one = &detail.balance;
    let unit = if one.balance.abs() == 1 { "spark" } else { "sparks" };
    let mut text = format!("{}: {} {unit}, rank {}, tier {}", one.member, one.balance, one.rank, one.tier);
    // Writing to a String cannot fail, so the results below are dropped.
    let _ = writeln!(text, ", {} of {} skill slots taken", one.equipped.len(), one.slots);
    let _ = writeln!(
        text,
        "{} debates, average award {}, net {:+}",
        one.debates,
        average(one.debates, one.average_award_hundredths).trim(),
        one.net
    );
    if detail.identity > 1 {
        let _ = writeln!(text, "account {} of this name", detail.identity);
    }
    if let Some(served) = one.bench {
        let _ = writeln!(text, "on the bench: {served} debates sat out");
    }
    if !detail.lost.is_empty() {
        let lost: Vec<String> =
            detail.lost.iter().map(|lost| format!("{} in {}", lost.net, lost.roundtable_id)).collect();
        let _ = writeln!(text, "to be decided about: lost {}", lost.join(", "));
    }
    if !detail.skills.is_empty() {
        let marked = detail.skills.iter().map(|skill| {
            let mark = if one.equipped.contains(skill) { "" } else { " (in no slot)" };
            format!("{}{mark}", line(skill, 64))
        });
        let _ = writeln!(text, "skills: {}", marked.collect::<Vec<_>>().join(", "));
    }
    for owned in &detail.possessions {
        let state = match owned.state {
            "waiting" => ", waits for the next debate",
            "claimed" => ", at work in a debate that is not over",
            _ => "",
        };
        let _ =
            writeln!(text, "{}: {}, {} sparks{state}", owned.purchase, line(&owned.name, 80), owned.price);
    }
    for staked in &detail.ventures {
        let _ = writeln!(
            text,
            "{}: {} of {} sparks on “{}”",
            staked.venture,
            staked.tier,
            staked.stake,
            line(&staked.idea, 80)
        );
    }
    if !detail.results.is_empty() {
        text.push('\n');
        let head = ["debate", "settled (UTC)", "award", "gross", "fee", "net"];
        let mut rows = vec![head.map(str::to_owned)];
        rows.extend(detail.results.iter().map(|result| {
            [
                result.roundtable_id.clone(),
                minute(&result.settled_at),
                format!("{:>5}", result.award),
                format!("{:>5}", result.gross),
                format!("{:>3}", result.fee),
                format!("{:+}", result.net),
            ]
        }));
        text.push_str(&table(&rows, width()));
    }
    text
}

/// The proof, member by member.
pub(crate) fn audit(audited: &Audited) -> String {
    let mut text = String::new();
    if !audited.members.is_empty() {
        let mut rows = vec![["member", "postings", "   sum", "balance", ""].map(str::to_owned)];
        rows.extend(audited.members.iter().map(|one| {
            let says = if one.sum == one.balance { "proved" } else { "WRONG" };
            [
                one.member.clone(),
                format!("{:>8}", one.postings),
                format!("{:>6}", one.sum),
                format!("{:>7}", one.balance),
                says.to_owned(),
            ]
        }));
        text.push_str(&table(&rows, width()));
        text.push('\n');
    }
    for fault in &audited.faults {
        let _ = writeln!(text, "WRONG: {}", line(fault, 400));
    }
    if audited.faults.is_empty() {
        let _ = writeln!(
            text,
            "{} postings in {} events: every balance is their sum, no cause was posted twice, nothing was bought or staked without cover, and the table spark_ledger says the same",
            audited.postings, audited.events
        );
    }
    text
}

/// Postings, newest first.
pub(crate) fn postings(postings: &Postings) -> String {
    if postings.postings.is_empty() {
        return "nothing was posted\n".into();
    }
    let head = ["posted (UTC)", "member", "sparks", "balance", "kind", "debate", "why"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(postings.postings.iter().map(|one| {
        [
            minute(&one.at),
            one.member.clone(),
            format!("{:>6}", format!("{:+}", one.amount)),
            format!("{:>7}", one.balance),
            one.category.to_owned(),
            one.roundtable_id.clone().unwrap_or_default(),
            line(&one.reason, 200),
        ]
    }));
    let mut text = table(&rows, width().max(120));
    let left = postings.of.saturating_sub(postings.postings.len());
    if left > 0 {
        let _ = writeln!(text, "… and {left} older ones (--limit 0 lists all)");
    }
    text
}

/// The members, best first.
pub(crate) fn leaderboard(board: &Board) -> String {
    if board.members.is_empty() {
        return NOBODY.into();
    }
    let head = ["rank", "member", "average", "debates", "   net", "sparks", "tier", ""];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(board.members.iter().map(|one| {
        [
            format!("{:>4}", one.rank),
            one.member.clone(),
            average(one.debates, one.average_award_hundredths),
            format!("{:>7}", one.debates),
            format!("{:>6}", format!("{:+}", one.net)),
            format!("{:>6}", one.balance),
            format!("{:>4}", one.tier),
            if one.benched { "on the bench" } else { "" }.to_owned(),
        ]
    }));
    let mut text = table(&rows, width());
    if let Some(days) = board.days {
        let _ = writeln!(text, "averages and net of debates that were settled in the last {days} days");
    }
    text
}

/// Stakes on ideas.
pub(crate) fn ventures(ventures: &[Stake]) -> String {
    if ventures.is_empty() {
        return "no venture waits to be resolved\n".into();
    }
    let mut rows =
        vec![["id", "member", "size", "stake", "pays", "state", "debate", "idea"].map(str::to_owned)];
    rows.extend(ventures.iter().map(|one| {
        [
            one.id.clone(),
            one.member.clone(),
            one.tier.to_owned(),
            format!("{:>5}", one.stake),
            format!("{:>4}", one.payout),
            one.state.to_owned(),
            one.roundtable_id.clone(),
            line(&one.idea, 200),
        ]
    }));
    table(&rows, width().max(120))
}

/// About whom there is something to decide, and who sits on the bench.
pub(crate) fn questions(questions: &Questions) -> String {
    let mut text = String::new();
    for one in &questions.asked {
        let lost: Vec<String> =
            one.lost.iter().map(|lost| format!("{} in {}", lost.net, lost.roundtable_id)).collect();
        let _ = writeln!(
            text,
            "{} lost {}, more than anybody else, and has {}: keep, bench or replace?",
            one.member,
            lost.join(", "),
            one.balance
        );
    }
    for one in &questions.bench {
        let _ = writeln!(
            text,
            "{} is on the bench: {} of {} debates sat out",
            one.member, one.served, one.debates
        );
    }
    if text.is_empty() {
        text.push_str("there is nothing to decide, and nobody is on the bench\n");
    }
    text
}

/// The minute of a time in RFC 3339.
fn minute(time: &str) -> String {
    time.get(..16).unwrap_or_default().replace('T', " ")
}

#[cfg(test)]
mod tests;
