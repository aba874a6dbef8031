//! Untrusted text for a terminal.

/// The text with everything taken out that a terminal would obey, and everything that changes the direction of what follows: control
/// characters show as `�`, line breaks and tabs stay.
pub(crate) fn plain(text: &str) -> String {
    let unified = text.replace("\r\n", "\n");
    unified.chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// JSON whose texts hold none of these characters as they are: they can only stand inside its texts, where an escape means the same.
pub(crate) fn plain_json(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for c in json.chars() {
        if is_harmful(c) {
            // All of them lie below U+FFFF, so one escape is enough.
            plain.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            plain.push(c);
        }
    }
    plain
}

/// C0, DEL and C1; bidirectional embeddings, overrides and isolates; line separators that only some terminals know.
fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The text as above, on one line of at most so many characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let line = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        line
    } else {
        line.chars().take(most.saturating_sub(1)).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        assert_eq!(plain("a\x1b[31mred\x07\u{9b}2J\u{202e}b\r\n\tc"), "a�[31mred��2J�b\n\tc");
        assert_eq!(line("one\ntwo  three", 8), "one two…");
        let json = serde_json::to_string("a\x1b\u{9b}\u{202e}b\n").unwrap();
        assert_eq!(plain_json(&json), r#""a\u001b\u009b\u202eb\n""#);
        assert_eq!(serde_json::from_str::<String>(&plain_json(&json)).unwrap(), "a\x1b\u{9b}\u{202e}b\n");
    }
}
