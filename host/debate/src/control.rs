//! The host's own lines. Their forms are those that users of the Python system know from its transcripts (§5.2 of the facts).

use std::collections::BTreeMap;

use amatelier_types::{Failure, Finding, LookupOutcome, MemberName, Phase, RegisteredFile, Turn};

use crate::Extras;

pub(crate) fn briefing(text: &str) -> String {
    format!("BRIEFING:\n\n{text}")
}

/// The line that opens a phase; none for phases that open without one.
pub(crate) fn phase(phase: Phase, round: u32) -> Option<String> {
    match phase {
        // It has an opening of its own, which names the files.
        Phase::Research => None,
        Phase::Speak => Some(format!("--- SPEAK PHASE (Round {round}) ---")),
        Phase::Rebuttal => Some(format!("--- REBUTTAL PHASE (Round {round}) ---")),
        Phase::Gate => Some(format!(
            "--- JUDGE GATE (Round {round}) ---\nEVALUATE: is the question of the briefing decided? Rule CONVERGED: <reason> or \
             CONTINUE: <what is missing>."
        )),
        Phase::Floor => Some(format!("--- FLOOR PHASE (Round {round}) ---")),
        Phase::Opening | Phase::Summary => None,
    }
}

/// Registered files named when the research phase opens; the others are counted.
const FILES_SHOWN: usize = 10;

pub(crate) fn research(
    files: &[RegisteredFile],
    free: u32,
    requests: u32,
    extras: &BTreeMap<MemberName, Extras>,
) -> String {
    let mut text = format!(
        "--- RESEARCH WINDOW ---\nBefore the debate every worker may ask the Steward up to {free} questions for free, as [[request: …]]; \
         in the debate up to {requests} more{}. This is no speech: ask, or answer PASS.\nRegistered files:",
        bought(extras)
    );
    for file in files.iter().take(FILES_SHOWN) {
        text.push_str(&format!("\n  {} ({} bytes)", file.name, file.bytes));
    }
    if let Some(more) = files.len().checked_sub(FILES_SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!("\n  and {more} more"));
    }
    text.push_str(
        "\nForms that need no model: count rows where FIELD OP VALUE [and …] in FILE · value of KEY in FILE · lines A-B of FILE · \
         grep PATTERN in FILE · outline of FILE",
    );
    text
}

/// Whose requests are more than everybody's; nothing where nobody's are.
fn bought(extras: &BTreeMap<MemberName, Extras>) -> String {
    let extras = extras.iter().filter(|(_, extras)| extras.requests > 0);
    let told: Vec<String> =
        extras.map(|(member, extras)| format!("{member} {} more", extras.requests)).collect();
    if told.is_empty() { String::new() } else { format!(" (bought: {})", told.join(", ")) }
}

pub(crate) fn round(round: u32, floor_left: &BTreeMap<MemberName, u32>) -> String {
    let budgets: Vec<String> = floor_left.iter().map(|(member, left)| format!("{member}={left}")).collect();
    format!("ROUND {round}: begin\nBUDGET STATUS: {}", budgets.join(", "))
}

pub(crate) fn your_turn(member: &MemberName, turn: &Turn) -> String {
    let Turn { round, position, of, floor_turns_left, .. } = turn;
    match turn.phase {
        Phase::Research => format!("YOUR TURN: {member} — RESEARCH WINDOW (pre-debate, free)"),
        Phase::Rebuttal => format!("YOUR TURN: {member} — REBUTTAL (Round {round})"),
        Phase::Floor => format!(
            "YOUR TURN: {member} — FLOOR (Round {round}, budget: {floor_turns_left} remaining). Contribute something new or PASS."
        ),
        _ => format!("YOUR TURN: {member} — SPEAK (Round {round}, speaker {position}/{of})"),
    }
}

pub(crate) fn fault(member: &MemberName, failure: &Failure) -> String {
    format!("TURN FAILED: {member} — {failure}")
}

pub(crate) fn benched(member: &MemberName) -> String {
    format!("BENCHED: {member} — two failed turns in a row; not called again in this debate")
}

pub(crate) fn no_steward(member: &MemberName, request: &str) -> String {
    format!("Steward not available: {member} asked for \"{request}\"")
}

pub(crate) fn no_requests_left(member: &MemberName, request: &str) -> String {
    format!("REFUSED: {member} has no requests left: \"{request}\"")
}

pub(crate) fn preferred(member: &MemberName) -> String {
    format!("NEXT: {member} — by the operator")
}

pub(crate) fn muted(member: &MemberName, muted: bool) -> String {
    let what = if muted { "MUTED" } else { "UNMUTED" };
    format!("{what}: {member} — by the operator")
}

/// A finding as it is posted: at most `most` characters of it.
pub(crate) fn finding(asker: &MemberName, question: &str, finding: &Finding, most: usize) -> String {
    let by = match (&finding.outcome, &finding.model) {
        (LookupOutcome::Failed { .. }, _) => "ERROR",
        (_, Some(model)) => model,
        (_, None) => "deterministic",
    };
    let mut text = format!("[Research result for {asker} | {by}]: {question}\n{}", finding.text);
    if let Some((cut, _)) = text.char_indices().nth(most.saturating_sub(CUT.len())) {
        text.truncate(cut);
        text.push_str(CUT);
    }
    text
}

/// What stands at the end of a finding that is too long to be posted.
const CUT: &str = "\n[cut: the whole is in `amatelier lookups`]";

pub(crate) fn summary(
    round: u32,
    state: &str,
    index: &std::collections::VecDeque<String>,
    left_out: u32,
) -> String {
    let mut text = format!("ROUND {round} SUMMARY:\n{state}");
    if !index.is_empty() {
        text.push_str("\n\nTRANSCRIPT INDEX (this round's contributions):");
        if left_out > 0 {
            text.push_str(&format!("\n  ({left_out} earlier ones left out)"));
        }
        for line in index {
            text.push_str("\n  ");
            text.push_str(line);
        }
    }
    text
}

/// What stands in for a state of the debate that the judge failed to write.
pub(crate) fn fallback_state(speakers: &[MemberName]) -> String {
    let names: Vec<&str> = speakers.iter().map(MemberName::as_str).collect();
    match names.as_slice() {
        [] => "No state of the debate could be written, and nobody contributed in this round.".to_owned(),
        names => format!(
            "No state of the debate could be written. Contributed in this round: {}.",
            names.join(", ")
        ),
    }
}
