//! Texts that match a regular expression.
//!
//! Walks the expression's tree and takes the first way through it, with more or fewer repetitions from candidate to candidate. Look-around
//! and back-references are not understood; such a pattern gives no candidate, and other candidates may still match it. Every candidate is
//! checked by the caller.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The longest text worth making.
const LONGEST: usize = 4_000;

/// Candidates for a pattern, `least` characters long where repetitions allow it; `nth` varies letters and branches.
pub(super) fn matches(pattern: &str, nth: usize, least: usize) -> Vec<String> {
    let Ok(tree) = regex_syntax::ParserBuilder::new().build().parse(pattern) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for more in [0, 1, 2, 4, 8, least.saturating_sub(8), least, 32] {
        for nth in [nth, 0] {
            let mut text = String::new();
            write(&tree, Way { nth, more }, &mut text);
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found
}

#[derive(Clone, Copy)]
struct Way {
    nth: usize,
    /// Repetitions beyond the least.
    more: usize,
}

fn write(tree: &Hir, way: Way, text: &mut String) {
    if text.len() > LONGEST {
        return;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(letter(class, way.nth)),
        HirKind::Repetition(repetition) => {
            let wanted = u32::try_from(way.more).unwrap_or(u32::MAX).saturating_add(repetition.min);
            for _ in 0..wanted.min(repetition.max.unwrap_or(u32::MAX)) {
                write(&repetition.sub, way, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, way, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, way, text)),
        HirKind::Alternation(ways) => {
            if let Some(chosen) = ways.get(way.nth % ways.len().max(1)) {
                write(chosen, way, text);
            }
        }
    }
}

/// A letter of a class: a small one if there is one, else a digit, a capital, any printable sign, anything.
fn letter(class: &Class, nth: usize) -> Option<char> {
    let Class::Unicode(class) = class else { return Some('a') };
    let within = |from: char, to: char| -> Vec<char> {
        let ranges = class.ranges().iter();
        let cut = ranges.filter(|range| range.start() <= to && range.end() >= from);
        cut.flat_map(|range| range.start().max(from)..=range.end().min(to)).collect()
    };
    for (from, to) in [('a', 'z'), ('0', '9'), ('A', 'Z'), (' ', '~')] {
        let letters = within(from, to);
        if let Some(letter) = letters.get(nth % letters.len().max(1)) {
            return Some(*letter);
        }
    }
    class.ranges().first().map(|range| range.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_patterns_get_a_match() {
        for (pattern, expected) in [
            ("^[a-z]{3}$", "aaa"),
            (r"^\d{4}-\d{2}$", "0000-00"),
            ("^(yes|no)$", "yes"),
            ("^v[0-9]+(\\.[0-9]+)?$", "v0"),
            ("", ""),
        ] {
            assert_eq!(matches(pattern, 0, 0).first().map(String::as_str), Some(expected), "{pattern}");
        }
        assert!(matches("^a+$", 0, 20).iter().any(|text| text.len() > 20));
        assert!(matches("(?=x)x", 0, 0).is_empty());
    }
}
