//! A value and where it is written.

use std::{borrow::Cow, fmt::Write as _};

/// A value of a data file, and its lines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) first_line: u32,
    pub(crate) last_line: u32,
    pub(crate) tree: Tree,
}

/// A value. Numbers keep the digits that they are written with where the format lets us see them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn on(line: u32, tree: Tree) -> Self {
        Node { first_line: line, last_line: line, tree }
    }

    /// The value that a path leads to: a key of that very name, else keys and places in lists, divided by dots. The key that comes
    /// last counts if there are several.
    pub(crate) fn at(&self, path: &str) -> Option<&Node> {
        match &self.tree {
            Tree::Table(members) => member(members, path).or_else(|| {
                path.match_indices('.').rev().find_map(|(dot, _)| {
                    let (key, rest) = path.split_at(dot);
                    member(members, key)?.at(rest.get(1..)?)
                })
            }),
            Tree::List(items) => {
                let (place, rest) =
                    path.split_once('.').map_or((path, None), |(place, rest)| (place, Some(rest)));
                let item = items.get(place.parse::<usize>().ok()?)?;
                rest.map_or(Some(item), |rest| item.at(rest))
            }
            _ => None,
        }
    }

    /// The keys that could have been meant by a path that leads nowhere: those where it leaves the tree.
    pub(crate) fn known_at(&self, path: &str) -> Vec<String> {
        let deepest =
            path.match_indices('.').rev().find_map(|(dot, _)| self.at(path.get(..dot)?)).unwrap_or(self);
        match &deepest.tree {
            Tree::Table(members) => members.iter().map(|(key, _)| key.clone()).collect(),
            Tree::List(items) => match items.len() {
                0 => Vec::new(),
                1 => vec!["0".to_owned()],
                several => vec![format!("0 to {}", several - 1)],
            },
            _ => Vec::new(),
        }
    }

    /// It as a text that can be compared and read: a text as it is, anything else as JSON.
    pub(crate) fn words(&self) -> Cow<'_, str> {
        match &self.tree {
            Tree::Text(text) | Tree::Number(text) => Cow::Borrowed(text),
            _ => Cow::Owned(self.json()),
        }
    }

    /// It as JSON in one line.
    pub(crate) fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match &self.tree {
            Tree::Null => out.push_str("null"),
            Tree::Bool(value) => {
                let _ = write!(out, "{value}");
            }
            Tree::Number(digits) => out.push_str(digits),
            Tree::Text(text) => quote(text, out),
            Tree::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { ", " });
                    item.write(out);
                }
                out.push(']');
            }
            Tree::Table(members) => {
                out.push('{');
                for (place, (key, value)) in members.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { ", " });
                    quote(key, out);
                    out.push_str(": ");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn member<'a>(members: &'a [(String, Node)], key: &str) -> Option<&'a Node> {
    members.iter().rev().find(|(own, _)| own == key).map(|(_, value)| value)
}

fn quote(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_leads_through_tables_and_lists() {
        let root = super::super::json::tree(
            r#"{"a": {"b": [1, {"c": "x"}], "b.c": 2}, "a.b": 3, "d": 1, "d": 2, "": 4}"#,
            1,
            100,
        )
        .unwrap();
        for (path, expected) in [
            ("a.b", Some("3")),
            ("a.b.0", Some("1")),
            ("a.b.1.c", Some("x")),
            ("a.b.c", Some("2")),
            ("d", Some("2")),
            ("", Some("4")),
            ("A", None),
            ("a.b.2", None),
            ("a.b.0.x", None),
            ("a.", None),
        ] {
            assert_eq!(root.at(path).map(|node| node.words().into_owned()).as_deref(), expected, "{path}");
        }
        assert_eq!(root.known_at("x"), ["a", "a.b", "d", "d", ""]);
        assert_eq!(root.known_at("a.x"), ["b", "b.c"]);
        assert_eq!(root.at("a").unwrap().json(), r#"{"b": [1, {"c": "x"}], "b.c": 2}"#);
    }
}
