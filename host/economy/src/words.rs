//! Texts from outside: what may be an id, what may be a text, and how much of the rest is shown.

/// Whether a text is an id: lower-case letters, digits and dashes, starting with a letter.
pub(crate) fn is_id(text: &str, most: u32) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && fits(text, most)
}

/// Whether a text is the id of a skill. Folders of skills that people pass around may be called `3d-models`, so a digit may come first.
pub(crate) fn is_skill_id(text: &str, most: u32) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && fits(text, most)
}

/// Whether a text says something, is not too long, and has no control characters but line breaks and tabs.
pub(crate) fn is_text(text: &str, most: u32) -> bool {
    !text.trim().is_empty()
        && fits(text, most)
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn fits(text: &str, most: u32) -> bool {
    // Whoever sends a megabyte has it counted no further than needed.
    text.chars().nth(usize::try_from(most).unwrap_or(usize::MAX)).is_none()
}

/// The beginning of a text that was refused, without anything a terminal would act upon.
pub(crate) fn excerpt(text: &str, most: u32) -> String {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    text.chars().take(most).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Two ideas are one if they differ in case and spacing alone.
pub(crate) fn same_idea(left: &str, right: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    plain(left) == plain(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_texts_and_excerpts_are_bounded() {
        for (text, id, good) in [
            ("debate-tactics", true, true),
            ("Debate", false, true),
            ("1x", false, true),
            ("a b", false, true),
            ("", false, false),
            ("\u{1b}[2J", false, false),
            ("two\nlines", false, true),
        ] {
            assert_eq!((is_id(text, 20), is_text(text, 20)), (id, good), "{text:?}");
        }
        assert!(!is_id(&"x".repeat(21), 20) && is_id(&"x".repeat(20), 20));
        for (text, expected) in
            [("3d-models", true), ("debate-tactics", true), ("-a", false), ("", false), ("../x", false)]
        {
            assert_eq!(is_skill_id(text, 20), expected, "{text:?}");
        }
        assert_eq!(excerpt("a\u{7}bcd", 3), "a\u{fffd}b");
        assert!(same_idea("Try  it", "try it") && !same_idea("try it", "try that"));
    }
}
