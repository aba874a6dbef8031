//! Where something stands.

use std::fmt;

use crate::plain_text::Quoted;

/// A place in a text: a line of TOML, or a JSON pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line, counted from 1.
    Line(usize),
    /// A JSON pointer; empty for the whole.
    Pointer(String),
}

impl Place {
    /// The place of an entry below a pointer.
    pub(crate) fn below(pointer: &str, key: &str) -> Self {
        Place::Pointer(format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "line {line}"),
            Place::Pointer(pointer) if pointer.is_empty() => f.write_str("at the top"),
            Place::Pointer(pointer) => write!(f, "at {}", Quoted(pointer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_in_words_and_keys_cannot_forge_one() {
        for (place, said) in [
            (Place::Line(3), "line 3"),
            (Place::Pointer(String::new()), "at the top"),
            (Place::below("/capabilities", "a/b~c"), "at `/capabilities/a~1b~0c`"),
            (Place::below("", "\u{1b}[2J"), "at `/\\u{1b}[2J`"),
        ] {
            assert_eq!(place.to_string(), said);
        }
    }
}
