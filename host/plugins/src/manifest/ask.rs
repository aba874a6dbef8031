//! What a plugin asks for.

use std::collections::BTreeSet;

/// One capability that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Why, in the author's words: shown to whoever grants it.
    pub reason: String,
    /// The labels of the models it wants to talk to; none means whichever the operator has. Only capabilities of `llm` have labels.
    pub labels: Option<BTreeSet<String>>,
}

impl Ask {
    /// The longest reason, in characters: two lines of a terminal.
    pub const REASON: usize = 200;
    /// The most labels.
    pub const LABELS: usize = 16;
    /// The longest label, in characters.
    pub const LABEL: usize = 64;
}
