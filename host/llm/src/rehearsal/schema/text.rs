//! Strings: what the answer says, cut or drawn out to the length that is wanted, or a sample of a format, or a match of a pattern.

use serde_json::Value;

use super::{Maker, Node, pattern};

/// Two samples of each format, for lists of different values.
const SAMPLES: &[(&str, [&str; 2])] = &[
    ("date", ["2025-03-14", "2025-09-02"]),
    ("date-time", ["2025-03-14T09:30:00Z", "2025-09-02T17:05:00Z"]),
    ("time", ["09:30:00Z", "17:05:00Z"]),
    ("duration", ["P14D", "PT36H"]),
    ("email", ["elena@example.org", "marcus@example.org"]),
    ("idn-email", ["elena@example.org", "marcus@example.org"]),
    ("hostname", ["example.org", "www.example.org"]),
    ("idn-hostname", ["example.org", "www.example.org"]),
    ("ipv4", ["192.0.2.1", "192.0.2.7"]),
    ("ipv6", ["2001:db8::1", "2001:db8::7"]),
    ("uri", ["https://example.org/a", "https://example.org/b"]),
    ("uri-reference", ["/a", "/b"]),
    ("iri", ["https://example.org/a", "https://example.org/b"]),
    ("iri-reference", ["/a", "/b"]),
    ("uri-template", ["/a/{id}", "/b/{id}"]),
    ("uuid", ["0b9f6f2e-7c1d-4e5a-9a43-2f6d1c8e7b10", "5d2c8a90-1e3f-4b6a-8c7d-9e0f1a2b3c4d"]),
    ("json-pointer", ["/a", "/b"]),
    ("relative-json-pointer", ["0/a", "1/b"]),
    ("regex", ["^a+$", "^b+$"]),
];

impl<'a> Maker<'a, '_> {
    /// A string that meets the node.
    pub(super) fn string(&mut self, node: &Node<'a>, hint: Option<&Value>) -> Option<Value> {
        let nth = self.made;
        self.made += 1;
        let least = node.at_least("minLength");
        let most = node.at_most("maxLength");
        let mut candidates: Vec<String> = Vec::new();
        if let Some(hint) = hint.and_then(Value::as_str) {
            candidates.push(hint.to_owned());
            candidates.push(fitted(hint, least, most));
        }
        for format in node.all("format").filter_map(Value::as_str) {
            if let Some((_, samples)) = SAMPLES.iter().find(|(name, _)| *name == format) {
                candidates.extend(
                    (0..2)
                        .filter_map(|step| samples.get((nth + step) % 2))
                        .map(|sample| (*sample).to_owned()),
                );
            }
        }
        for pattern in node.all("pattern").filter_map(Value::as_str) {
            candidates.extend(pattern::matches(pattern, nth, least.min(1_000)));
        }
        let sentences = &self.hints.sentences;
        let sentence =
            nth.checked_rem(sentences.len()).and_then(|at| sentences.get(at)).map_or("yes", String::as_str);
        candidates.push(fitted(sentence, least, most));
        candidates.push(fitted(&format!("{} {sentence}", nth + 1), least, most));
        for letter in ["a", "A", "0", "-", " "] {
            candidates.push(letter.repeat(least.clamp(1, 10_000)));
        }
        candidates.push(String::new());
        candidates.into_iter().map(Value::String).find(|value| self.is_scalar_valid(node, value))
    }
}

/// A text of `least` to `most` characters: cut at a word if one ends late enough, or repeated.
fn fitted(text: &str, least: usize, most: usize) -> String {
    let mut fitted = text.to_owned();
    while fitted.chars().count() < least.min(100_000) {
        fitted.push(' ');
        fitted.push_str(if text.trim().is_empty() { "and so on" } else { text });
    }
    if fitted.chars().count() <= most {
        return fitted;
    }
    let cut: String = fitted.chars().take(most).collect();
    if fitted.chars().nth(most).is_some_and(char::is_whitespace) {
        return cut;
    }
    let word = cut.rfind(char::is_whitespace).and_then(|end| cut.get(..end)).map(str::trim_end);
    match word.filter(|word| word.chars().count() >= least.max(1)) {
        Some(word) => word.to_owned(),
        None => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_words_and_drawn_out() {
        assert_eq!(fitted("one two three", 0, 9), "one two");
        assert_eq!(fitted("one two three", 8, 9), "one two t");
        assert_eq!(fitted("one", 6, 100), "one one");
        assert_eq!(fitted("", 3, 4).chars().count(), 4);
    }
}
