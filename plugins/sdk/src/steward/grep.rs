//! One search, built step by step.

use super::{Error, Hit, raw};

/// Start a search for the lines that match a regular expression, in all registered files.
pub fn grep(pattern: impl Into<String>) -> Grep {
    Grep { pattern: pattern.into(), files: None, ignore_case: false, limit: 0 }
}

/// A search; see [`grep`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "nothing is searched before `hits`"]
pub struct Grep {
    pattern: String,
    files: Option<String>,
    ignore_case: bool,
    limit: u32,
}

impl Grep {
    /// Only in the file of this name, or in those that match this glob.
    pub fn within(mut self, files: impl Into<String>) -> Grep {
        self.files = Some(files.into());
        self
    }

    /// Capitals and small letters are the same.
    pub fn ignoring_case(mut self) -> Grep {
        self.ignore_case = true;
        self
    }

    /// At most this many; without it as many as the host gives.
    pub fn at_most(mut self, hits: u32) -> Grep {
        self.limit = hits;
        self
    }

    /// The lines, file by file from the top.
    pub fn hits(&self) -> Result<Vec<Hit>, Error> {
        Ok(raw::grep(&self.pattern, self.files.as_deref(), self.ignore_case, self.limit)?)
    }
}
