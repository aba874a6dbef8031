//! TOML with lines.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Node, Tree, Trouble};
use crate::text::LineIndex;

/// A TOML document as a tree of at most so many values.
pub(crate) fn tree(text: &str, values: usize) -> Result<Node, Trouble> {
    let index = LineIndex::new(text);
    let document = DeTable::parse(text).map_err(|error| Trouble::Malformed {
        line: error.span().map(|span| index.line(span.start)),
        why: error.message().to_owned(),
    })?;
    let mut reader = Reader { index, left: values, most: values };
    reader.table(document.get_ref(), 1)
}

struct Reader {
    index: LineIndex,
    left: usize,
    most: usize,
}

impl Reader {
    fn count(&mut self) -> Result<(), Trouble> {
        self.left = self.left.checked_sub(1).ok_or(Trouble::TooManyValues { limit: self.most })?;
        Ok(())
    }

    /// A table may be written in several places: it has the lines from where it begins to its last value.
    fn table(&mut self, table: &DeTable<'_>, first_line: u32) -> Result<Node, Trouble> {
        self.count()?;
        let mut members = Vec::with_capacity(table.len());
        let mut last_line = first_line;
        for (key, value) in table {
            let node = self.node(value, Some(self.index.line(key.span().start)))?;
            last_line = last_line.max(node.last_line);
            members.push((key.get_ref().to_string(), node));
        }
        Ok(Node { first_line, last_line, tree: Tree::Table(members) })
    }

    /// A value that begins in the line of its key, if it has one.
    fn node(&mut self, value: &Spanned<DeValue<'_>>, key_line: Option<u32>) -> Result<Node, Trouble> {
        let span = value.span();
        let own = self.index.line(span.start);
        let last_line = self.index.line(span.end.saturating_sub(1).max(span.start));
        let first_line = key_line.unwrap_or(own);
        let tree = match value.get_ref() {
            DeValue::Table(table) => {
                return self.table(table, if key_line.is_some() { first_line.min(own) } else { own });
            }
            DeValue::Array(items) => {
                self.count()?;
                let nodes: Vec<Node> =
                    items.iter().map(|item| self.node(item, None)).collect::<Result<_, _>>()?;
                let last = nodes.iter().map(|node| node.last_line).max().unwrap_or(last_line);
                return Ok(Node { first_line, last_line: last.max(last_line), tree: Tree::List(nodes) });
            }
            DeValue::String(text) => Tree::Text(text.to_string()),
            DeValue::Integer(integer) => Tree::Number(match integer.radix() {
                10 => integer.as_str().to_owned(),
                radix => i64::from_str_radix(integer.as_str(), radix)
                    .map_or_else(|_| integer.as_str().to_owned(), |value| value.to_string()),
            }),
            DeValue::Float(float) => Tree::Number(float.as_str().to_owned()),
            DeValue::Boolean(value) => Tree::Bool(*value),
            DeValue::Datetime(moment) => Tree::Text(moment.to_string()),
        };
        self.count()?;
        Ok(Node { first_line, last_line: last_line.max(first_line), tree })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let text = "a = 1_000\n[t]\nx = [\n  1,\n  2,\n]\ny = 0x1f\nd = 2026-01-01\n[[r]]\nn = \"p\"\n[[r]]\nn = \"q\"\nm = true\n";
        let root = tree(text, 100).unwrap();
        for (path, first, last, words) in [
            ("a", 1, 1, "1000"),
            ("t.x", 3, 6, "[1, 2]"),
            ("t.x.1", 5, 5, "2"),
            ("t.y", 7, 7, "31"),
            ("t.d", 8, 8, "2026-01-01"),
            ("r.0", 9, 10, "{\"n\": \"p\"}"),
            ("r.1", 11, 13, "{\"n\": \"q\", \"m\": true}"),
        ] {
            let node = root.at(path).unwrap();
            assert_eq!((node.first_line, node.last_line), (first, last), "{path}");
            assert_eq!(node.words(), words, "{path}");
        }
        assert!(matches!(tree("a = 1\nb = [1", 100), Err(Trouble::Malformed { line: Some(2), .. })));
        assert!(
            tree(&format!("a = {}{}", "[".repeat(20_000), "]".repeat(20_000)), 100_000).is_err(),
            "too deep"
        );
        assert!(tree(&format!("{} = 1", vec!["a"; 20_000].join(".")), 100_000).is_err(), "too deep");
        assert!(matches!(tree("a = [1, 2, 3]", 4), Err(Trouble::TooManyValues { limit: 4 })));
    }
}
