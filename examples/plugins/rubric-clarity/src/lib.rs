//! The rubric `clarity`: how plainly members speak, counted without a model. It needs no grant.
//!
//! `brevity` counts short sentences, `concreteness` sentences with a figure in them. Quotations and code are nobody's own words and do
//! not count; who never spoke has 0 on both. It is written for the first contract of rubrics (`amatelier:rubric@0.1.0`), whose marks say
//! only in words what they rest on, and runs wherever that one is served. One setting, `short-sentence`: the words that a short sentence may have (20 if it is not set).

mod sentence;

use amatelier_sdk::{
    chat,
    rubric_0_1::{Axis, Mark, Rubric, Scorecard},
    settings,
};
use sentence::Sentence;

const BREVITY: &str = "brevity";
const CONCRETENESS: &str = "concreteness";

/// Words that a sentence may have and still be short, where the operator says nothing else.
const SHORT: usize = 20;

struct Clarity;

impl Rubric for Clarity {
    fn axes(&self) -> Vec<Axis> {
        let axis = |id: &str, name: &str, description: &str| Axis {
            id: id.into(),
            name: name.into(),
            description: description.into(),
            scale: vec![0, 1, 2, 3],
        };
        vec![
            axis(
                BREVITY,
                "Brevity",
                "Short sentences: 1 for a third of them, 2 for two thirds, 3 for nine tenths.",
            ),
            axis(
                CONCRETENESS,
                "Concreteness",
                "Sentences with a figure: 1 for a tenth of them, 2 for a quarter, 3 for half.",
            ),
        ]
    }

    fn score(&self, members: &[String], _retry_note: Option<&str>) -> Result<Vec<Scorecard>, String> {
        let short = settings::parse("short-sentence")?.unwrap_or(SHORT);
        let card = |member: &String| {
            let said = chat::recall().author(member).kind("speech").all();
            let sentences: Vec<Sentence> =
                said.iter().flat_map(|speech| sentence::all(speech.seq, &speech.text)).collect();
            Scorecard { member: member.clone(), marks: marks(&sentences, short), insights: Vec::new() }
        };
        Ok(members.iter().map(card).collect())
    }
}

amatelier_sdk::rubric_0_1!(Clarity);

/// One mark on each axis.
fn marks(sentences: &[Sentence], short: usize) -> Vec<Mark> {
    let is_short = |sentence: &Sentence| sentence.words <= short;
    vec![
        mark(BREVITY, "short", sentences, is_short, [33, 66, 90]),
        mark(CONCRETENESS, "with a figure", sentences, |sentence| sentence.has_figure, [10, 25, 50]),
    ]
}

/// A point for each share, in per cent, that the sentences of this kind reach.
fn mark(
    axis: &str,
    kind: &str,
    sentences: &[Sentence],
    counts: impl Fn(&Sentence) -> bool,
    shares: [usize; 3],
) -> Mark {
    let counted: Vec<&Sentence> = sentences.iter().filter(|sentence| counts(sentence)).collect();
    let reached = |share: &usize| !counted.is_empty() && counted.len() * 100 >= share * sentences.len();
    let example = counted
        .first()
        .map(|sentence| format!(", such as one in message {}", sentence.seq))
        .unwrap_or_default();
    Mark {
        axis: axis.into(),
        value: shares.iter().filter(|share| reached(share)).count() as u32,
        because: format!("{} of {} sentences are {kind}{example}", counted.len(), sentences.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(speech: &str) -> Vec<u32> {
        marks(&sentence::all(1, speech), 5).iter().map(|mark| mark.value).collect()
    }

    #[test]
    fn marks_grow_with_the_share_of_sentences() {
        for (speech, expected) in [
            ("", [0, 0]),
            ("Six words are one too many.", [0, 0]),
            ("It costs 90 euros.", [3, 3]),
            ("Short. Six words are one too many. Six words are one too many.", [1, 0]),
            ("Yes. No. Six words are one too many, all 6.", [2, 2]),
        ] {
            assert_eq!(values(speech), expected, "{speech}");
        }
    }

    #[test]
    fn a_mark_says_what_was_counted_and_where() {
        let mark = marks(&sentence::all(7, "Yes. It costs 90 euros."), 5).remove(1);
        assert_eq!(mark.because, "1 of 2 sentences are with a figure, such as one in message 7");
    }
}
