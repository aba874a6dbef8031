//! Objections to colleagues.
//!
//! An objection names a colleague and has a word of objection in the same sentence or the next; it has a reason if there is a number, a
//! place in a file or a word of reason as well. The words are English: in another language nobody at the table gets more than 0 here.

use amatelier_sdk::Mark;

use crate::{
    axes::CHALLENGE,
    mark::{listed, mark as marked},
    speech::{Sentence, Speech, tokens},
};

/// Words with which people object.
const OBJECTION: &[&str] = &[
    "although",
    "but",
    "cannot",
    "contradict",
    "contradicts",
    "disagree",
    "dispute",
    "disputed",
    "doubt",
    "doubtful",
    "fail",
    "fails",
    "false",
    "flawed",
    "forget",
    "forgets",
    "however",
    "ignore",
    "ignored",
    "ignores",
    "inconsistent",
    "mistake",
    "mistaken",
    "object",
    "overlook",
    "overlooked",
    "overlooks",
    "overstates",
    "refute",
    "refuted",
    "refutes",
    "reject",
    "unless",
    "unproven",
    "unsupported",
    "untested",
    "wrong",
];

/// Words with which people give reasons.
const REASON: &[&str] = &["because", "counterexample", "example", "hence", "since", "therefore", "whereas"];

/// The mark of one member. A colleague can be objected to once in each speech; with a reason, if any sentence gives one.
pub(crate) fn mark(member: &str, speeches: &[Speech]) -> Mark {
    let mut objections: Vec<(u32, &String, bool)> = Vec::new();
    for speech in speeches.iter().filter(|speech| speech.author == member) {
        for sentence in speech.sentences.iter().filter(|sentence| has(sentence, OBJECTION)) {
            for name in &sentence.names {
                let reasoned = gives_reason(sentence);
                match objections.iter_mut().find(|(seq, known, _)| (*seq, *known) == (speech.seq, name)) {
                    Some((_, _, known)) => *known |= reasoned,
                    None => objections.push((speech.seq, name, reasoned)),
                }
            }
        }
    }
    let reasoned = objections.iter().filter(|(_, _, reasoned)| *reasoned).count();
    let value = match (objections.len(), reasoned) {
        (0, _) => 0,
        (_, 0) => 1,
        (3.., 2..) => 3,
        _ => 2,
    };
    let place = |(seq, name, reasoned): &(u32, &String, bool)| {
        format!("{name} in message {seq}{}", if *reasoned { " with a reason" } else { "" })
    };
    let places: Vec<String> = objections.iter().map(place).collect();
    let because = match places.as_slice() {
        [] => "objected to nobody by name".to_owned(),
        places => format!("objected to {}", listed(places)),
    };
    marked(CHALLENGE, value, because, objections.iter().map(|(seq, ..)| *seq))
}

fn has(sentence: &Sentence, words: &[&str]) -> bool {
    tokens(&sentence.text).iter().any(|word| words.contains(&word.as_str()))
}

fn gives_reason(sentence: &Sentence) -> bool {
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    has(sentence, REASON) || tokens(&sentence.text).iter().any(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::tests::debate;

    fn marked(lines: &[&str]) -> (u32, String) {
        let lines: Vec<_> = lines.iter().map(|line| ("a", *line)).collect();
        let mark = mark("speaker-a", &debate(&lines));
        (mark.value, mark.because)
    }

    const BARE: &str = "Speaker-B is wrong.";
    const WITH: &str = "I dispute speaker-b's count. There are 21 of them.";
    const OTHER: &str = "Speaker-C overlooks the wind, because nobody measured it.";

    #[test]
    fn objections_to_somebody_count_and_more_with_reasons() {
        for (lines, expected) in [
            (vec![], 0),
            (vec!["Speaker-B is right about all of it."], 0),
            (vec!["That is wrong."], 0),
            (vec!["Speaker-A is wrong, and that is me."], 0),
            (vec![BARE], 1),
            (vec![BARE, BARE, BARE], 1),
            (vec![WITH], 2),
            (vec![BARE, BARE, WITH], 2),
            (vec![BARE, WITH, OTHER], 3),
            (vec!["> speaker-b is wrong"], 0),
        ] {
            assert_eq!(marked(&lines).0, expected, "{lines:?} {}", marked(&lines).1);
        }
    }

    #[test]
    fn the_reason_says_whom_and_where() {
        let mark = mark("speaker-a", &debate(&[("a", BARE), ("a", "Hm."), ("a", OTHER)]));
        let told = "objected to speaker-b in message 1, speaker-c in message 3 with a reason";
        assert_eq!((mark.because.as_str(), mark.evidence.as_slice()), (told, &[1, 3][..]));
    }
}
