//! How a mark is told.

use std::collections::BTreeSet;

use amatelier_sdk::Mark;

/// Messages or places that a reason names; the others are counted.
const NAMED: usize = 4;

/// Messages that a mark may rest on.
const EVIDENCE: usize = 64;

/// A mark with its reason, and the member's own messages that it was counted in.
pub(crate) fn mark(
    axis: &str,
    value: u32,
    because: String,
    counted_in: impl IntoIterator<Item = u32>,
) -> Mark {
    let evidence: BTreeSet<u32> = counted_in.into_iter().collect();
    Mark { axis: axis.into(), value, because, evidence: evidence.into_iter().take(EVIDENCE).collect() }
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
    fn a_mark_rests_on_each_message_once_and_on_no_more_than_the_host_takes() {
        assert_eq!(mark("a", 1, String::new(), [9, 3, 9]).evidence, [3, 9]);
        assert_eq!(mark("a", 1, String::new(), 1..=70).evidence, (1..=64).collect::<Vec<_>>());
    }

    #[test]
    fn a_long_list_is_counted() {
        let things: Vec<String> = (1..=6).map(|number| number.to_string()).collect();
        assert_eq!(listed(&things), "1, 2, 3, 4 and 2 more");
        assert_eq!(listed(&things[..2]), "1, 2");
        assert_eq!(listed(&["é".repeat(200)]), "é".repeat(40) + "…");
    }
}
