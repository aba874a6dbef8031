//! What somebody may have meant.

/// The known name that a mistyped one is most like, if it is like any: a letter or two apart, or written with other dashes.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace('_', "-");
    let typed = plain(typed);
    let distance = |name: &str| strsim::osa_distance(&typed, &plain(name));
    let best = known.into_iter().map(|name| (distance(name), name)).min_by_key(|(distance, _)| *distance)?;
    // A third of a name is what a hasty hand gets wrong; more is another word.
    (best.0 <= 1.max(typed.chars().count() / 3)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["elena", "marcus", "max-rounds"];
        for (typed, meant) in [
            ("elna", Some("elena")),
            ("Elena", Some("elena")),
            ("macrus", Some("marcus")),
            ("max_rounds", Some("max-rounds")),
            ("zoe", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed}");
        }
        assert_eq!(nearest("elena", []), None);
    }
}
