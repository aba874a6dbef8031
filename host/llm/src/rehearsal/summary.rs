//! The state of a debate after a round, under four headings, everything attributed.
//!
//! It counts and quotes; it never concludes. A briefing's figure is established when two speakers used it, a position is what somebody's
//! newest speech says it is for, a shift is a difference between two rounds of that.

use amatelier_types::Phase;

use super::{
    heard::{Heard, Voice, person},
    material::{Material, clip},
    position::stated,
};
use crate::CallFacts;

/// The longest summary, in words; the headings and a remark on what was left out come on top.
const MOST: usize = 370;

/// The four parts, each with its heading.
pub(super) struct Summary {
    pub(super) established: Vec<String>,
    pub(super) positions: Vec<String>,
    pub(super) questions: Vec<String>,
    pub(super) shifts: Vec<String>,
}

impl Summary {
    pub(super) fn of(facts: &CallFacts) -> Self {
        let heard = Heard::of(facts);
        let material = Material::of(&facts.topic, &facts.briefing);
        Summary {
            established: established(&heard, &material),
            positions: positions(facts, &heard, &material),
            questions: questions(facts, &heard),
            shifts: shifts(facts, &heard, &material),
        }
    }

    pub(super) fn text(&self) -> String {
        let parts = [
            ("Established", &self.established),
            ("Live positions", &self.positions),
            ("Open questions", &self.questions),
            ("Shifts this round", &self.shifts),
        ];
        let mut left = MOST;
        let mut text = String::new();
        for (heading, lines) in parts {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(heading);
            text.push('\n');
            for line in lines {
                let words = line.split_whitespace().count() + 1;
                if words <= left {
                    text.push_str(&format!("- {line}\n"));
                    left -= words;
                }
            }
        }
        text.trim_end().to_owned()
    }
}

fn established(heard: &Heard<'_>, material: &Material) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for figure in &material.figures {
        let mut users: Vec<String> = heard
            .voices
            .iter()
            .filter(|voice| voice.message.text.contains(&figure.text))
            .map(Voice::name)
            .collect();
        users.sort();
        users.dedup();
        if users.len() < 2 || found.iter().any(|(_, line)| line.starts_with(&figure.text)) {
            continue;
        }
        let about = figure.label.clone().unwrap_or_else(|| format!("“{}”", figure.clause));
        found.push((users.len(), format!("{}, {about} (used by {})", figure.text, list(&users))));
    }
    found.sort_by_key(|(users, _)| std::cmp::Reverse(*users));
    or_else(
        found.into_iter().take(4).map(|(_, line)| line).collect(),
        "No figure that two speakers rely on yet.",
    )
}

/// Speeches in which people say where they stand, newest first: on the floor they talk about each other's.
fn declared<'h, 'a>(heard: &'h Heard<'a>) -> impl Iterator<Item = &'h Voice<'a>> {
    heard.voices.iter().rev().filter(|voice| voice.message.phase != Phase::Floor)
}

fn positions(facts: &CallFacts, heard: &Heard<'_>, material: &Material) -> Vec<String> {
    let lines = facts.workers.iter().filter_map(|worker| {
        let quote = heard.last_word(worker)?;
        let spoken = declared(heard).filter(|voice| voice.message.author == *worker);
        let choice = spoken.filter_map(|voice| stated(&voice.message.text, &material.choices)).next();
        Some(match choice {
            Some(choice) => format!("{}: for {}; {quote}", person(worker), choice.full),
            None => format!("{}: undeclared; {quote}", person(worker)),
        })
    });
    or_else(lines.take(9).collect(), "Nobody has spoken.")
}

fn questions(facts: &CallFacts, heard: &Heard<'_>) -> Vec<String> {
    let round = heard.voices.iter().rev().filter(|voice| voice.message.round == facts.round);
    let asked = round.flat_map(|voice| {
        voice.questions().map(|question| {
            let question = question.replace(['“', '”', '"'], "");
            let short = clip(&question, 24);
            let mark = if short.ends_with('…') { "" } else { "?" };
            format!("“{short}{mark}” ({})", voice.name())
        })
    });
    or_else(asked.take(4).collect(), "None was put.")
}

fn shifts(facts: &CallFacts, heard: &Heard<'_>, material: &Material) -> Vec<String> {
    if facts.round <= 1 {
        return vec!["First round: there is no earlier position to compare with.".into()];
    }
    let moved = facts.workers.iter().filter_map(|worker| {
        let of = |in_round: &dyn Fn(u32) -> bool| {
            let mut spoken = declared(heard);
            spoken.find_map(|voice| {
                let mine = voice.message.author == *worker && in_round(voice.message.round);
                stated(&voice.message.text, &material.choices).filter(|_| mine)
            })
        };
        let before = of(&|round| round < facts.round)?;
        let after = of(&|round| round == facts.round)?;
        (before != after).then(|| format!("{} moved from {} to {}.", person(worker), before.name, after.name))
    });
    or_else(moved.collect(), "Nobody changed sides.")
}

fn or_else(lines: Vec<String>, otherwise: &str) -> Vec<String> {
    if lines.is_empty() { vec![otherwise.to_owned()] } else { lines }
}

/// `Elena`, `Elena and Marcus`, `Elena, Marcus and Clare`.
fn list(names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
