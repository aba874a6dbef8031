//! Which model a question asks for.

/// The label before a question and the question itself: `sonnet: how wide is the river?`. Whose labels count, and what they mean, is
/// for the caller to say.
pub fn label(question: &str) -> Option<(&str, &str)> {
    let (label, rest) = question.trim_start().split_once(':')?;
    let is_label = label.starts_with(|letter: char| letter.is_ascii_lowercase())
        && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (is_label && rest.starts_with(char::is_whitespace)).then(|| (label, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_word_before_a_colon() {
        for (question, expected) in [
            ("sonnet: how wide?", Some(("sonnet", "how wide?"))),
            (" gpt-4: x", Some(("gpt-4", "x"))),
            ("how wide: x", None),
            ("Sonnet: x", None),
            ("a.md:3", None),
            ("sonnet:x", None),
            (": x", None),
            ("sonnet", None),
        ] {
            assert_eq!(label(question), expected, "{question}");
        }
    }
}
