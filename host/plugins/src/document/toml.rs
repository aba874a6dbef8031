//! TOML as a tree, each value with its line.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeInteger, DeTable, DeValue},
};

use super::{Node, Place, Problem, Value, node::Entry};
use crate::plain_text::Quoted;

/// The tree of a text.
///
/// # Errors
/// Every line that is no TOML.
pub fn read_toml(text: &str) -> Result<Node, Vec<Problem>> {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Node { place: Place::Line(1), value: of_table(table.get_ref(), &lines) });
    }
    let mut problems: Vec<Problem> = Vec::new();
    for error in errors.into_iter().take(50) {
        let place = Place::Line(error.span().map_or(1, |span| lines.of_span(&span)));
        // A line that is read wrong once is read wrong in a row of ways; the first says it best.
        if problems.last().is_none_or(|last| last.place != place) {
            let what = format!("this is no TOML: {}", Quoted(&error.message().replace('\n', ", ")));
            problems.push(Problem { place, what, remedy: "write it as `key = value`".into() });
        }
    }
    Err(problems)
}

fn of_table(table: &DeTable<'_>, lines: &Lines) -> Value {
    let entry = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| Entry {
        key: key.get_ref().to_string(),
        place: Place::Line(lines.of_span(&key.span())),
        node: node(value, lines),
    };
    Value::Table(table.iter().map(entry).collect())
}

fn node(value: &Spanned<DeValue<'_>>, lines: &Lines) -> Node {
    let place = Place::Line(lines.of_span(&value.span()));
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(digits) => whole(digits),
        DeValue::Float(digits) => Value::Fraction(digits.as_str().into()),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(item, lines)).collect()),
        DeValue::Table(table) => of_table(table, lines),
    };
    Node { place, value }
}

fn whole(digits: &DeInteger<'_>) -> Value {
    let plain = digits.as_str().replace('_', "");
    i64::from_str_radix(&plain, digits.radix())
        .map_or(Value::Other("a number beyond all bounds"), Value::Whole)
}

/// Where the lines begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Lines(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line on which something begins, counted from 1.
    fn of_span(&self, span: &Range<usize>) -> usize {
        self.0.partition_point(|end| *end < span.start) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_line() {
        let node = read_toml("a = 1\n\n[b]\nc = [\n  \"x\",\n  0x10,\n]\n").unwrap();
        assert_eq!(node.get("a").unwrap().place, Place::Line(1));
        let list = node.get("b").unwrap().get("c").unwrap();
        let Value::List(items) = &list.value else { panic!() };
        assert_eq!((&list.place, &items[1].place), (&Place::Line(4), &Place::Line(6)));
        assert_eq!(items[1].value, Value::Whole(16));
    }

    #[test]
    fn every_line_that_is_no_toml_is_named_once() {
        let wrong = read_toml("a = 1\nb = \n\nc = 3\n= 4\n").unwrap_err();
        let places: Vec<_> = wrong.iter().map(|problem| problem.place.to_string()).collect();
        assert_eq!(places, ["line 2", "line 5"]);
        assert!(read_toml("a = 1\na = 2\n").is_err());
        assert!(read_toml(&"a.".repeat(20_000)).is_err());
        assert!(read_toml(&format!("a = {}", "[".repeat(20_000))).is_err());
    }

    #[test]
    fn no_depth_makes_the_reader_fall_over() {
        let path = vec!["a"; 30_000].join(".");
        for text in [
            format!("{path} = 1\n"),
            format!("[{path}]\n"),
            format!("[[{path}]]\n"),
            format!("a = {{ {path} = 1 }}\n"),
            format!("a = {}{}\n", "[".repeat(30_000), "]".repeat(30_000)),
            format!("a = {}1{}\n", "{ a = ".repeat(30_000), " }".repeat(30_000)),
        ] {
            assert!(read_toml(&text).is_err(), "{}", &text[..20]);
        }
    }
}
