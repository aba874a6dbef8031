//! An answer as it is meant, before a protocol's scribe writes it down.

/// An answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// In order; each becomes at least one frame.
    pub(crate) parts: Vec<Part>,
    /// The reason for the end, if one is given.
    pub(crate) end: Option<End>,
    /// The protocol's own mark of the end follows, where it has one.
    pub(crate) marked: bool,
    /// What it took, if it is told.
    pub(crate) counts: Option<Counted>,
    /// What it took is told twice.
    pub(crate) counted_twice: bool,
}

/// A part of an answer.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Words.
    Text(&'static str),
    /// Words that are not shown.
    Thinking(&'static str),
    /// A call, its arguments in pieces.
    Call { id: &'static str, name: &'static str, arguments: &'static [&'static str] },
}

/// Why it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Stop,
    Length,
    Refused,
    Calls,
}

/// Tokens: the whole prompt, two parts of it, and the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) input: u64,
    pub(crate) cached: u64,
    pub(crate) cache_write: u64,
    pub(crate) output: u64,
}

/// What the answers of the table took.
pub(crate) const COUNTED: Counted = Counted { input: 20, cached: 12, cache_write: 3, output: 5 };

impl Said {
    /// A whole answer of these words.
    pub(crate) fn words(words: &[&'static str]) -> Said {
        Said {
            parts: words.iter().map(|text| Part::Text(text)).collect(),
            end: Some(End::Stop),
            marked: true,
            counts: Some(COUNTED),
            counted_twice: false,
        }
    }

    /// The one that most cases start from.
    pub(crate) fn hello() -> Said {
        Said::words(&["Hel", "lo 木!"])
    }
}
