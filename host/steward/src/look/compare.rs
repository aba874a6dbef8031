//! A field compared with a value.

use std::cmp::Ordering;

use crate::{
    Comparison, Condition,
    data::{Node, Tree},
};

/// What became of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    Yes,
    No,
    /// The row does not have the field, or it is null.
    Absent,
    /// The value is a number and the field is none, so that neither comes before the other.
    NoNumber,
}

/// Compare the field of a row.
pub(crate) fn compare(field: Option<&Node>, condition: &Condition) -> Met {
    let Some(node) = field.filter(|node| node.tree != Tree::Null) else {
        return match condition.comparison {
            Comparison::Different => Met::Yes,
            _ => Met::Absent,
        };
    };
    let met = |is_met: bool| if is_met { Met::Yes } else { Met::No };
    let order = |wanted: fn(Ordering) -> bool| match order(node, condition) {
        Some(order) => met(wanted(order)),
        None => Met::NoNumber,
    };
    match condition.comparison {
        Comparison::Equal => met(is_equal(node, condition)),
        Comparison::Different => met(!is_equal(node, condition)),
        Comparison::Less => order(Ordering::is_lt),
        Comparison::AtMost => order(Ordering::is_le),
        Comparison::More => order(Ordering::is_gt),
        Comparison::AtLeast => order(Ordering::is_ge),
        Comparison::Contains => met(match &node.tree {
            Tree::List(items) => items.iter().any(|item| is_equal(item, condition)),
            Tree::Table(members) => members.iter().any(|(key, _)| *key == condition.value),
            _ => node.words().contains(&condition.value),
        }),
    }
}

fn is_equal(node: &Node, condition: &Condition) -> bool {
    match (number(node), wanted(condition)) {
        (Some(own), Some(wanted)) => own.order(wanted) == Some(Ordering::Equal),
        _ => node.words() == condition.value,
    }
}

fn order(node: &Node, condition: &Condition) -> Option<Ordering> {
    match wanted(condition) {
        Some(wanted) => number(node)?.order(wanted),
        None => Some(node.words().as_ref().cmp(condition.value.as_str())),
    }
}

fn wanted(condition: &Condition) -> Option<Number> {
    if condition.quoted { None } else { Number::of(&condition.value) }
}

fn number(node: &Node) -> Option<Number> {
    match &node.tree {
        Tree::Number(text) | Tree::Text(text) => Number::of(text),
        _ => None,
    }
}

/// A number: exact where it is a whole one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Whole(i128),
    Broken(f64),
}

impl Number {
    /// A text of digits, with a sign, a point and an exponent; nothing else is a number, whatever a parser would take.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_plain = text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        if !is_plain {
            return None;
        }
        match text.parse() {
            Ok(whole) => Some(Number::Whole(whole)),
            Err(_) => text.parse().ok().filter(|value: &f64| value.is_finite()).map(Number::Broken),
        }
    }

    fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => Some(a.cmp(&b)),
            _ => self.value().partial_cmp(&other.value()),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "a whole number beside a broken one is compared as such")]
    fn value(self) -> f64 {
        match self {
            Number::Whole(value) => value as f64,
            Number::Broken(value) => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers_and_else_texts() {
        use Comparison::{AtLeast, AtMost, Contains, Different, Equal, Less, More};
        let row = crate::data::json_row(
            r#"{"n": 10, "f": 2.50, "t": "Ten", "d": "9", "big": 9007199254740993, "l": ["a", 5], "o": {"k": 1}, "z": null, "b": true}"#,
        );
        for (field, comparison, value, expected) in [
            ("n", More, "9", Met::Yes),
            ("n", More, "10", Met::No),
            ("n", AtLeast, "10.0", Met::Yes),
            ("n", AtMost, "9.99", Met::No),
            ("n", Equal, "1e1", Met::Yes),
            ("n", Equal, "\"10\"", Met::Yes),
            ("n", Equal, "\"10.0\"", Met::No),
            ("n", Less, "\"9\"", Met::Yes),
            ("f", Equal, "2.5", Met::Yes),
            ("d", Less, "10", Met::Yes),
            ("t", Equal, "Ten", Met::Yes),
            ("t", Equal, "ten", Met::No),
            ("t", Different, "ten", Met::Yes),
            ("t", More, "9", Met::NoNumber),
            ("t", More, "Alpha", Met::Yes),
            ("t", Contains, "en", Met::Yes),
            ("t", Contains, "EN", Met::No),
            ("t", Equal, "nan", Met::No),
            ("big", Equal, "9007199254740993", Met::Yes),
            ("big", Equal, "9007199254740992", Met::No),
            ("l", Contains, "5.0", Met::Yes),
            ("l", Contains, "b", Met::No),
            ("l.1", Equal, "5", Met::Yes),
            ("o", Contains, "k", Met::Yes),
            ("o.k", Equal, "1", Met::Yes),
            ("b", Equal, "true", Met::Yes),
            ("z", Equal, "null", Met::Absent),
            ("z", Different, "x", Met::Yes),
            ("none", Contains, "x", Met::Absent),
            ("none", Different, "x", Met::Yes),
        ] {
            let bare = value.trim_matches('"');
            let quoted = bare.len() != value.len();
            let condition = Condition { field: field.into(), comparison, value: bare.into(), quoted };
            assert_eq!(compare(row.at(field), &condition), expected, "{condition}");
        }
    }
}
