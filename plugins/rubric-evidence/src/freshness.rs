//! Words that a member brought to the table, and what became of them.

use std::collections::BTreeSet;

use amatelier_sdk::Mark;

use crate::{
    axes::FRESHNESS,
    mark::{listed, mark as marked},
    speech::{Speech, words},
};

/// The share of a member's words that must be new for a mark of 1, and of 2.
const SOME: f64 = 0.10;
const MANY: f64 = 0.25;

/// New words that others must have used afterwards for a mark of 3.
const TAKEN_UP: usize = 3;

/// From this likeness with one of its own earlier speeches on (shared words over all words) a speech is a repetition.
const REPEATED: f64 = 0.6;

/// The mark of one member. `asked` is what everybody had before the debate began.
pub(crate) fn mark(member: &str, asked: &str, speeches: &[Speech]) -> Mark {
    let mut known = words(asked, &[]);
    let (mut said, mut new) = (0_usize, BTreeSet::new());
    let (mut own, mut repeated): (Vec<&Speech>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut fresh = Vec::new();
    let mut taken_up = BTreeSet::new();
    for speech in speeches {
        if speech.author == member {
            said += speech.words.len();
            let brought: BTreeSet<String> = speech.words.difference(&known).cloned().collect();
            if !brought.is_empty() {
                fresh.push(speech.seq);
            }
            new.extend(brought);
            if own.iter().any(|earlier| likeness(&earlier.words, &speech.words) >= REPEATED) {
                repeated.push(speech.seq);
            }
            own.push(speech);
        } else {
            taken_up.extend(speech.words.intersection(&new).cloned());
        }
        known.extend(speech.words.iter().cloned());
    }
    let share = if said == 0 { 0.0 } else { new.len() as f64 / said as f64 };
    let value = if repeated.len() * 2 > own.len() || share < SOME {
        0
    } else if share < MANY {
        1
    } else if taken_up.len() < TAKEN_UP {
        2
    } else {
        3
    };
    let mut because = format!("{} of its {said} words were new to the table", new.len());
    if !taken_up.is_empty() {
        let taken_up: Vec<String> = taken_up.into_iter().collect();
        because.push_str(&format!("; others went on to use {}", listed(&taken_up)));
    }
    if !repeated.is_empty() {
        let places: Vec<String> = repeated.iter().map(|seq| format!("message {seq}")).collect();
        because.push_str(&format!("; repeated itself in {}", listed(&places)));
    }
    marked(FRESHNESS, value, because, fresh.into_iter().chain(repeated))
}

/// Shared words over all words; two speeches without any are alike.
fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let shared = one.intersection(other).count();
    let all = one.len() + other.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::tests::debate;

    const ASKED: &str = "Which lantern should light the harbour in the evening?";
    const NEW: (&str, &str) = ("a", "Whale tallow smokes.");
    const OLD: (&str, &str) = ("a", "The lantern should light the harbour.");

    fn marked(lines: &[(&str, &str)]) -> (u32, String) {
        let mark = mark("speaker-a", ASKED, &debate(lines));
        (mark.value, mark.because)
    }

    #[test]
    fn new_words_count_more_when_others_use_them_and_repetitions_nothing() {
        let mostly_old = ("a", "The lantern lights the harbour in the evening: tallow.");
        for (lines, expected) in [
            (vec![], 0),
            (vec![OLD], 0),
            (vec![("b", "Whale tallow smokes."), NEW], 0),
            (vec![mostly_old], 1),
            (vec![NEW], 2),
            (vec![NEW, ("b", "Does tallow smoke?")], 2),
            (vec![NEW, ("b", "Whale tallow smokes? Then no.")], 3),
            (vec![NEW, NEW, NEW], 0),
        ] {
            assert_eq!(marked(&lines).0, expected, "{lines:?} {}", marked(&lines).1);
        }
    }

    #[test]
    fn the_reason_counts_and_gives_examples() {
        let mark = mark("speaker-a", ASKED, &debate(&[NEW, ("b", "Tallow smokes."), NEW, OLD]));
        let told = "3 of its 9 words were new to the table; others went on to use smoke, tallow; repeated itself in message 3";
        assert_eq!((mark.because.as_str(), mark.evidence.as_slice()), (told, &[1, 3][..]));
    }
}
