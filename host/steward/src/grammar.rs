//! The fixed grammar that questions are tried in first.
//!
//! Keywords in any case; fields, values, patterns, keys and names keep theirs. What is ambiguous is decided by the registered names:
//! the word `in` that is followed by one divides the question. A question whose file is neither registered nor looks like a path was
//! not meant in the grammar.

use crate::{Comparison, Condition, Operation, name::is_glob};

/// The forms, as they are shown to people and models.
pub const FORMS: [&str; 6] = [
    "count rows where FIELD OP VALUE [and FIELD OP VALUE ...] in FILE",
    "count rows in FILE",
    "value of KEY in FILE",
    "lines A-B of FILE",
    "grep PATTERN in FILE|GLOB",
    "outline of FILE",
];

/// The longest question that is tried in the grammar, in bytes: trying every way to divide it takes its time.
const LONGEST: usize = 1_000;
/// How many ways to divide a question are tried.
const DIVISIONS: usize = 20;

/// Read a question; none if it is not in the grammar.
pub(crate) fn read(question: &str, is_registered: &dyn Fn(&str) -> bool) -> Option<Operation> {
    let question = question.trim();
    if question.len() > LONGEST {
        return None;
    }
    let names = Names { is_registered };
    count(question, &names)
        .or_else(|| value(question, &names))
        .or_else(|| excerpt(question, &names))
        .or_else(|| grep(question, &names))
        .or_else(|| outline(question, &names))
}

/// `FIELD OP VALUE [and …]`; none if it is anything else.
pub(crate) fn conditions(text: &str) -> Option<Vec<Condition>> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    for place in places(text, &[" and "]) {
        // An `and` that no condition follows is a word of the value.
        let (_, rest) = text.split_at(place);
        if condition(rest.get(5..).unwrap_or_default()).is_some() {
            pieces.push(text.get(start..place)?);
            start = place + 5;
        }
    }
    pieces.push(text.get(start..)?);
    pieces.into_iter().map(condition).collect()
}

fn condition(text: &str) -> Option<Condition> {
    let (place, comparison, length) = operator(text)?;
    let field = unquoted(text.get(..place)?.trim()).0;
    let value = text.get(place + length..)?.trim();
    let (value, quoted) = unquoted(value);
    let is_odd = !quoted && (value.is_empty() || value.starts_with(['=', '<', '>', '!']));
    if field.is_empty() || is_odd {
        return None;
    }
    Some(Condition { field: field.to_owned(), comparison, value: value.to_owned(), quoted })
}

/// The first operator outside of quotes: where it is, which one, and how long it is written.
fn operator(text: &str) -> Option<(usize, Comparison, usize)> {
    const SIGNS: [(&str, Comparison); 7] = [
        ("==", Comparison::Equal),
        ("!=", Comparison::Different),
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ];
    let word =
        places(text, &[" contains "]).first().map(|place| (*place, Comparison::Contains, " contains ".len()));
    let sign = outside_quotes(text).find_map(|(place, _)| {
        let rest = text.get(place..)?;
        SIGNS
            .iter()
            .find(|(sign, _)| rest.starts_with(sign))
            .map(|(sign, comparison)| (place, *comparison, sign.len()))
    });
    [word, sign].into_iter().flatten().min_by_key(|(place, ..)| *place)
}

/// Where any of some words begin outside of quotes, in any case; the words have their blanks.
fn places(text: &str, words: &[&str]) -> Vec<usize> {
    let begins = |place: usize, word: &str| {
        text.get(place..place + word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word))
    };
    outside_quotes(text)
        .filter(|(place, _)| words.iter().any(|word| begins(*place, word)))
        .map(|(place, _)| place)
        .collect()
}

/// The characters outside of `"…"`, and of `'…'` and backticks that are closed; an apostrophe is no quote.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut open: Option<char> = None;
    let mut before = ' ';
    text.char_indices().filter(move |(place, letter)| {
        let is_outside = open.is_none();
        match open {
            Some(mark) if *letter == mark => open = None,
            None if ['"', '\'', '`'].contains(letter) && !before.is_alphanumeric() => {
                let rest = text.get(place + letter.len_utf8()..).unwrap_or_default();
                open = rest.contains(*letter).then_some(*letter);
            }
            _ => {}
        }
        before = *letter;
        is_outside
    })
}

/// A text without the quotes around it, and whether it had some.
fn unquoted(text: &str) -> (&str, bool) {
    ['"', '\'', '`']
        .iter()
        .find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark))
        .map_or((text, false), |inner| (inner, true))
}

/// The text after some words, in any case and with any blanks between them.
fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().try_fold(text, |rest, word| {
        let rest = rest.trim_start();
        let head = rest.get(..word.len())?;
        let tail = rest.get(word.len()..)?;
        (head.eq_ignore_ascii_case(word) && tail.starts_with(char::is_whitespace)).then_some(tail)
    })
}

struct Names<'a> {
    is_registered: &'a dyn Fn(&str) -> bool,
}

