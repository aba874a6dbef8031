//! Which line is said, and how it reads. Knows no host.

/// The line for a round: a JSON array of texts has one per round, anything else is the line of every round. Blank lines are none.
pub(crate) fn line(script: &str, round: u32) -> Option<String> {
    let line = match serde_json::from_str::<Vec<String>>(script) {
        Ok(lines) => lines.into_iter().nth(usize::try_from(round.saturating_sub(1)).ok()?)?,
        Err(_) => script.into(),
    };
    (!line.trim().is_empty()).then_some(line)
}

/// Fill the placeholders in, each once: a topic that holds `{name}` stays as it is.
pub(crate) fn fill(line: &str, round: u32, name: &str, topic: &str) -> String {
    let round = round.to_string();
    let mut filled = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let known = [("{round}", round.as_str()), ("{name}", name), ("{topic}", topic)];
        let (placeholder, value) =
            known.into_iter().find(|(placeholder, _)| from.starts_with(placeholder)).unwrap_or(("{", "{"));
        filled.push_str(value);
        rest = from.strip_prefix(placeholder).unwrap_or_default();
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_serves_every_round_and_a_list_one_each() {
        assert_eq!(line("Yes.", 1).as_deref(), Some("Yes."));
        assert_eq!(line("Yes.", 9).as_deref(), Some("Yes."));
        assert_eq!(line(r#"["one","two"]"#, 0).as_deref(), Some("one"));
        assert_eq!(line(r#"["one","two"]"#, 1).as_deref(), Some("one"));
        assert_eq!(line(r#"["one","two"]"#, 2).as_deref(), Some("two"));
    }

    #[test]
    fn no_line_left_and_an_empty_line_are_a_pass() {
        assert_eq!(line(r#"["one",""]"#, 2), None);
        assert_eq!(line(r#"["one"]"#, 3), None);
        assert_eq!(line("  ", 1), None);
    }

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(fill("{name} in {round}: {topic}?", 2, "ada", "a {name} {x"), "ada in 2: a {name} {x?");
        assert_eq!(fill("{unknown} {", 2, "ada", "t"), "{unknown} {");
    }
}
