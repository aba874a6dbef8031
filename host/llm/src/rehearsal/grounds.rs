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
    let (file, last) = (file(facts, facts.round as usize)?, LINES + facts.round);
    Some(format!("Before I go on I want to see it in writing. [[request: lines 2-{last} of {file}]]"))
}

/// A sentence that names a line of the newest finding the member heard, if it says something.
pub(super) fn sentence(facts: &CallFacts) -> Option<String> {
    let seat = facts.workers.iter().position(|worker| *worker == facts.member)?;
    let mut findings = facts.heard.iter().rev().filter(|message| {
        message.kind == MessageKind::Finding && message.to.as_ref().is_none_or(|to| *to == facts.member)
    });
    findings.find_map(|message| {
        let file = facts.files.iter().find(|file| message.text.contains(&format!("\n{file}:")))?;
        let lines: Vec<(&str, &str)> = message.text.lines().filter_map(numbered).collect();
        // The first line of a table names its columns.
        let (line, said) = lines.get(1 + seat % lines.len().saturating_sub(1).max(1)).or(lines.first())?;
        Some(format!("The files have it at {file}:{line}: “{}”.", clip(said, WORDS)))
    })
}

fn file(facts: &CallFacts, step: usize) -> Option<&String> {
    let seat = facts.workers.iter().position(|worker| *worker == facts.member)?;
    facts.files.get((seat + step) % facts.files.len().max(1))
}

/// A line of a file as a finding shows it: its number, and what stands there.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let (number, text) = line.split_once(": ")?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && text.trim().len() > 3).then_some((number, text.trim()))
}
