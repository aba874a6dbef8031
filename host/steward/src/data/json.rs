//! JSON with lines.
//!
//! `serde_json` gives values without places, but it also gives raw pieces of the text, whose places are where they begin in it. A
//! tree is read level by level in that way; the depth is limited, so that the work is, too.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Node, Tree, Trouble};
use crate::text::LineIndex;

/// How deep values may be nested; what `serde_json` itself takes.
const DEPTH: u32 = 128;

/// A JSON text that begins at a line of its file, as a tree of at most so many values.
pub(crate) fn tree(text: &str, first_line: u32, values: usize) -> Result<Node, Trouble> {
    let mut reader = Reader { text, index: LineIndex::new(text), first_line, left: values, most: values };
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| reader.malformed(&error, 0))?;
    reader.node(whole, 0)
}

struct Reader<'a> {
    text: &'a str,
    index: LineIndex,
    first_line: u32,
    left: usize,
    most: usize,
}

impl<'a> Reader<'a> {
    fn node(&mut self, raw: &'a RawValue, depth: u32) -> Result<Node, Trouble> {
        self.left = self.left.checked_sub(1).ok_or(Trouble::TooManyValues { limit: self.most })?;
        let json = raw.get();
        let start = (json.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let line = |byte| self.index.line(byte).saturating_add(self.first_line).saturating_sub(1);
        let (first_line, last_line) = (line(start), line(start + json.len().saturating_sub(1)));
        if depth > DEPTH {
            let why = format!("values are nested deeper than {DEPTH}");
            return Err(Trouble::Malformed { line: Some(first_line), why });
        }
        let tree = match json.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = self.part(json, start)?;
                let read = |(key, raw): (String, &'a RawValue)| Ok((key, self.node(raw, depth + 1)?));
                Tree::Table(members.into_iter().map(read).collect::<Result<_, Trouble>>()?)
            }
            Some(b'[') => {
                let items: Vec<&'a RawValue> = self.part(json, start)?;
                let read = |raw: &'a RawValue| self.node(raw, depth + 1);
                Tree::List(items.into_iter().map(read).collect::<Result<_, Trouble>>()?)
            }
            Some(b'"') => Tree::Text(self.part(json, start)?),
            Some(b't') => Tree::Bool(true),
            Some(b'f') => Tree::Bool(false),
            Some(b'n') => Tree::Null,
            _ => Tree::Number(json.to_owned()),
        };
        Ok(Node { first_line, last_line, tree })
    }

    fn part<T: Deserialize<'a>>(&self, json: &'a str, start: usize) -> Result<T, Trouble> {
        serde_json::from_str(json).map_err(|error| self.malformed(&error, start))
    }

    /// What `serde_json` complains about, in a piece that starts at a byte.
    fn malformed(&self, error: &serde_json::Error, start: usize) -> Trouble {
        let before = self.index.line(start).saturating_add(self.first_line).saturating_sub(2);
        let own = u32::try_from(error.line()).unwrap_or(u32::MAX);
        let text = error.to_string();
        let why = text.split(" at line ").next().unwrap_or(&text).to_owned();
        Trouble::Malformed { line: Some(before.saturating_add(own.max(1))), why }
    }
}

/// The members of an object, in order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let root = tree("\n{\n  \"a\": [\n    1.50,\n    \"x\\n\"\n  ],\n  \"b\": null }\n", 1, 100).unwrap();
        assert_eq!((root.first_line, root.last_line), (2, 7));
        let a = root.at("a").unwrap();
        assert_eq!((a.first_line, a.last_line), (3, 6));
        assert_eq!(a.at("0").unwrap(), &Node::on(4, Tree::Number("1.50".into())));
        assert_eq!(a.at("1").unwrap(), &Node::on(5, Tree::Text("x\n".into())));
        assert_eq!(tree("{\"a\": 1}", 7, 100).unwrap().at("a").unwrap().first_line, 7);
    }

    #[test]
    fn what_is_no_json_says_where() {
        for (text, expected) in
            [("{\n\"a\": 1,\n}", 3), ("[1,\n2", 2), ("", 1), ("{\n\"a\": [\n\"\\ud800\"]}", 3), ("1 2", 1)]
        {
            let Err(Trouble::Malformed { line, .. }) = tree(text, 1, 100) else { panic!("{text}") };
            assert_eq!(line, Some(expected), "{text}");
        }
        assert!(matches!(tree("[1, 2, 3]", 1, 3), Err(Trouble::TooManyValues { limit: 3 })));
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert!(matches!(tree(&deep, 1, 1_000), Err(Trouble::Malformed { .. })));
    }
}
