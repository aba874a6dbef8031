//! The words that tell what a sentence, a line or a column is about.

use std::collections::BTreeSet;

/// Words that are about nothing.
const EMPTY: &[&str] = &[
    "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could",
    "did", "do", "doe", "does", "each", "every", "for", "from", "had", "has", "have", "he", "her", "his",
    "how", "if", "in", "into", "is", "it", "its", "just", "less", "may", "more", "most", "must", "my", "no",
    "nor", "not", "of", "on", "one", "only", "or", "our", "out", "over", "per", "say", "she", "should", "so",
    "some", "than", "that", "the", "their", "them", "then", "there", "these", "they", "thi", "those", "to",
    "under", "up", "very", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will",
    "with", "would", "you", "your",
];

/// The words of a text that mean something, without the plural's `s` and in small letters. Single capitals count, as names do, but for
/// `A` and `I`, which are words.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(word).collect()
}

fn word(text: &str) -> Option<String> {
    let mut letters = text.chars();
    let first = letters.next()?;
    if letters.next().is_none() {
        return (first.is_uppercase() && !matches!(first, 'A' | 'I')).then(|| text.to_lowercase());
    }
    if !text.chars().any(char::is_alphabetic) || first.is_ascii_digit() {
        return None;
    }
    let small = text.to_lowercase();
    let bare = small.strip_suffix('s').filter(|bare| bare.chars().count() > 2 && !bare.ends_with('s'));
    let bare = bare.unwrap_or(&small);
    (!EMPTY.contains(&bare)).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_a_text_is_about() {
        let found: Vec<String> =
            words("The B hangers cost 4200 a month; a costs-class I_x2").into_iter().collect();
        assert_eq!(found, ["b", "class", "cost", "hanger", "month", "x2"]);
    }
}
