//! A table, read by its known keys.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use amatelier_types::nearest;

use super::{Node, Problems, Value};
use crate::plain_text::{Quoted, not_a_line};

/// A table whose unknown keys have been complained about.
pub struct Fields<'a> {
    /// The table's name with a dot, or nothing for the whole.
    prefix: &'static str,
    node: &'a Node,
    problems: &'a Problems,
}

impl<'a> Fields<'a> {
    /// The table, if it is one.
    pub fn of(node: &'a Node, prefix: &'static str, known: &[&str], problems: &'a Problems) -> Option<Self> {
        let Some(entries) = node.entries() else {
            let name = if prefix.is_empty() { "this" } else { prefix.trim_end_matches('.') };
            let what = format!("{name} must be a table, not {}", node.kind());
            problems.add(&node.place, what, format!("it may have {}", list(known)));
            return None;
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let what = format!("{} is no key here", Quoted(&entry.key));
            problems.add(&entry.place, what, meant(&entry.key, known));
        }
        Some(Fields { prefix, node, problems })
    }

    /// The value of a key that may be missing.
    pub fn perhaps(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }

    /// The value of a key that must be there; `example` is the line that is missing.
    pub fn needed(&self, key: &str, example: &str) -> Option<&'a Node> {
        let found = self.node.get(key);
        if found.is_none() {
            let what = format!("`{}{key}` is missing", self.prefix);
            self.problems.add(&self.node.place, what, format!("add `{example}`"));
        }
        found
    }

    /// A text that must be one plain line.
    pub fn needed_line(&self, key: &str, example: &str, most: usize) -> Option<String> {
        self.line(key, self.needed(key, example)?, most)
    }

    /// The same, of a key that may be missing.
    pub fn perhaps_line(&self, key: &str, most: usize) -> Option<String> {
        self.line(key, self.perhaps(key)?, most)
    }

    fn line(&self, key: &str, node: &Node, most: usize) -> Option<String> {
        line(&format!("{}{key}", self.prefix), node, most, self.problems)
    }

    /// A text that something else understands; its error says what is wrong with it.
    pub fn needed_parsed<T: FromStr<Err: Display>>(&self, key: &str, example: &str) -> Option<T> {
        self.parsed(key, self.needed(key, example)?, example)
    }

    /// The same, of a key that may be missing.
    pub fn perhaps_parsed<T: FromStr<Err: Display>>(&self, key: &str, example: &str) -> Option<T> {
        self.parsed(key, self.perhaps(key)?, example)
    }

    fn parsed<T: FromStr<Err: Display>>(&self, key: &str, node: &Node, example: &str) -> Option<T> {
        let remedy = format!("write something like `{example}`");
        let Some(text) = node.text() else {
            let what = format!("`{}{key}` must be a text, not {}", self.prefix, node.kind());
            self.problems.add(&node.place, what, remedy);
            return None;
        };
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let what = format!("`{}{key}` is {}: {error}", self.prefix, Quoted(text));
                self.problems.add(&node.place, what, remedy);
                None
            }
        }
    }

    /// A whole number of a key that may be missing.
    pub fn perhaps_whole(&self, key: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let node = self.perhaps(key)?;
        let whole = match node.value {
            Value::Whole(whole) => u32::try_from(whole).ok().filter(|whole| range.contains(whole)),
            _ => None,
        };
        if whole.is_none() {
            let given = match node.value {
                Value::Whole(whole) => whole.to_string(),
                _ => node.kind().to_owned(),
            };
            let remedy = format!("write a whole number from {} to {}", range.start(), range.end());
            self.problems.add(&node.place, format!("`{}{key}` is {given}", self.prefix), remedy);
        }
        whole
    }

    /// The items of a list of a key that may be missing, which has at most so many.
    pub fn perhaps_list(&self, key: &str, most: usize) -> Option<&'a [Node]> {
        let node = self.perhaps(key)?;
        let (what, remedy) = match &node.value {
            Value::List(items) if items.len() <= most => return Some(items),
            Value::List(items) => (format!("has {} entries", items.len()), format!("leave at most {most}")),
            _ => (format!("must be a list, not {}", node.kind()), "write it in `[` and `]`".into()),
        };
        self.problems.add(&node.place, format!("`{}{key}` {what}", self.prefix), remedy);
        None
    }

    /// A list of plain lines, each once, of a key that may be missing.
    pub fn perhaps_lines(&self, key: &str, most: usize, most_chars: usize) -> Option<Vec<String>> {
        let name = format!("{}{key}", self.prefix);
        let mut lines: Vec<String> = Vec::new();
        for node in self.perhaps_list(key, most)? {
            let Some(text) = line(&name, node, most_chars, self.problems) else { continue };
            if lines.contains(&text) {
                let what = format!("`{name}` has {} twice", Quoted(&text));
                self.problems.add(&node.place, what, "leave one of them");
            }
            lines.push(text);
        }
        Some(lines)
    }
}

