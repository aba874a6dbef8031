//! A digest for people.

use std::fmt::Write as _;

use amatelier_debate::{Digest, MemberScore};

use super::{line, lookups::cited, plain, prose, took};

pub(crate) fn digest(digest: &Digest) -> String {
    let mut text = String::new();
    head(&mut text, digest);
    scores(&mut text, digest);
    sparks(&mut text, digest);
    judge(&mut text, digest);
    looked_up(&mut text, digest);
    positions(&mut text, digest);
    foot(&mut text, digest);
    text
}

// Writing to a String cannot fail, so the results of `writeln!` below are dropped.

fn head(text: &mut String, digest: &Digest) {
    let _ = writeln!(text, "{}", plain(&digest.topic));
    if let Some(notice) = &digest.notice {
        let _ = writeln!(text, "[{notice}]");
    }
    let stop = match &digest.stop {
        Some(stop) => format!("{} ({})", stop.reason, line(&stop.detail, 500)),
        None => "still running".into(),
    };
    let _ = writeln!(
        text,
        "\nRoundtable {} · {} · seed {} · {} rounds · {} messages\nStopped: {stop}",
        digest.roundtable_id, digest.mode, digest.seed, digest.rounds, digest.total_messages
    );
    for notice in &digest.notices {
        let _ = writeln!(text, "Note: {}", line(notice, 500));
    }
    for (member, why) in &digest.benched {
        let _ = writeln!(text, "Benched: {member} ({})", line(why, 300));
    }
    for action in digest.uncertain.iter().filter(|action| !digest.resent.contains(action)) {
        let _ = writeln!(text, "Nobody knows what a request of it took: {action}");
    }
    for action in &digest.resent {
        let _ = writeln!(text, "Asked once more after the program was stopped in between: {action}");
    }
}

fn scores(text: &mut String, digest: &Digest) {
    let _ = write!(text, "\n{}", marks(digest));
    for score in ranked(&digest.scoring.scores) {
        let _ = write!(text, "\n  {}\n{}", score.agent, indent(&prose(&score.reasoning)));
        if let Some(told) = score.told_evidence(&digest.scoring.axes) {
            text.push_str(&indent(&prose(&told)));
        }
    }
}

/// The marks of all rubrics with what is to be known about them: those that settle the debate first.
pub(crate) fn marks(digest: &Digest) -> String {
    let mut text = score_table(digest);
    notes(&mut text, &digest.scoring.notes);
    for other in &digest.other_scores {
        let rubric = line(&other.rubric, 200);
        text.push('\n');
        text.push_str(&match other.scores.is_empty() {
            true => format!("Scores ({rubric}): {}{}\n", other.status, why(other.reason.as_deref())),
            false => table(&format!("Scores ({rubric}, beside)"), &other.axes, &other.scores),
        });
        notes(&mut text, &other.notes);
    }
    text
}

fn notes(text: &mut String, notes: &[String]) {
    for note in notes {
        let _ = writeln!(text, "  note: {}", line(note, 500));
    }
}

/// The marks that settle the debate in a table, best first; why there are none otherwise.
pub(crate) fn score_table(digest: &Digest) -> String {
    let scoring = &digest.scoring;
    match scoring.scores.is_empty() {
        true => format!("Scores: {}{}\n", scoring.status, why(scoring.reason.as_deref())),
        false => {
            let rubric = line(scoring.rubric.as_deref().unwrap_or_default(), 200);
            table(&format!("Scores ({rubric})"), &scoring.axes, &scoring.scores)
        }
    }
}

fn why(reason: Option<&str>) -> String {
    reason.map(|why| format!(" ({})", line(why, 500))).unwrap_or_default()
}

/// Columns of this width hold a mark and most names of axes; longer ones get more, up to the other.
const COLUMN: std::ops::RangeInclusive<usize> = 10..=24;

