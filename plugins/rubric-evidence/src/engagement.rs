//! Colleagues whose words a member took up by name.
//!
//! A name alone is no engagement: the sentence that names a colleague, or the next one, must share words with what that colleague said
//! before.

use std::collections::BTreeSet;

use amatelier_sdk::Mark;

use crate::{
    axes::ENGAGEMENT,
    mark::{listed, mark as marked},
    speech::Speech,
};

/// Words that must be shared.
const SHARED: usize = 2;

/// The mark of one member. A colleague counts once in each speech.
pub(crate) fn mark(member: &str, members: &[String], speeches: &[Speech]) -> Mark {
    let mut taken_up: Vec<(u32, &String)> = Vec::new();
    for speech in speeches.iter().filter(|speech| speech.author == member) {
        for sentence in &speech.sentences {
            for name in &sentence.names {
                let said = words_before(name, speech.seq, speeches);
                if sentence.words.intersection(&said).count() >= SHARED
                    && !taken_up.contains(&(speech.seq, name))
                {
                    taken_up.push((speech.seq, name));
                }
            }
        }
    }
    let colleagues: BTreeSet<_> = taken_up.iter().map(|(_, name)| name).collect();
    let wide = colleagues.len() >= 2.min(members.len().saturating_sub(1));
    let value = match taken_up.len() {
        0 => 0,
        1 => 1,
        2 | 3 => 2,
        _ if wide => 3,
        _ => 2,
    };
    let places: Vec<String> = taken_up.iter().map(|(seq, name)| format!("{name} in message {seq}")).collect();
    let because = match places.as_slice() {
        [] => "took up no colleague's words by name".to_owned(),
        places => format!("took up the words of {}", listed(places)),
    };
    marked(ENGAGEMENT, value, because, taken_up.iter().map(|(seq, _)| *seq))
}

fn words_before(name: &str, seq: u32, speeches: &[Speech]) -> BTreeSet<String> {
    let before = speeches.iter().filter(|speech| speech.author == name && speech.seq < seq);
    before.flat_map(|speech| speech.words.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::tests::{debate, members};

    fn value(lines: &[(&str, &str)]) -> u32 {
        mark("speaker-a", &members(), &debate(lines)).value
    }

    const B: (&str, &str) = ("b", "Lanterns need oil every evening.");
    const C: (&str, &str) = ("c", "Candles gutter in strong wind.");
    const ON_B: (&str, &str) = ("a", "Speaker-B is right. Lanterns need oil, and oil is dear.");
    const ON_C: (&str, &str) = ("a", "Speaker-C says that candles gutter.");

    #[test]
    fn taking_words_up_by_name_counts_and_dropping_names_does_not() {
        for (lines, expected) in [
            (vec![B, ("a", "Speaker-B, speaker-c, speaker-b!")], 0),
            (vec![B, ("a", "Lanterns need oil.")], 0),
            (vec![ON_B, B], 0),
            (vec![B, ON_B], 1),
            (vec![B, C, ON_B, ON_C], 2),
            (vec![B, ON_B, ON_B, ON_B, ON_B], 2),
            (vec![B, C, ON_B, ON_C, ON_B, ON_C], 3),
        ] {
            assert_eq!(value(&lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn the_reason_says_whose_words_and_where() {
        let mark = mark("speaker-a", &members(), &debate(&[B, ON_B]));
        let told = "took up the words of speaker-b in message 2";
        assert_eq!((mark.because.as_str(), mark.evidence.as_slice()), (told, &[2][..]));
    }
}