fn line(name: &str, node: &Node, most: usize, problems: &Problems) -> Option<String> {
    let remedy = format!("write one plain line of at most {most} characters");
    let Some(text) = node.text() else {
        problems.add(&node.place, format!("`{name}` must be a text, not {}", node.kind()), remedy);
        return None;
    };
    if let Some(why) = not_a_line(text, most) {
        problems.add(&node.place, format!("`{name}` cannot be shown: {why}"), remedy);
        return None;
    }
    Some(text.to_owned())
}

/// What to write in the place of a key that is not known.
fn meant(typed: &str, known: &[&str]) -> String {
    // Comparing costs the product of the lengths; nobody mistypes one word into a hundred letters.
    let near = (typed.len() <= 100).then(|| nearest(typed, known.iter().copied())).flatten();
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("take it out; known are {}", list(known)),
    }
}

fn list(known: &[&str]) -> String {
    known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_toml;

    fn told(text: &str, read: impl FnOnce(&Fields<'_>)) -> Vec<String> {
        let node = read_toml(text).unwrap();
        let problems = Problems::default();
        if let Some(fields) =
            Fields::of(node.get("t").unwrap_or(&node), "t.", &["name", "size", "tags"], &problems)
        {
            read(&fields);
        }
        problems.found().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let wrong = told("[t]\nnmae = 1\nzzzzzz = 2\nsize = 10\ntags = [\"a\", \"a\", 3]\n", |fields| {
            assert_eq!(fields.needed_line("name", "name = \"x\"", 10), None);
            assert_eq!(fields.perhaps_whole("size", 1..=9), None);
            fields.perhaps_lines("tags", 3, 5);
        });
        let expected = [
            "line 1: `t.name` is missing; add `name = \"x\"`",
            "line 2: `nmae` is no key here; did you mean `name`?",
            "line 3: `zzzzzz` is no key here; take it out; known are `name`, `size`, `tags`",
            "line 4: `t.size` is 10; write a whole number from 1 to 9",
            "line 5: `t.tags` has `a` twice; leave one of them",
            "line 5: `t.tags` must be a text, not a whole number; write one plain line of at most 5 characters",
        ];
        assert_eq!(wrong, expected);
    }

    #[test]
    fn what_has_another_kind_is_told_so() {
        let wrong = told("t = 3", |_| ());
        assert_eq!(
            wrong,
            ["line 1: t must be a table, not a whole number; it may have `name`, `size`, `tags`"]
        );
        let wrong = told("[t]\nname = \"0\"\nsize = \"many\"\ntags = \"x\"\n", |fields| {
            assert_eq!(fields.needed_parsed::<std::num::NonZeroU8>("name", "name = \"1\""), None);
            fields.perhaps_whole("size", 1..=2);
            fields.perhaps_list("tags", 1);
        });
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[0].starts_with("line 2: `t.name` is `0`: "), "{wrong:?}");
    }
}
