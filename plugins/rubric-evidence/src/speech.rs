//! Speeches as this rubric reads them: sentences, the words that mean something, and who is named.

use std::collections::BTreeSet;

use amatelier_sdk::{chat::Message, own_words};

/// Words of this length and longer mean something, but for those in [`EMPTY`].
const WORD: usize = 3;

/// Longer words that mean nothing by themselves. Plurals have lost their `s`.
const EMPTY: &[&str] = &[
    "about", "after", "again", "all", "also", "and", "any", "are", "because", "been", "before", "being",
    "both", "but", "can", "cannot", "could", "did", "does", "each", "either", "even", "every", "for", "from",
    "get", "got", "had", "has", "have", "having", "her", "here", "him", "his", "how", "however", "into",
    "its", "itself", "just", "let", "like", "made", "make", "many", "may", "might", "more", "most", "much",
    "must", "need", "never", "nor", "not", "now", "off", "one", "only", "other", "our", "out", "over", "own",
    "per", "rather", "said", "same", "say", "see", "she", "should", "since", "some", "still", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "thing", "think", "this", "those",
    "through", "too", "two", "under", "until", "very", "was", "way", "were", "what", "when", "where",
    "whether", "which", "while", "who", "why", "will", "with", "would", "yes", "yet", "you", "your",
];

/// One speech.
pub(crate) struct Speech {
    pub(crate) seq: u32,
    pub(crate) author: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) words: BTreeSet<String>,
}

/// A sentence with the one after it, in which people give their reasons.
pub(crate) struct Sentence {
    /// Both sentences, in small letters.
    pub(crate) text: String,
    /// Members other than the author that the first of them names.
    pub(crate) names: BTreeSet<String>,
    /// What both are about.
    pub(crate) words: BTreeSet<String>,
}

/// The speeches of members, oldest first. Quotations and code are not what somebody says.
pub(crate) fn all(messages: &[Message], members: &[String]) -> Vec<Speech> {
    let spoken =
        messages.iter().filter(|message| message.kind == "speech" && members.contains(&message.author));
    spoken
        .map(|message| {
            let own = own_words(&message.text);
            let sentences = sentences(&own, &message.author, members);
            Speech {
                seq: message.seq,
                author: message.author.clone(),
                sentences,
                words: words(&own, members),
            }
        })
        .collect()
}

fn sentences(text: &str, author: &str, members: &[String]) -> Vec<Sentence> {
    let split = split(text);
    let pairs = split.iter().zip(split.iter().skip(1).map(Some).chain([None]));
    let sentence = |(one, next): (&String, Option<&String>)| {
        let names = tokens(one).into_iter().filter(|word| word != author && members.contains(word)).collect();
        let text = next.map_or_else(|| one.clone(), |next| format!("{one} {next}")).to_lowercase();
        Sentence { names, words: words(&text, members), text }
    };
    pairs.map(sentence).collect()
}

/// At line breaks, and behind a full stop, a question or an exclamation mark that a blank follows.
fn split(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut from = 0;
        for (place, mark) in line.match_indices(['.', '!', '?']) {
            let end = place + mark.len();
            if line.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
                found.push(line.get(from..end).unwrap_or_default().trim().to_owned());
                from = end;
            }
        }
        found.push(line.get(from..).unwrap_or_default().trim().to_owned());
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Words in small letters, with dashes, as members' names have them; `'s` is cut off.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(|word| word.trim_matches('-').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// What a text is about: its longer words, without names and without the plural's `s`.
pub(crate) fn words(text: &str, members: &[String]) -> BTreeSet<String> {
    let bare = |word: String| match word.strip_suffix('s') {
        Some(bare) if !bare.ends_with('s') && bare.chars().count() >= WORD => bare.to_owned(),
        _ => word,
    };
    let is_word = |word: &String| {
        word.chars().count() >= WORD
            && word.chars().any(char::is_alphabetic)
            && !EMPTY.contains(&word.as_str())
    };
    tokens(text).into_iter().filter(|word| !members.contains(word)).map(bare).filter(is_word).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn said(seq: u32, author: &str, text: &str) -> Message {
        Message {
            seq,
            round: 1,
            phase: "speak".into(),
            author: author.into(),
            role: "worker".into(),
            kind: "speech".into(),
            to: None,
            text: text.into(),
        }
    }

    pub(crate) fn members() -> Vec<String> {
        ["speaker-a", "speaker-b", "speaker-c"].map(String::from).into()
    }

    /// A debate in which `speaker-a`, `speaker-b`, … say these, by the letter in front.
    pub(crate) fn debate(lines: &[(&str, &str)]) -> Vec<Speech> {
        let messages: Vec<_> = (1..)
            .zip(lines)
            .map(|(seq, (letter, text))| said(seq, &format!("speaker-{letter}"), text))
            .collect();
        all(&messages, &members())
    }

    #[test]
    fn a_sentence_carries_its_names_and_the_words_of_the_next_one() {
        let speeches =
            debate(&[("a", "Speaker-B's lanterns cost 4.5 each. They burn oil!\n> speaker-c says so")]);
        let [first, second] = speeches[0].sentences.as_slice() else { panic!() };
        assert_eq!(first.names, ["speaker-b".to_owned()].into());
        assert_eq!(first.words, ["burn", "cost", "lantern", "oil"].map(String::from).into());
        assert_eq!(second.names, BTreeSet::new());
        assert_eq!(first.text, "speaker-b's lanterns cost 4.5 each. they burn oil!");
    }

    #[test]
    fn only_members_speak() {
        let mut messages = vec![said(1, "judge", "One."), said(2, "speaker-a", "Two.")];
        messages.push(Message { kind: "finding".into(), ..said(3, "speaker-a", "Three.") });
        let seqs: Vec<u32> = all(&messages, &members()).iter().map(|speech| speech.seq).collect();
        assert_eq!(seqs, [2]);
    }
}
