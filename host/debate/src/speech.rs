//! What counts as a speech, and what as a pass.

use amatelier_types::Move;

/// A text shorter than this that starts with the word PASS is a pass (§5.3 of the facts).
const PASS_CHARS: usize = 30;

/// The move as the rules see it: an empty text is a pass, and so is `PASS` with at most a few words behind it.
pub(crate) fn normalise(made: Move) -> Move {
    match made {
        Move::Say(text) if is_pass(text.trim()) => Move::Pass,
        Move::Say(text) => Move::Say(text.trim().to_owned()),
        Move::Pass => Move::Pass,
    }
}

fn is_pass(text: &str) -> bool {
    let starts = text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("pass"));
    let word_ends = !text.chars().nth(4).is_some_and(char::is_alphanumeric);
    text.is_empty() || (starts && word_ends && text.chars().count() < PASS_CHARS)
}

/// A text on one line, without control characters, cut at `chars` characters: what the host repeats of it must not steer a terminal.
pub(crate) fn one_line(text: &str, chars: usize) -> String {
    let visible: String = text.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= chars {
        line
    } else {
        line.chars().take(chars.saturating_sub(1)).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_steers_nothing() {
        assert_eq!(one_line("a\x1b[31m\nb\u{9b}2J\tc", 80), "a[31m b2J c");
        assert_eq!(one_line("four five", 6), "four …");
    }

    #[test]
    fn a_short_pass_is_a_pass_and_a_word_that_starts_so_is_not() {
        for text in ["PASS", "pass.", " Pass \n", "", "PASS - nothing to add"] {
            assert_eq!(normalise(Move::Say(text.into())), Move::Pass, "{text}");
        }
        for text in ["Passengers: 3", "PASS, but before I do I want to say that", "I pass"] {
            assert_eq!(normalise(Move::Say(text.into())), Move::Say(text.into()), "{text}");
        }
    }
}
