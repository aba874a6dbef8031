//! The marks of a finished debate.
//!
//! Counted, not guessed: accuracy from figures and sums, challenge from people named and questions asked, novelty from words nobody else
//! used, impact from how often others named the speaker. Each axis compares the workers with each other: 1 is the usual mark, 2 goes to
//! the best third, 3 to somebody far ahead, 0 to who did nothing of the kind. There is never a 10, for that takes an insight, and counting
//! gives none.

use std::collections::HashSet;

use amatelier_types::MemberName;
use serde_json::{Value, json};

use super::heard::{Heard, Voice, around, person};
use crate::CallFacts;

/// The axes, in the order in which they are shown.
const AXES: [&str; 4] = ["novelty", "accuracy", "impact", "challenge"];

/// Messages that a mark is said to rest on; the prompts of rubrics ask for no more.
const EVIDENCE: usize = 5;

/// One worker's card.
pub(super) struct Card {
    pub(super) member: MemberName,
    marks: Vec<Marked>,
}

/// One mark of it.
struct Marked {
    axis: &'static str,
    value: u32,
    because: String,
    /// The worker's own messages in which something was counted.
    evidence: Vec<u32>,
}

impl Card {
    pub(super) fn json(&self) -> Value {
        let marks: Vec<Value> = self
            .marks
            .iter()
            .map(|Marked { axis, value, because, evidence }| {
                json!({ "axis": axis, "value": value, "because": because, "evidence": evidence })
            })
            .collect();
        json!({ "member": self.member.as_str(), "marks": marks, "insights": [] })
    }

    /// The card on one line.
    pub(super) fn line(&self) -> String {
        let told = |mark: &Marked| format!("{} {} ({})", mark.axis, mark.value, mark.because);
        let marks: Vec<String> = self.marks.iter().map(told).collect();
        format!("{}: {}", self.member, marks.join("; "))
    }
}

/// A card per worker, in seating order.
pub(super) fn cards(facts: &CallFacts) -> Vec<Card> {
    let heard = Heard::of(facts);
    let measured: Vec<(&MemberName, [usize; 4])> =
        facts.workers.iter().map(|worker| (worker, measure(worker, &heard))).collect();
    measured
        .iter()
        .map(|(worker, own)| {
            let marks = AXES.iter().enumerate().map(|(axis, name)| {
                let of = |counts: &[usize; 4]| counts.get(axis).copied().unwrap_or(0);
                let all: Vec<usize> = measured.iter().map(|(_, counts)| of(counts)).collect();
                let value = mark(of(own), &all);
                let evidence = evidence(worker, axis, &heard);
                Marked { axis: name, value, because: because(worker, axis, &heard), evidence }
            });
            Card { member: (*worker).clone(), marks: marks.collect() }
        })
        .collect()
}

/// What a worker did, per axis.
fn measure(worker: &MemberName, heard: &Heard<'_>) -> [usize; 4] {
    let name = person(worker);
    let (own, others): (Vec<&Voice<'_>>, Vec<&Voice<'_>>) =
        heard.voices.iter().partition(|voice| voice.message.author == *worker);
    if own.is_empty() {
        return [0; 4];
    }
    let known: HashSet<String> = others.iter().flat_map(|voice| words(&voice.message.text)).collect();
    let mine: HashSet<String> = own.iter().flat_map(|voice| words(&voice.message.text)).collect();
    let new = mine.difference(&known).count() * 100 / mine.len().max(1);
    let figures =
        own.iter().map(|voice| voice.figures() + 3 * voice.message.text.matches(['=', '≈']).count()).sum();
    let taken_up = others.iter().filter(|voice| voice.names(&name)).count();
    let met: HashSet<&String> = own
        .iter()
        .flat_map(|voice| heard.names.iter().filter(|other| **other != name && voice.names(other)))
        .collect();
    let asked: usize = own.iter().map(|voice| voice.questions().count()).sum();
    [new, figures, taken_up, met.len() * 2 + asked]
}

/// 0, 1, 2 or 3, by comparison.
fn mark(own: usize, all: &[usize]) -> u32 {
    let ahead = all.iter().filter(|other| **other > own).count();
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    match own {
        0 => 0,
        own if ahead == 0 && own > middle * 2 => 3,
        _ if ahead < all.len().div_ceil(3) && own > middle => 2,
        _ => 1,
    }
}

