//! Citations in a text: `file:line` and `file:line-line`, of registered files.

use std::{collections::HashSet, ops::Range};

use crate::RegisteredFile;

/// A citation and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The bytes of the text that it takes.
    pub at: Range<usize>,
    /// The file.
    pub file: String,
    /// From 1.
    pub first_line: u32,
    /// The last one, included.
    pub last_line: u32,
}

/// The citations in a text, in order and each once: a registered name, its first line and its last line. Whether the files have these
/// lines is not looked at.
pub fn citations_in(text: &str, files: &[RegisteredFile]) -> Vec<(String, u32, u32)> {
    let mut seen = HashSet::new();
    let cited = cited_in(text, files).into_iter();
    let places = cited.map(|cited| (cited.file, cited.first_line, cited.last_line));
    places.filter(|place| seen.insert(place.clone())).collect()
}

/// The citations in a text with their places, in order. Where one name ends another, the longer one is meant.
pub fn cited_in(text: &str, files: &[RegisteredFile]) -> Vec<Cited> {
    let mut found: Vec<Cited> = Vec::new();
    for file in files {
        for (start, _) in text.match_indices(&file.name) {
            let before = text.get(..start).and_then(|before| before.chars().next_back());
            let goes_on = before.is_some_and(|letter| letter.is_alphanumeric() || "/._-\\".contains(letter));
            let end = start + file.name.len();
            if !goes_on && let Some((first_line, last_line, length)) = text.get(end..).and_then(lines) {
                found.push(Cited { at: start..end + length, file: file.name.clone(), first_line, last_line });
            }
        }
    }
    found.sort_by_key(|cited| (cited.at.start, std::cmp::Reverse(cited.at.end)));
    let mut end = 0;
    found.retain(|cited| {
        let is_own = cited.at.start >= end;
        end = end.max(cited.at.end);
        is_own
    });
    found
}

/// `:3`, `:3-7`: the first line, the last one, and how long it is written.
fn lines(text: &str) -> Option<(u32, u32, usize)> {
    let rest = text.strip_prefix(':')?;
    let (first, rest) = number(rest)?;
    let range = ["-", "–"].iter().find_map(|divider| number(rest.strip_prefix(divider)?));
    let (last, rest) = range.unwrap_or((first, rest));
    let is_whole = !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    (is_whole && first > 0 && first <= last).then(|| (first, last, text.len() - rest.len()))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use crate::Sha256;

    use super::*;

    #[test]
    fn citations_of_registered_files_are_found() {
        let files = ["a.md", "docs/a.md", "my a.md", "b c.csv", "ü.md"].map(|name| RegisteredFile {
            name: name.into(),
            bytes: 0,
            device: 0,
            inode: 0,
            sha256: Sha256::of(b""),
        });
        for (text, expected) in [
            ("see a.md:3.", vec![("a.md", 3, 3)]),
            ("(docs/a.md:3-7)", vec![("docs/a.md", 3, 7)]),
            ("`a.md:1`, a.md:2–4; a.md:1", vec![("a.md", 1, 1), ("a.md", 2, 4)]),
            ("my a.md:9", vec![("my a.md", 9, 9)]),
            ("b c.csv:10: text", vec![("b c.csv", 10, 10)]),
            ("ü.md:2", vec![("ü.md", 2, 2)]),
            ("x/a.md:3 xa.md:3 ../a.md:3", vec![]),
            ("a.md:0 a.md:7-3 a.md:x a.md: 3 a.md:3x a.md:99999999999", vec![]),
            ("a.mda.md:3", vec![]),
            ("other.md:3", vec![]),
            ("a.md:3-x", vec![("a.md", 3, 3)]),
        ] {
            let expected: Vec<(String, u32, u32)> =
                expected.into_iter().map(|(name, first, last)| (name.to_owned(), first, last)).collect();
            assert_eq!(citations_in(text, &files), expected, "{text}");
        }
    }
}