impl Names<'_> {
    /// The name of a file that a text is, if it is meant as one. A question mark or full stop after it ends the sentence.
    fn file(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let bare = unquoted(text).0;
        let ended = unquoted(text.trim_end_matches(['?', '.'])).0;
        if let Some(name) = [bare, ended].into_iter().find(|name| (self.is_registered)(name)) {
            return Some(name.to_owned());
        }
        // In `value of trust in society` nobody means a file.
        let is_path = bare.contains(['.', '/']) && !bare.contains(char::is_whitespace);
        is_path.then(|| bare.to_owned())
    }

    /// A file and, after `#`, the key of a list in it.
    fn part(&self, text: &str) -> Option<(String, Option<String>)> {
        let file = self.file(text)?;
        if (self.is_registered)(&file) {
            return Some((file, None));
        }
        let split = |place: usize| Some((file.get(..place)?, file.get(place + 1..)?));
        let known = file.match_indices('#').filter_map(|(place, _)| split(place));
        let (name, key) = known
            .clone()
            .find(|(name, _)| (self.is_registered)(name))
            .or_else(|| known.clone().next())
            .map_or((file.as_str(), None), |(name, key)| (name, Some(key)));
        let key = key.map(|key| key.trim_end_matches('?')).filter(|key| !key.is_empty());
        Some((name.to_owned(), key.map(str::to_owned)))
    }

    /// What stands before and after the `in` that divides a question: the last one that a registered name follows, else the last one
    /// that something like a path follows.
    fn divided<T>(&self, text: &str, read: impl Fn(&str, &str) -> Option<(T, String)>) -> Option<T> {
        let mut second = None;
        for place in places(text, &[" in ", " from "]).into_iter().rev().take(DIVISIONS) {
            let (before, rest) = text.split_at(place);
            let rest = rest.trim_start();
            let after = rest.get(rest.find(char::is_whitespace)?..)?;
            match read(before.trim(), after) {
                Some((found, name)) if (self.is_registered)(&name) => return Some(found),
                Some((found, _)) if second.is_none() => second = Some(found),
                _ => {}
            }
        }
        second
    }
}

fn count(question: &str, names: &Names<'_>) -> Option<Operation> {
    let rest = after(question, &["count"]).or_else(|| after(question, &["how", "many"]))?;
    let rest = after(rest, &["the"]).unwrap_or(rest);
    let query = |file: String, part, conditions| Operation::Query { file, part, conditions };
    let conditional = after(rest, &["rows", "where"]).or_else(|| after(rest, &["where"]));
    if let Some(rest) = conditional {
        return names.divided(rest, |before, file| {
            let (file, part) = names.part(file)?;
            Some((query(file.clone(), part, conditions(before)?), file))
        });
    }
    let rest = after(rest, &["rows", "in"]).or_else(|| after(rest, &["rows", "of"]))?;
    names.part(rest).map(|(file, part)| query(file, part, Vec::new()))
}

fn value(question: &str, names: &Names<'_>) -> Option<Operation> {
    let question = after(question, &["the"]).unwrap_or(question);
    let rest = after(question, &["value", "of"])?;
    // The blank before the key is what a leading `in` would be divided by.
    names.divided(rest, |before, file| {
        let key = unquoted(before).0;
        let file = names.file(file).filter(|_| !key.is_empty())?;
        Some((Operation::Value { file: file.clone(), key: key.to_owned() }, file))
    })
}

fn excerpt(question: &str, names: &Names<'_>) -> Option<Operation> {
    let rest = after(question, &["lines"]).or_else(|| after(question, &["line"]))?;
    let dividers = [" of ", " in ", " from "];
    let place = places(rest, &dividers).into_iter().next()?;
    let (range, file) = rest.split_at(place);
    let file = file.trim_start();
    let file = file.get(file.find(char::is_whitespace)?..)?;
    let range = range.trim();
    let (first, last) =
        ["-", "–", " to "].iter().find_map(|divider| range.split_once(divider)).unwrap_or((range, range));
    let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let lines = last.checked_sub(first)?.checked_add(1)?;
    names.file(file).map(|file| Operation::Read { file, first_line: first, lines })
}

fn grep(question: &str, names: &Names<'_>) -> Option<Operation> {
    let rest = after(question, &["grep"])?;
    let (rest, ignore_case) = after(rest, &["-i"]).map_or((rest, false), |rest| (rest, true));
    names.divided(rest, |before, file| {
        let slashed = before.strip_prefix('/').and_then(|inner| inner.strip_suffix('/'));
        let pattern = slashed.unwrap_or(unquoted(before).0).to_owned();
        // The question mark of a glob is one.
        let glob =
            Some(unquoted(file.trim()).0).filter(|text| is_glob(text) && !text.contains(char::is_whitespace));
        let file = glob.map(str::to_owned).or_else(|| names.file(file)).filter(|_| !pattern.is_empty())?;
        Some((Operation::Grep { pattern, files: Some(file.clone()), ignore_case, limit: 0 }, file))
    })
}

fn outline(question: &str, names: &Names<'_>) -> Option<Operation> {
    let question = after(question, &["the"]).unwrap_or(question);
    let rest = after(question, &["outline", "of"])?;
    names.file(rest).map(|file| Operation::Outline { file })
}

#[cfg(test)]
mod tests;
