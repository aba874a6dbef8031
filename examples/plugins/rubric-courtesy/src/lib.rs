//! The rubric `courtesy`: manners at the table, counted without a model. It needs no grant and has no settings.
//!
//! Three axes, each a count of sentences in a member's own words: `listening` names a colleague, `conceding` gives way, `asking` puts a
//! question to the table. English words only; whether a question was any good it does not pretend to know.

use amatelier_sdk::{Axis, Mark, Rubric, Scorecard, chat, own_words};

/// What people say when they give way.
const CONCEDING: [&str; 8] = [
    "a fair point",
    "convinced me",
    "good point",
    "i agree",
    "i concede",
    "i was wrong",
    "is right",
    "well put",
];

/// Messages that a mark may rest on.
const EVIDENCE: usize = 64;

struct Courtesy;

impl Rubric for Courtesy {
    fn axes(&self) -> Vec<Axis> {
        let axis = |id: &str, name: &str, what: &str| Axis {
            id: id.into(),
            name: name.into(),
            description: format!("Sentences that {what}: a point for each, up to five."),
            scale: (0..=5).collect(),
        };
        vec![
            axis("listening", "Listening", "take up a colleague by name"),
            axis("conceding", "Conceding", "give way to an argument"),
            axis("asking", "Asking", "put a question to the table"),
        ]
    }

    fn score(&self, members: &[String], _retry_note: Option<&str>) -> Result<Vec<Scorecard>, String> {
        let card = |member: &String| {
            let speeches = chat::recall().author(member).kind("speech").all();
            let speeches: Vec<(u32, String)> =
                speeches.into_iter().map(|said| (said.seq, said.text)).collect();
            let colleagues: Vec<&String> = members.iter().filter(|other| *other != member).collect();
            Scorecard { member: member.clone(), marks: marks(&speeches, &colleagues), insights: Vec::new() }
        };
        Ok(members.iter().map(card).collect())
    }
}

amatelier_sdk::rubric!(Courtesy);

/// One mark on each axis, with the messages that the sentences stand in.
fn marks(speeches: &[(u32, String)], colleagues: &[&String]) -> Vec<Mark> {
    let sentences: Vec<(u32, String)> = speeches
        .iter()
        .flat_map(|(seq, text)| {
            sentences(&own_words(text).to_lowercase()).into_iter().map(|said| (*seq, said))
        })
        .collect();
    let count = |counts: &dyn Fn(&str) -> bool| -> Vec<u32> {
        sentences.iter().filter(|(_, sentence)| counts(sentence)).map(|(seq, _)| *seq).collect()
    };
    let mark = |axis: &str, mut counted: Vec<u32>, what: &str| {
        let (value, because) = (
            counted.len().min(5) as u32,
            format!("{} of {} sentences {what}", counted.len(), sentences.len()),
        );
        counted.dedup();
        counted.truncate(EVIDENCE);
        Mark { axis: axis.into(), value, because, evidence: counted }
    };
    let names =
        |sentence: &str| words(sentence).any(|word| colleagues.iter().any(|name| name.as_str() == word));
    vec![
        mark("listening", count(&names), "name a colleague"),
        mark(
            "conceding",
            count(&|sentence| CONCEDING.iter().any(|said| sentence.contains(said))),
            "give way",
        ),
        mark("asking", count(&|sentence| sentence.ends_with('?')), "ask something"),
    ]
}

fn sentences(text: &str) -> Vec<String> {
    let ends = |text: &str| {
        text.split_inclusive(['.', '!', '?']).map(|said| said.trim().to_owned()).collect::<Vec<_>>()
    };
    text.lines().flat_map(ends).filter(|sentence| sentence.contains(char::is_alphabetic)).collect()
}

/// Words with their dashes, as members' names have them, without a possessive `'s`.
fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(|c: char| !c.is_alphanumeric() && c != '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_axis_counts_its_own_kind_of_sentence() {
        let bob = "speaker-b".to_owned();
        for (speech, expected) in [
            ("", [0, 0, 0]),
            ("Close it.", [0, 0, 0]),
            ("Speaker-B's count? I concede. Is marcus there", [1, 1, 1]),
            ("> speaker-b is right", [0, 0, 0]),
            ("Who pays? Who drives? Who swims? Who waits? Who rows? Who flies?", [0, 0, 5]),
        ] {
            let values: Vec<u32> =
                marks(&[(1, speech.to_owned())], &[&bob]).iter().map(|mark| mark.value).collect();
            assert_eq!(values, expected, "{speech}");
        }
    }

    #[test]
    fn a_mark_rests_on_the_messages_that_were_counted() {
        let speeches = [(2, "Who pays? Who drives?"), (5, "Nobody."), (9, "Who waits?")];
        let speeches = speeches.map(|(seq, text)| (seq, text.to_owned()));
        let asking = marks(&speeches, &[]).remove(2);
        assert_eq!((asking.value, asking.evidence.as_slice()), (3, &[2, 9][..]));
    }
}
