//! Text from strangers: what is taken as one plain line, and how anything else of theirs is shown.

use std::fmt;

/// The most characters of something refused that a message repeats.
const SHOWN: usize = 64;

/// A stranger's text, quoted for a message: at most 64 characters, and nothing in them that a terminal obeys or that cannot be seen.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a>(pub &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.chars();
        let shown: String = rest.by_ref().take(SHOWN).collect();
        write!(f, "`{}{}`", Escaped(&shown), if rest.next().is_some() { "…" } else { "" })
    }
}

/// A stranger's text in full, with everything written out that a terminal obeys or that cannot be seen.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_odd(c) { write!(f, "{}", c.escape_unicode())? } else { write!(f, "{c}")? }
        }
        Ok(())
    }
}

/// Why a text is not one plain line of at most so many characters.
pub(crate) fn not_a_line(text: &str, most: usize) -> Option<String> {
    // Whoever sends a megabyte has it counted no further than needed.
    if text.chars().nth(most).is_some() {
        return Some(format!("it is longer than {most} characters"));
    }
    if text.trim().is_empty() {
        return Some("it is empty".into());
    }
    if text.trim() != text {
        return Some("it begins or ends with blanks".into());
    }
    let odd = text.chars().find(|c| is_odd(*c))?;
    Some(format!("it holds the character {}, which is not shown as itself", odd.escape_unicode()))
}

/// What makes a terminal do something, changes the direction of what follows, or hides: controls, line and paragraph separators,
/// bidirectional marks, embeddings and isolates, blanks without width, and the tags that nothing shows. Joiners stay, for scripts need them.
fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_plain_and_bounded() {
        for (text, why) in [
            ("Answers every claim with a question.", None),
            ("Grüße, 日本, नमस्ते\u{200d}", None),
            ("", Some("it is empty")),
            (" a", Some("it begins or ends with blanks")),
            ("a\nb", Some("it holds the character \\u{a}, which is not shown as itself")),
            ("a\u{1b}[2J", Some("it holds the character \\u{1b}, which is not shown as itself")),
            ("a\u{9b}2J", Some("it holds the character \\u{9b}, which is not shown as itself")),
            ("a\u{202e}b", Some("it holds the character \\u{202e}, which is not shown as itself")),
            ("a\u{200b}b", Some("it holds the character \\u{200b}, which is not shown as itself")),
            ("a\u{e0041}b", Some("it holds the character \\u{e0041}, which is not shown as itself")),
        ] {
            assert_eq!(not_a_line(text, 40).as_deref(), why, "{text:?}");
        }
        assert_eq!(not_a_line("abcd", 3).unwrap(), "it is longer than 3 characters");
        assert_eq!(not_a_line("abc", 3), None);
    }

    #[test]
    fn what_is_quoted_is_short_and_harmless() {
        assert_eq!(Quoted("\u{1b}[31m<script>").to_string(), "`\\u{1b}[31m<script>`");
        let long = Quoted(&"x".repeat(100)).to_string();
        assert_eq!(long.chars().count(), 64 + 3);
        assert!(long.ends_with("…`"));
        assert_eq!(Escaped("a\u{202e}b").to_string(), "a\\u{202e}b");
    }
}
