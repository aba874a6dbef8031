//! How a mark is told.

use amatelier_sdk::Mark;

/// Messages or places that a reason names; the others are counted.
const NAMED: usize = 4;

/// A mark with its reason.
pub(crate) fn mark(axis: &str, value: u32, because: String) -> Mark {
    Mark { axis: axis.into(), value, because }
}

/// The most characters of a thing that is named: a member may make a word of any length.
const NAME: usize = 40;

/// Some of a list in words: `a, b, c and 2 more`.
pub(crate) fn listed(things: &[String]) -> String {
    let named = things.iter().take(NAMED).map(|thing| short(thing)).collect::<Vec<_>>().join(", ");
    match things.len().checked_sub(NAMED) {
        Some(more) if more > 0 => format!("{named} and {more} more"),
        _ => named,
    }
}

fn short(thing: &str) -> String {
    match thing.char_indices().nth(NAME) {
        Some((end, _)) => thing.get(..end).unwrap_or_default().to_owned() + "…",
        None => thing.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_counted() {
        let things: Vec<String> = (1..=6).map(|number| number.to_string()).collect();
        assert_eq!(listed(&things), "1, 2, 3, 4 and 2 more");
        assert_eq!(listed(&things[..2]), "1, 2");
        assert_eq!(listed(&["é".repeat(200)]), "é".repeat(40) + "…");
    }
}