/// The worker's messages in which the axis's measure counted something; what others took up is the last that it said before they did.
fn evidence(worker: &MemberName, axis: usize, heard: &Heard<'_>) -> Vec<u32> {
    let name = person(worker);
    let (own, others): (Vec<&Voice<'_>>, Vec<&Voice<'_>>) =
        heard.voices.iter().partition(|voice| voice.message.author == *worker);
    let seq = |voice: &&Voice<'_>| voice.message.seq;
    let mut seqs: Vec<u32> = match axis {
        1 => own.iter().filter(|voice| voice.figures() > 0 || voice.has_sum()).map(seq).collect(),
        2 => {
            let naming = others.iter().filter(|voice| voice.names(&name)).map(seq);
            naming.filter_map(|then| own.iter().map(seq).filter(|said| *said < then).max()).collect()
        }
        3 => {
            let meets =
                |voice: &Voice<'_>| heard.names.iter().any(|other| *other != name && voice.names(other));
            own.iter().filter(|voice| meets(voice) || voice.questions().count() > 0).map(seq).collect()
        }
        _ => {
            let known: HashSet<String> = others.iter().flat_map(|voice| words(&voice.message.text)).collect();
            let is_new =
                |voice: &&&Voice<'_>| words(&voice.message.text).iter().any(|word| !known.contains(word));
            own.iter().filter(is_new).map(seq).collect()
        }
    };
    seqs.sort_unstable();
    seqs.dedup();
    seqs.truncate(EVIDENCE);
    seqs
}

/// Why, with a short quotation.
fn because(worker: &MemberName, axis: usize, heard: &Heard<'_>) -> String {
    let name = person(worker);
    let mut own = heard.voices.iter().filter(|voice| voice.message.author == *worker).peekable();
    if own.peek().is_none() {
        return "did not speak".into();
    }
    let mut sentences = own.flat_map(|voice| voice.sentences.iter().map(move |sentence| (voice, sentence)));
    let has_digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let is_other =
        |text: &str| heard.names.iter().any(|other| *other != name && text.contains(other.as_str()));
    match axis {
        1 => sentences.find(|(_, sentence)| has_digit(sentence)).map_or_else(
            || "no figure of the briefing was used".into(),
            |(_, sentence)| format!("worked with a figure: {}", around(sentence, &has_digit)),
        ),
        2 => heard
            .voices
            .iter()
            .filter(|voice| voice.message.author != *worker)
            .find_map(|voice| {
                Some((voice, voice.sentences.iter().find(|sentence| sentence.contains(&name))?))
            })
            .map_or_else(
                || "nobody took the argument up".into(),
                |(voice, sentence)| {
                    format!(
                        "{} took it up: {}",
                        voice.name(),
                        around(sentence, &|word| word.contains(name.as_str()))
                    )
                },
            ),
        3 => sentences.find(|(_, sentence)| is_other(sentence)).map_or_else(
            || "challenged nobody by name".into(),
            |(_, sentence)| format!("engaged a colleague: {}", around(sentence, &|word| is_other(word))),
        ),
        _ => heard
            .last_word(worker)
            .map_or_else(|| around_first(worker, heard), |own| format!("in words of its own: {own}")),
    }
}

/// The opening words of a member's first speech.
fn around_first(worker: &MemberName, heard: &Heard<'_>) -> String {
    let first = heard.voices.iter().find(|voice| voice.message.author == *worker);
    let opening = first.and_then(|voice| voice.sentences.first()).map(|sentence| around(sentence, &|_| true));
    format!("began with {}", opening.unwrap_or_default())
}

fn words(text: &str) -> Vec<String> {
    let clean: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    clean.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_compare_the_workers() {
        assert_eq!(mark(0, &[0, 0, 4]), 0);
        assert_eq!(mark(4, &[0, 1, 4]), 3);
        assert_eq!(mark(5, &[3, 3, 4, 4, 5]), 2);
        assert_eq!(mark(3, &[3, 3, 4, 4, 5]), 1);
        assert_eq!(mark(2, &[2, 2, 2]), 1);
    }
}