fn table(title: &str, axes: &[String], scores: &[MemberScore]) -> String {
    let mut text = format!("{title}\n  {:12}", "");
    let columns: Vec<(&String, String)> = axes.iter().map(|axis| (axis, line(axis, *COLUMN.end()))).collect();
    let width = |shown: &str| shown.chars().count().max(*COLUMN.start());
    for (_, shown) in &columns {
        let _ = write!(text, " {shown:>width$}", width = width(shown));
    }
    let _ = writeln!(text, " {:>6}", "total");
    for score in ranked(scores) {
        let _ = write!(text, "  {:12}", score.agent);
        for (axis, shown) in &columns {
            let value = score.axes.get(*axis).map(u32::to_string).unwrap_or_default();
            let _ = write!(text, " {value:>width$}", width = width(shown));
        }
        let _ = writeln!(text, " {:>6}", score.score);
    }
    text
}

fn sparks(text: &mut String, digest: &Digest) {
    if !digest.sparks.is_empty() {
        let _ = write!(text, "\n{}", spark_table(digest));
    }
}

/// What the debate gave and took, best first; nothing where it was not settled.
pub(crate) fn spark_table(digest: &Digest) -> String {
    let mut text = String::new();
    if digest.sparks.is_empty() {
        return text;
    }
    let mut settled: Vec<_> = digest.sparks.iter().collect();
    settled.sort_by_key(|settled| (std::cmp::Reverse(settled.net), settled.agent.clone()));
    let heads = ["marks", "gates", "sanctions", "fee", "net", "balance"];
    let _ = writeln!(text, "Sparks\n  {:12}{}", "", heads.map(|head| format!(" {head:>9}")).concat());
    for one in settled {
        let signed = [one.award, one.gates, -one.sanctions, -one.fee, one.net].map(|n| format!(" {n:>+9}"));
        let _ = writeln!(text, "  {:12}{} {:>9}", one.agent, signed.concat(), one.balance);
    }
    text
}

fn ranked(scores: &[MemberScore]) -> Vec<&MemberScore> {
    let mut ranked: Vec<&MemberScore> = scores.iter().collect();
    ranked.sort_by_key(|score| (std::cmp::Reverse(score.score), score.agent.clone()));
    ranked
}

fn judge(text: &mut String, digest: &Digest) {
    if digest.judge_messages.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nJudge");
    for message in &digest.judge_messages {
        text.push_str(&prose(message));
    }
}

fn looked_up(text: &mut String, digest: &Digest) {
    if digest.lookups.is_empty() && digest.citations.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nLooked up");
    for lookup in &digest.lookups {
        let _ = writeln!(text, "  {}", line(&lookup.told(), 500));
    }
    cited(text, &digest.citations);
}

fn positions(text: &mut String, digest: &Digest) {
    let _ = writeln!(text, "\nFinal positions");
    for (member, position) in &digest.final_positions {
        let speeches = digest.contributions.get(member).copied().unwrap_or_default();
        let budget = digest.budget_usage.get(member);
        let floor =
            budget.map(|budget| format!(", {} of {} floor turns", budget.spent, budget.starting_budget));
        let _ = write!(
            text,
            "\n  {member} ({speeches} speeches{})\n{}",
            floor.unwrap_or_default(),
            indent(&prose(position))
        );
    }
    for venture in &digest.ventures {
        let staked = match &venture.venture {
            Some(id) => format!(" ({id})"),
            None => " (nothing was staked)".into(),
        };
        let idea = line(&venture.idea, 200);
        let _ = writeln!(text, "\n  {} by {}{staked}: {idea}", venture.tier, venture.agent);
    }
}

fn foot(text: &mut String, digest: &Digest) {
    let usage = &digest.usage;
    let _ = writeln!(
        text,
        "\nUsage: {} answers, {}{}",
        usage.calls,
        took(usage),
        if digest.notice.is_some() { " (estimated; nothing was paid)" } else { "" }
    );
    let swapped = digest.members.iter().filter(|member| member.components.len() > 1);
    for member in swapped {
        let _ = writeln!(text, "Components of {}:", member.name);
        for used in &member.components {
            let _ = writeln!(text, "  {} took {}", used.sha256.short(), used.turns.join(", "));
        }
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}
