//! The host's own lines. Their forms are those that users of the Python system know from its transcripts (§5.2 of the facts).

use std::collections::BTreeMap;

use amatelier_types::{Failure, MemberName, Phase, Turn};

pub(crate) fn briefing(text: &str) -> String {
    format!("BRIEFING:\n\n{text}")
}

/// The line that opens a phase; none for phases that open without one.
pub(crate) fn phase(phase: Phase, round: u32) -> Option<String> {
    match phase {
        Phase::Research => Some(
            "--- RESEARCH WINDOW ---\nBefore the debate every worker may ask the Steward up to 3 questions for free, as \
             [[request: …]]. This is no speech: ask, or answer PASS."
                .to_owned(),
        ),
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

pub(crate) fn summary(round: u32, state: &str, index: &[String]) -> String {
    let mut text = format!("ROUND {round} SUMMARY:\n{state}");
    if !index.is_empty() {
        text.push_str("\n\nTRANSCRIPT INDEX (this round's contributions):");
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
