//! What a store or a skill component offers, checked as it arrives.
//!
//! Its texts end up in tables, on terminals and in prompts, so a form is demanded and not merely a size. Too much of anything is a limit;
//! what has another form than the contract says is the guest's error. The message names the entry and the rule, and quotes no more of
//! the text than an id.

use std::{collections::BTreeSet, fmt::Display};

use amatelier_types::FailureKind::{self, GuestError, Limit};

use crate::{Limits, Stop, failure};

type Checked = Result<(), Stop>;

/// At most so many of something.
pub(super) fn count(what: impl Display, found: usize, most: usize) -> Checked {
    if found > most {
        refuse(Limit, format!("{what}: there are {found}, the most is {most}"))
    } else {
        Ok(())
    }
}

/// Ids that are ids, each once.
pub(super) fn ids<'a>(what: &str, ids: impl IntoIterator<Item = &'a str>, limits: &Limits) -> Checked {
    let mut seen = BTreeSet::new();
    for text in ids {
        id(what, text, limits)?;
        if !seen.insert(text) {
            return refuse(GuestError, format!("{what}: `{text}` is there twice"));
        }
    }
    Ok(())
}

/// Lower-case letters, digits and dashes, starting with a letter.
pub(super) fn id(what: &str, text: &str, limits: &Limits) -> Checked {
    form(what, text, limits, |c| c.is_ascii_lowercase())
}

/// The id of a skill that somebody else may teach: people's own folders may begin with a digit.
pub(super) fn skill_id(what: &str, text: &str, limits: &Limits) -> Checked {
    form(what, text, limits, |c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

fn form(what: &str, text: &str, limits: &Limits, first: impl Fn(char) -> bool) -> Checked {
    length(what, text, limits.offered_id_chars)?;
    let is_id = text.starts_with(first)
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if is_id { Ok(()) } else { refuse(GuestError, format!("{what}: `{}` is no id", text.escape_debug())) }
}

/// One line with something in it.
pub(super) fn line(what: impl Display, text: &str, most_chars: usize) -> Checked {
    length(&what, text, most_chars)?;
    if text.trim().is_empty() {
        return refuse(GuestError, format!("{what} is empty"));
    }
    if text.contains(char::is_control) || text.contains(reorders) {
        return refuse(GuestError, format!("{what} is not one plain line"));
    }
    Ok(())
}

/// A text with something in it: lines, tabs, and no other control characters.
pub(super) fn text(what: impl Display, text: &str, most_chars: usize) -> Checked {
    perhaps_text(&what, text, most_chars)?;
    if text.trim().is_empty() { refuse(GuestError, format!("{what} is empty")) } else { Ok(()) }
}

/// The same, or nothing.
pub(super) fn perhaps_text(what: impl Display, text: &str, most_chars: usize) -> Checked {
    length(&what, text, most_chars)?;
    let is_odd = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || reorders(c);
    if text.replace("\r\n", "\n").contains(is_odd) {
        return refuse(GuestError, format!("{what} holds control characters"));
    }
    Ok(())
}

/// A price that somebody could have meant. Only a guard: what may really be asked is for the rules of the economy to say.
pub(super) fn price(what: impl Display, sparks: u32, limits: &Limits) -> Checked {
    let most = limits.suggested_price;
    if sparks > most {
        return refuse(Limit, format!("{what}: a price of {sparks} sparks, the most is {most}"));
    }
    Ok(())
}

/// Line ends as everything else in the house has them.
pub(super) fn unix(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text }
}

pub(super) fn refuse(kind: FailureKind, why: String) -> Checked {
    Err(failure::failed(kind, &format!("result: {why}")))
}

fn length(what: impl Display, text: &str, most_chars: usize) -> Checked {
    // Whoever sends a megabyte has it counted no further than needed.
    if text.chars().nth(most_chars).is_some() {
        return refuse(Limit, format!("{what} is longer than {most_chars} characters"));
    }
    Ok(())
}

/// What makes a terminal show a line in another order than it was written.
fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(checked: Checked) -> Result<(), String> {
        checked.map_err(|stop| match stop {
            Stop::Failed(failure) => failure.to_string(),
            Stop::Suspended(why) => why,
        })
    }

    fn error(kind: &str, why: &str) -> Result<(), String> {
        Err(format!("{kind}: result: {why}"))
    }

    #[test]
    fn ids_have_a_form_a_length_and_no_twin() {
        let limits = Limits { offered_id_chars: 5, ..Limits::default() };
        for (list, expected) in [
            (vec!["a", "b-1"], Ok(())),
            (vec!["a", "b", "a"], error("guest-error", "id: `a` is there twice")),
            (vec![""], error("guest-error", "id: `` is no id")),
            (vec!["A"], error("guest-error", "id: `A` is no id")),
            (vec!["a\u{1b}"], error("guest-error", "id: `a\\u{1b}` is no id")),
            (vec!["a/b"], error("guest-error", "id: `a/b` is no id")),
            (vec!["abcdef"], error("limit", "id is longer than 5 characters")),
        ] {
            assert_eq!(told(ids("id", list.iter().copied(), &limits)), expected, "{list:?}");
        }
        assert_eq!(told(id("id", "3d", &limits)), error("guest-error", "id: `3d` is no id"));
        assert_eq!(told(skill_id("id", "3d", &limits)), Ok(()));
        assert_eq!(told(skill_id("id", "-d", &limits)), error("guest-error", "id: `-d` is no id"));
    }

    #[test]
    fn lines_and_texts_are_plain_and_bounded() {
        for (string, as_line, as_text) in [
            ("héllo", Ok(()), Ok(())),
            ("a\nb", Err("is not one plain line"), Ok(())),
            ("a\r\nb", Err("is not one plain line"), Ok(())),
            ("a\rb", Err("is not one plain line"), Err("holds control characters")),
            ("\u{1b}[2J", Err("is not one plain line"), Err("holds control characters")),
            ("a\u{202e}b", Err("is not one plain line"), Err("holds control characters")),
            (" \n", Err("is empty"), Err("is empty")),
            ("0123456", Err("is longer than 6 characters"), Err("is longer than 6 characters")),
        ] {
            for (checked, expected) in [(line("it", string, 6), as_line), (text("it", string, 6), as_text)] {
                let told = told(checked).map_err(|said| said.rsplit_once("it ").unwrap().1.to_owned());
                assert_eq!(told, expected.map_err(str::to_owned), "{string:?}");
            }
        }
        assert_eq!(unix("a\r\nb".into()), "a\nb");
    }

    #[test]
    fn numbers_end_somewhere() {
        assert_eq!(told(count("items", 3, 3)), Ok(()));
        assert_eq!(told(count("items", 4, 3)), error("limit", "items: there are 4, the most is 3"));
        let limits = Limits::default();
        assert_eq!(told(price("item `x`", 10_000, &limits)), Ok(()));
        let expected = error("limit", "item `x`: a price of 10001 sparks, the most is 10000");
        assert_eq!(told(price("item `x`", 10_001, &limits)), expected);
    }
}
