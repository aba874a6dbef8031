//! Foreign text made fit for an error message.

use secrecy::{ExposeSecret, SecretString};

/// The longest line, in characters: enough for a provider's sentence, too little for a page.
const MAX_CHARS: usize = 300;

/// The shortest key, in bytes, that is taken for one: people give servers of their own an `x`.
const SHORTEST_KEY: usize = 8;

/// One line of at most 300 characters, without control characters and without the key, which a careless server may echo.
pub(crate) fn one_line(text: &str, key: Option<&SecretString>) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let printable: String = spaced.chars().filter(|c| !c.is_control()).collect();
    let line = printable.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    // After the cleaning, which could have joined a key that was taken apart, and before the cut, which could leave half of one.
    let line = match key.map(ExposeSecret::expose_secret) {
        // What is shorter is no secret, and stands in every other word.
        Some(key) if key.len() >= SHORTEST_KEY => line.replace(key, "[key]"),
        _ => line,
    };
    match line.char_indices().nth(MAX_CHARS) {
        Some(_) => line.chars().take(MAX_CHARS - 1).chain(['…']).collect(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_becomes_one_short_clean_line() {
        assert_eq!(one_line(" a\r\n\tb\u{1b}[31mc\0 \u{85} d ", None), "a b[31mc d");
        let long = one_line(&"é".repeat(400), None);
        assert_eq!(long.chars().count(), MAX_CHARS);
        assert!(long.ends_with("é…"));
        assert_eq!(one_line(&"é".repeat(300), None).chars().count(), 300);
    }

    #[test]
    fn a_key_is_hidden_even_when_taken_apart_or_at_the_cut() {
        let key = SecretString::from("sk-very-secret");
        assert_eq!(one_line("bad key sk-very\u{0}-secret!", Some(&key)), "bad key [key]!");
        let line = one_line(&format!("{}sk-very-secret", "x".repeat(294)), Some(&key));
        assert!(!line.contains("sk"), "{line}");
        assert_eq!(one_line("text", Some(&SecretString::from(""))), "text");
    }
}
