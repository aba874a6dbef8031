//! A rubric that marks who listens and who is listened to.
//!
//! A long word belongs to whoever said it first. Each time somebody else says it later, that one has listened and its owner was heard.
//! The host calls [`axes`](Guest::axes) once and [`score`](Guest::score) when a debate is over; it refuses marks that are not on their
//! scale, and calls again with the reason.

// One Rust module per interface in wit/, such as `amatelier::chat::chat`.
wit_bindgen::generate!({ path: "wit", world: "plugin", generate_all });

use std::collections::{BTreeMap, BTreeSet};

use amatelier::{
    chat::chat::{self, Filter, Message},
    kit::settings,
};
use exports::amatelier::rubric::rubric::{Axis, Guest, Mark, Scorecard};

const LISTENING: &str = "listening";
const HEARD: &str = "heard";

/// Words from which on a mark is given: one, three, six.
const STEPS: [usize; 3] = [1, 3, 6];

/// More letters make no word, but may be meant to fill the reason of a mark, which the host takes up to 2000 characters of.
const LONGEST: usize = 40;

/// Messages that a mark may rest on.
const EVIDENCE: usize = 64;

struct Listening;

export!(Listening);

impl Guest for Listening {
    fn axes() -> Vec<Axis> {
        let axis = |id: &str, name: &str, description: &str| Axis {
            id: id.into(),
            name: name.into(),
            description: description.into(),
            scale: vec![0, 1, 2, 3],
        };
        vec![
            axis(LISTENING, "Listening", "Takes up words that others brought."),
            axis(HEARD, "Heard", "Brings words that others take up."),
        ]
    }

    fn score(members: Vec<String>, _retry_note: Option<String>) -> Result<Vec<Scorecard>, String> {
        let letters = settings::get("letters").and_then(|letters| letters.parse().ok()).unwrap_or(8);
        let found = take_up(&speeches(), letters);
        let mark = |axis: &str, words: Option<&BTreeMap<String, u32>>, verb: &str| {
            let count = words.map_or(0, BTreeMap::len);
            let value = STEPS.iter().filter(|step| count >= **step).count() as u32;
            let example = words.and_then(|words| words.keys().next());
            let example = example.map(|word| format!(", such as “{word}”")).unwrap_or_default();
            // The messages that the mark rests on: the member's own, as the host checks.
            let messages: BTreeSet<u32> = words.into_iter().flat_map(BTreeMap::values).copied().collect();
            let evidence = messages.into_iter().take(EVIDENCE).collect();
            Mark { axis: axis.into(), value, because: format!("{verb} {count} word(s){example}"), evidence }
        };
        let card = |member: String| Scorecard {
            marks: vec![
                mark(LISTENING, found.taken.get(&member), "took up"),
                mark(HEARD, found.brought.get(&member), "brought, and others took up,"),
            ],
            insights: Vec::new(),
            member,
        };
        Ok(members.into_iter().map(card).collect())
    }
}

/// By member: words that it took up, and words of its own that others took up, with the message in which it said them first.
#[derive(Default)]
struct Found {
    taken: BTreeMap<String, BTreeMap<String, u32>>,
    brought: BTreeMap<String, BTreeMap<String, u32>>,
}

fn take_up(speeches: &[Message], letters: usize) -> Found {
    let mut found = Found::default();
    let mut owners: BTreeMap<String, (String, u32)> = BTreeMap::new();
    // What stands in the briefing belongs to nobody.
    let common: BTreeSet<String> = words(&format!("{} {}", chat::topic(), chat::briefing()), letters).collect();
    for speech in speeches {
        for word in words(&speech.text, letters).filter(|word| !common.contains(word)) {
            let (owner, first) = owners.entry(word.clone()).or_insert_with(|| (speech.author.clone(), speech.seq));
            if *owner != speech.author {
                let taken = found.taken.entry(speech.author.clone()).or_default();
                taken.entry(word.clone()).or_insert(speech.seq);
                found.brought.entry(owner.clone()).or_default().insert(word, *first);
            }
        }
    }
    found
}

fn words(text: &str, letters: usize) -> impl Iterator<Item = String> {
    let is_word = move |word: &&str| (letters..=LONGEST).contains(&word.chars().count());
    text.split(|c: char| !c.is_alphabetic()).filter(is_word).map(str::to_lowercase)
}

/// Every speech, oldest first. The host gives the newest that fit, so older ones are fetched by their numbers.
fn speeches() -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let mut page = chat::recall(&Filter {
            author: None,
            round: None,
            phase: None,
            kind: Some("speech".into()),
            contains: None,
            after: None,
            before: all.first().map(|message| message.seq),
            limit: 0,
        });
        if page.is_empty() {
            return all;
        }
        page.append(&mut all);
        all = page;
    }
}
