//! Text from outside, fit for a line that people read.
//!
//! Names and keys are written by others. In a message they stand in one line, without anything that a terminal obeys or that turns
//! the direction of writing, and not longer than a reader can bear.

/// The most characters of a foreign text in a message.
const CHARS: usize = 200;
/// The most names in a list.
const NAMES: usize = 20;

/// A foreign text in one line.
pub(crate) fn plain(text: &str) -> String {
    let mut chars = text.chars().map(|letter| if is_active(letter) { '\u{fffd}' } else { letter });
    let mut shown: String = chars.by_ref().take(CHARS).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// `before a, b, c`, or nothing where there are none.
pub(crate) fn listed(before: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let mut shown: Vec<String> = names.iter().take(NAMES).map(|name| plain(name)).collect();
    if names.len() > NAMES {
        shown.push(format!("and {} more", names.len() - NAMES));
    }
    format!("{before} {}", shown.join(", "))
}

/// A text cut at a number of bytes, between characters; the flag says whether it was.
pub(crate) fn cut(text: &str, bytes: usize) -> (&str, bool) {
    if text.len() <= bytes {
        return (text, false);
    }
    let end = (0..=bytes).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), true)
}

/// A text cut at a number of bytes, with a mark where it was.
pub(crate) fn cut_marked(text: &str, bytes: usize) -> String {
    match cut(text, bytes) {
        (whole, false) => whole.to_owned(),
        (start, true) => format!("{start}…"),
    }
}

/// Whether a character does something instead of being seen: controls, line separators, marks of direction, invisible ones.
pub(crate) fn is_active(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_text_is_one_harmless_line() {
        assert_eq!(plain("a\u{1b}[2Jb\nc\u{202e}d"), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d");
        assert_eq!(plain(&"é".repeat(201)), format!("{}…", "é".repeat(200)));
        assert_eq!(listed("; has", &[]), "");
        assert_eq!(listed("; has", &["a".into(), "b\t".into()]), "; has a, b\u{fffd}");
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("aé", 2), ("a", true));
        assert_eq!(cut("aé", 3), ("aé", false));
        assert_eq!(cut_marked("aé", 2), "a…");
    }
}
