//! The options of a briefing.
//!
//! Looked for in this order: items (or sub-headings) under a heading that speaks of choices; items that carry a letter; anything else that
//! begins with `Option A`. A briefing without any gets the three options every decision has.

use std::collections::HashSet;

use super::{
    blocks::Block,
    figures::lower_first,
    sentences::clip,
    words::{bare, is_empty, is_english},
};

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rehearsal) struct Choice {
    /// Its short name, fit for the middle of a sentence: `option A`, `“keep the nightly job”`, `acting now`.
    pub(in crate::rehearsal) name: String,
    /// Its name with what it means: `option A (keep the nightly job)`.
    pub(in crate::rehearsal) full: String,
}

/// Headings that announce choices, in the languages we have met.
const HEADINGS: &[&str] = &[
    "choice",
    "option",
    "alternative",
    "candidate",
    "variant",
    "possib",
    "opcion",
    "möglichkeit",
    "choix",
    "opzion",
    "选项",
    "方案",
];

/// What can always be done.
const ALWAYS: &[&str] = &["acting now", "a small trial first", "leaving things as they are"];

/// The options of a document, at most eight; never empty.
pub(super) fn choices(blocks: &[Block], document: &str) -> Vec<Choice> {
    let found = [under_heading(blocks), lettered(blocks)].into_iter().find(|found| found.len() > 1);
    let capitals = Capitals::of(document);
    let mut named: Vec<Choice> = Vec::new();
    for text in found.unwrap_or_default() {
        let Some(choice) = choice(text, &capitals) else { continue };
        if !named.iter().any(|known| known.name == choice.name) && named.len() < 8 {
            named.push(choice);
        }
    }
    if named.len() > 1 {
        return named;
    }
    ALWAYS.iter().map(|name| Choice { name: (*name).into(), full: (*name).into() }).collect()
}

fn under_heading(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    let mut inside = false;
    for block in blocks {
        match block {
            Block::Heading(title) if inside && letter(title).is_some() => found.push(title.as_str()),
            Block::Heading(title) => {
                // The first section with choices is the one; a later one would mix two lists.
                inside = found.is_empty() && HEADINGS.iter().any(|word| title.to_lowercase().contains(word));
                if letter(title).is_some() {
                    inside = true;
                    found.push(title.as_str());
                }
            }
            Block::Item(text) if inside => found.push(text.as_str()),
            _ => {}
        }
    }
    // Sub-headings are the choices themselves; the items below them are their details.
    if found.iter().filter(|text| letter(text).is_some()).count() > 1 {
        found.retain(|text| letter(text).is_some());
    }
    found
}

fn lettered(blocks: &[Block]) -> Vec<&str> {
    let texts = blocks.iter().filter_map(|block| match block {
        Block::Item(text) | Block::Heading(text) | Block::Prose(text) => Some(text.as_str()),
        Block::Row(cells) => cells.first().map(String::as_str),
        Block::Code(_) => None,
    });
    texts.filter(|text| letter(text).is_some()).collect()
}

/// The letter of `A) keep`, `A. keep`, `A: keep`, `A — keep`, `(A) keep` or `Option A: keep`, and the rest.
fn letter(text: &str) -> Option<(char, &str)> {
    let lower = text.to_lowercase();
    let named = ["option ", "choice ", "variant ", "variante "].iter().find(|word| lower.starts_with(**word));
    let rest = text.get(named.map_or(0, |word| word.len())..)?.trim_start_matches('(');
    let mut chars = rest.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    let after = chars.as_str();
    let mark = after.starts_with([')', '.', ':'])
        || [" – ", " — ", " - "].iter().any(|mark| after.starts_with(mark));
    let good = mark || (named.is_some() && !after.starts_with(char::is_alphanumeric));
    good.then(|| (letter, after.trim_start_matches(|c: char| !c.is_alphanumeric())))
}

