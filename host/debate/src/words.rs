//! Texts as sets of words: how much of a speech is new.

use std::{collections::BTreeSet, sync::Arc};

/// The words of a text in lower case, ASCII punctuation removed (§5.3 of the facts). Cheap to clone: every decision works on a copy of
/// the table, which holds one of these per member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordSet(Arc<BTreeSet<String>>);

impl WordSet {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let plain: String = text.chars().filter(|c| !c.is_ascii_punctuation()).collect();
        WordSet(Arc::new(plain.to_lowercase().split_whitespace().map(str::to_owned).collect()))
    }
}

/// Shared words over all words, 0 to 1; two empty sets are equal.
pub fn jaccard(one: &WordSet, other: &WordSet) -> f64 {
    let shared = one.0.intersection(&other.0).count();
    let all = one.0.len() + other.0.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_do_not_make_a_word_new() {
        let one = WordSet::of("The bridge, is 40% done!");
        assert_eq!(one, WordSet::of("done is the BRIDGE 40"));
        assert_eq!(jaccard(&one, &WordSet::of("the bridge collapsed")), 2.0 / 6.0);
        assert_eq!(jaccard(&WordSet::default(), &WordSet::default()), 1.0);
    }
}
