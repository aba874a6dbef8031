//! Numbers in texts, as people and files write them.
//!
//! Left aside is what looks like a number and is none that a file would have: parts of names (`v2`, `Q3`), places (`a.csv:12`), dates and
//! ranges (`2024-05`, `3-5`), ordinals (`4th`).

/// Words before a number that make it a rough one.
const ROUGH: &[&str] = &["about", "around", "roughly", "nearly", "almost", "approximately", "circa", "some"];
/// Words before a number that make it a bound: nothing equals it, so nothing contradicts it.
const BOUNDS: &[&str] =
    &["over", "under", "above", "below", "than", "least", "most", "to", "within", "beyond"];

/// A number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// As it was written.
    pub(crate) text: String,
    pub(crate) value: f64,
    /// How far from it a true value may be, as a part of that value.
    tolerance: f64,
}

impl Figure {
    /// Whether this is what somebody means by it.
    pub(crate) fn is(&self, value: f64) -> bool {
        (self.value - value).abs() <= value.abs() * self.tolerance
    }
}

/// The numbers of a text, in its order.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = from + start;
        let (before, rest) = text.split_at(start);
        let (length, value) = number(rest);
        let after = rest.get(length..).unwrap_or_default();
        from = start + length;
        let Some((more, factor)) = unit(after) else { continue };
        if is_part(before) || is_bound(before) {
            continue;
        }
        let tolerance = if is_rough(before) { 0.1 } else { 0.005 };
        let end = (start + length + more).min(text.len());
        let written = text.get(start..end).unwrap_or(rest).trim();
        found.push(Figure { text: written.into(), value: value * factor, tolerance });
    }
    found
}

/// The number that a text is, with a sign, a unit or neither; none if it is anything else.
pub(crate) fn only(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, bare) = text.strip_prefix('-').map_or((1.0, text), |bare| (-1.0, bare));
    let bare = bare.trim_start_matches(['€', '$', '£', ' ']);
    let (length, value) = number(bare);
    let rest = bare.get(length..)?.trim();
    (length > 0 && (rest.is_empty() || matches!(rest, "%" | "€" | "$" | "£"))).then_some(sign * value)
}

/// How long the number at the beginning of a text is, and what it is: digits, groups of three after a separator, decimals.
fn number(text: &str) -> (usize, f64) {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut end = digits(text);
    let mut plain: String = text.get(..end).unwrap_or_default().into();
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let Some(separator) =
            rest.chars().next().filter(|c| matches!(c, ',' | '_' | '\'' | '\u{a0}' | '\u{202f}'))
        else {
            break;
        };
        let group = rest.get(separator.len_utf8()..).unwrap_or_default();
        if plain.is_empty() || digits(group) != 3 {
            break;
        }
        plain.push_str(group.get(..3).unwrap_or_default());
        end += separator.len_utf8() + 3;
    }
    let decimals = text.get(end..).and_then(|rest| rest.strip_prefix('.')).map_or(0, digits);
    if decimals > 0 {
        let point = text.get(end..end + 1 + decimals).unwrap_or_default();
        plain.push_str(point);
        end += 1 + decimals;
    }
    (end, plain.parse().unwrap_or(0.0))
}

/// What follows a number: how much of it belongs to it, and its factor; none if it makes the number something else.
fn unit(after: &str) -> Option<(usize, f64)> {
    let mut letters = after.chars();
    match letters.next() {
        Some('-' | '–' | '/' | '.') if letters.next().is_some_and(|c| c.is_ascii_digit()) => return None,
        Some(c) if c.is_alphabetic() => {
            let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            return match after.get(..end)? {
                "k" | "K" => Some((1, 1e3)),
                "bn" => Some((2, 1e9)),
                "st" | "nd" | "rd" | "th" => None,
                unit if unit.len() <= 4 && unit.chars().all(char::is_alphabetic) => Some((0, 1.0)),
                _ => None,
            };
        }
        Some('_') => return None,
        _ => {}
    }
    let word = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let factor = match word {
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        _ => return Some((0, 1.0)),
    };
    let blanks = after.len() - after.trim_start().len();
    Some((blanks + word.len(), factor))
}

/// Whether a number belongs to what stands before it.
fn is_part(before: &str) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '.' | '#') => true,
        Some('-' | '–' | ':' | '/') => last.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

fn last_word(before: &str) -> &str {
    let bare = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '€' | '$' | '£'));
    bare.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

fn is_rough(before: &str) -> bool {
    before.trim_end().ends_with('~') || ROUGH.contains(&last_word(before).to_lowercase().as_str())
}

fn is_bound(before: &str) -> bool {
    before.trim_end().ends_with(['<', '>', '≤', '≥'])
        || BOUNDS.contains(&last_word(before).to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, expected) in [
            ("B costs 4,200 euros and 12.5 %.", vec![("4,200", 4200.0), ("12.5", 12.5)]),
            ("310k, 2 million and 3 bn", vec![("310k", 310_000.0), ("2 million", 2e6), ("3", 3.0)]),
            ("90ms of 1'000", vec![("90", 90.0), ("1'000", 1000.0)]),
            ("1,2 and 3", vec![("1", 1.0), ("2", 2.0), ("3", 3.0)]),
            ("v2 in Q3, a.csv:12, 2024-05-01, 3-5, the 4th, #7, x_9", vec![]),
            ("more than 5, at least 6, <7, up to 8", vec![]),
            ("é7 7", vec![("7", 7.0)]),
            ("", vec![]),
        ] {
            let found: Vec<(String, f64)> =
                figures(text).into_iter().map(|figure| (figure.text, figure.value)).collect();
            let expected: Vec<(String, f64)> =
                expected.into_iter().map(|(text, value)| (text.to_owned(), value)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_rough_number_is_less_exact_than_a_plain_one() {
        let first = |text: &str| figures(text).remove(0);
        assert!(first("4200 euros").is(4200.0) && !first("4200 euros").is(4300.0));
        assert!(first("about 4200 euros").is(4300.0) && !first("about 4200 euros").is(5100.0));
        assert!(first("it is 0").is(0.0) && !first("it is 0").is(1.0));
    }

    #[test]
    fn a_cell_is_a_number_or_it_is_none() {
        for (text, expected) in [
            ("85", Some(85.0)),
            (" -3.5 ", Some(-3.5)),
            ("12 %", Some(12.0)),
            ("€90", Some(90.0)),
            ("3 to 4", None),
            ("B", None),
            ("", None),
        ] {
            assert_eq!(only(text), expected, "{text}");
        }
    }
}
