//! What the rehearsal does with registered files: asks the Steward in forms that need no model, and names the place when it has an answer.
//!
//! It looks at the names of the files that the host gives and at the findings it heard, never into a file.

use amatelier_types::{MessageKind, Phase};

use super::material::clip;
use crate::CallFacts;

/// Lines asked for at a time.
const LINES: u32 = 5;
/// The longest piece of a finding that is repeated, in words.
const WORDS: usize = 12;

/// What a member asks in the research phase: about one file, by its seat.
pub(super) fn research(facts: &CallFacts) -> Option<String> {
    let file = file(facts, 0)?;
    Some(format!("[[request: outline of {file}]] [[request: lines 1-{LINES} of {file}]]"))
}

/// What a member asks instead of speaking: one member a round, from the second round on, once.
pub(super) fn deferral(facts: &CallFacts) -> Option<String> {
    let seat = facts.workers.iter().position(|worker| *worker == facts.member)?;
    let turn = facts.round.checked_sub(2)? as usize % facts.workers.len().max(1);
    let asked = facts.heard.iter().any(|message| {
        message.kind == MessageKind::Request && message.author == facts.member && message.round == facts.round
    });
    if facts.phase != Phase::Speak || asked || seat != turn {
        return None;
    }
    let (file, first) = (file(facts, facts.round as usize)?, LINES * (facts.round - 1) + 1);
    let last = first + LINES - 1;
    Some(format!("Before I go on I want to see it in writing. [[request: lines {first}-{last} of {file}]]"))
}

/// A sentence that names the place of the newest finding the member heard, if it says something.
pub(super) fn sentence(facts: &CallFacts) -> Option<String> {
    let findings = facts.heard.iter().rev().filter(|message| {
        message.kind == MessageKind::Finding && message.to.as_ref().is_none_or(|to| *to == facts.member)
    });
    findings
        .filter_map(|message| {
            let place = facts.files.iter().find_map(|file| place(&message.text, file))?;
            // The first line says who asked what, the second where it stands.
            let said = message.text.lines().skip(2).map(numbered).find(|line| line.len() > 3)?;
            Some(format!("The files have it at {place}: “{}”.", clip(said, WORDS)))
        })
        .next()
}

fn file(facts: &CallFacts, step: usize) -> Option<&String> {
    let seat = facts.workers.iter().position(|worker| *worker == facts.member)?;
    facts.files.get((seat + step) % facts.files.len().max(1))
}

/// Where a file is cited in a text, as it stands there.
fn place<'a>(text: &'a str, file: &str) -> Option<&'a str> {
    text.match_indices(file).find_map(|(start, _)| {
        let rest = text.get(start + file.len()..)?.strip_prefix(':')?;
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
        text.get(start..start + file.len() + 1 + digits).filter(|_| digits > 0)
    })
}

/// A line of a finding without its number.
fn numbered(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '|' | ' ' | '\t')).trim()
}