fn choice(text: &str, capitals: &Capitals<'_>) -> Option<Choice> {
    let lettered = letter(text);
    let rest = lettered.map_or(text, |(_, rest)| rest);
    let ends = [". ", ": ", " – ", " — ", " - ", "; ", " (", "。", "："];
    let end = ends.iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
    let words = short(&rest.get(..end)?.replace(['(', ')'], ""));
    let words = if capitals.is_borrowed(&words) { lower_first(&words) } else { words };
    match lettered {
        Some((letter, _)) if words.is_empty() => Some(named(format!("option {letter}"), None)),
        Some((letter, _)) => Some(named(format!("option {letter}"), Some(words))),
        None if words.chars().any(char::is_alphanumeric) => Some(named(format!("“{words}”"), None)),
        None => None,
    }
}

fn named(name: String, means: Option<String>) -> Choice {
    let full = means.map_or_else(|| name.clone(), |means| format!("{name} ({means})"));
    Choice { name, full }
}

/// At most seven words, cut where a clause could end.
fn short(name: &str) -> String {
    if name.split_whitespace().count() <= 7 {
        return clip(name, 7);
    }
    let ends = [", ", " and ", " with ", " because ", " so ", " which "];
    let cut = ends
        .iter()
        .filter_map(|mark| name.get(..name.find(mark)?))
        .filter(|cut| cut.contains(' '))
        .min_by_key(|cut| cut.len());
    clip(cut.unwrap_or(name), 7).trim_end_matches('…').to_owned()
}

/// Which words of a document may lose the capital that begins an item.
struct Capitals<'a> {
    is_english: bool,
    /// In English, words that have a capital in the middle of a sentence; elsewhere, words written small.
    seen: HashSet<&'a str>,
}

impl<'a> Capitals<'a> {
    fn of(document: &'a str) -> Self {
        let is_english = is_english(document);
        let mut seen = HashSet::new();
        let mut goes_on = false;
        for token in document.split_whitespace() {
            let word = bare(token);
            let is_large = word.starts_with(char::is_uppercase);
            let counts = if is_english { goes_on && is_large } else { !is_large };
            if counts {
                seen.insert(word);
            }
            goes_on = token.ends_with(char::is_lowercase);
        }
        Capitals { is_english, seen }
    }

    /// Whether the capital of the first word is the item's and not the word's own.
    fn is_borrowed(&self, words: &str) -> bool {
        let Some(first) = words.split_whitespace().next() else { return false };
        let lower = first.to_lowercase();
        let own =
            if self.is_english { self.seen.contains(first) } else { !self.seen.contains(lower.as_str()) };
        is_empty(&lower) || !own
    }
}

#[cfg(test)]
mod tests {
    use super::{super::blocks::blocks, *};

    fn names(document: &str) -> Vec<String> {
        choices(&blocks(document), document).into_iter().map(|choice| choice.full).collect()
    }

    #[test]
    fn choices_are_found_where_people_put_them() {
        let keep = ["option A (keep the job)", "option B (Postgres queue)"];
        let why = "We have the use of Postgres for it.\n\n";
        let names = |document: &str| names(&format!("{why}{document}"));
        assert_eq!(
            names("## Choices\n- **A. Keep the job.** Cheap.\n- **B. Postgres queue**: dear.\n## Other\n- x"),
            keep
        );
        assert_eq!(names("Text.\n\nA) Keep the job\nB) Postgres queue"), keep);
        assert_eq!(
            names("### Option A: Keep the job\n- detail\n### Option B — Postgres queue\n- detail"),
            keep
        );
        assert_eq!(names("# Options\n* Keep it, please: why\n* Drop it"), ["“keep it, please”", "“drop it”"]);
        let long = "# Options\n1. Stay as we are and ask again in autumn when it rains\n2. Go";
        assert_eq!(names(long), ["“stay as we are”", "“go”"]);
    }

    #[test]
    fn a_briefing_without_choices_gets_the_usual_ones() {
        assert_eq!(names("Should we?"), ALWAYS);
        assert_eq!(names("- one\n- two"), ALWAYS);
        assert_eq!(names(""), ALWAYS);
    }
}
