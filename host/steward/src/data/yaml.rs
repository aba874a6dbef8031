//! YAML with lines.
//!
//! Several documents are a list. Aliases are values like others and count like others, so that ten lines cannot become a million.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Error, Spanned, budget::BudgetBreach};

use super::{Node, Tree, Trouble};

/// YAML as a tree of at most so many values.
pub(crate) fn tree(text: &str, values: usize) -> Result<Node, Trouble> {
    // A table of one value is four events and two nodes: its key is one, too.
    let (nodes, events) = (values.saturating_mul(2), values.saturating_mul(4));
    let options = serde_saphyr::options! {
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: values },
        budget: serde_saphyr::budget! { max_nodes: nodes, max_events: events, max_depth: 128, max_documents: values },
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: serde_saphyr::options::NonFiniteFloatPolicy::AsString,
        // What is written is what is compared: `no` is a text, and so are `007` and `1_000`.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    let mut documents: Vec<Node> =
        serde_saphyr::from_multiple_with_options(text, options).map_err(|error| trouble(&error, values))?;
    if documents.len() == 1
        && let Some(only) = documents.pop()
    {
        return Ok(only);
    }
    Ok(collection(1, Tree::List(documents)))
}

fn trouble(error: &Error, limit: usize) -> Trouble {
    use BudgetBreach::{Documents, Events, Nodes};
    match error.without_snippet() {
        Error::Budget { breach: Nodes { .. } | Events { .. } | Documents { .. }, .. } => {
            Trouble::TooManyValues { limit }
        }
        other => Trouble::Malformed {
            line: other.location().and_then(|place| u32::try_from(place.line()).ok()),
            why: other.to_string(),
        },
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Tree>::deserialize(deserializer)?;
        let line = u32::try_from(spanned.referenced.line()).unwrap_or(u32::MAX);
        Ok(collection(line, spanned.value))
    }
}

/// A value that ends where its last part ends.
fn collection(first_line: u32, tree: Tree) -> Node {
    let last = match &tree {
        Tree::List(items) => items.iter().map(|item| item.last_line).max(),
        Tree::Table(members) => members.iter().map(|(_, value)| value.last_line).max(),
        _ => None,
    };
    Node { first_line, last_line: last.unwrap_or(first_line).max(first_line), tree }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Tree, E> {
        Err(E::custom("bytes are no value that can be looked up"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<Tree>()? {
            let key = match key {
                Tree::Text(key) | Tree::Number(key) => key,
                Tree::Bool(key) => key.to_string(),
                Tree::Null => "null".to_owned(),
                Tree::List(_) | Tree::Table(_) => {
                    return Err(A::Error::custom("a key that is a list or a table"));
                }
            };
            members.push((key, map.next_value()?));
        }
        Ok(Tree::Table(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let text = "# head\na: 1\nt:\n  x: [1, 2]\n  y: |\n    p\n    q\nrows:\n  - n: no\n    1: yes\n  - n: .inf\n    z: ~\n";
        let root = tree(text, 100).unwrap();
        for (path, first, words) in [
            ("a", 2, "1"),
            ("t.x", 4, "[1, 2]"),
            ("t.x.1", 4, "2"),
            ("t.y", 6, "p\nq\n"),
            ("rows.0.1", 10, "yes"),
            ("rows.1.n", 11, ".inf"),
            ("rows.1.z", 12, "null"),
        ] {
            let node = root.at(path).unwrap();
            assert_eq!(node.first_line, first, "{path}");
            assert_eq!(node.words(), words, "{path}");
        }
        let row = root.at("rows.0").unwrap();
        assert_eq!((row.first_line, row.last_line), (9, 10));
        assert_eq!(tree("a: 1\n---\na: 2\n", 100).unwrap().at("1.a").unwrap().first_line, 3);
    }

    #[test]
    fn a_few_lines_cannot_become_a_million_values() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let inner = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
        }
        let refused = tree(&bomb, 10_000);
        assert!(
            matches!(&refused, Err(Trouble::Malformed { why, .. }) if why.contains("alias replay limit")),
            "{refused:?}"
        );
        assert!(matches!(tree(&"- 1\n".repeat(30), 10), Err(Trouble::TooManyValues { limit: 10 })));
        assert!(tree(&"- a: 1\n".repeat(30), 100).is_ok());
        assert!(tree(&"[".repeat(5_000), 1_000_000).is_err());
        assert!(matches!(tree("a: b\nc: [\n", 100), Err(Trouble::Malformed { .. })));
    }
}
