//! A folder that was made.

use std::path::PathBuf;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The folder.
    pub path: PathBuf,
    /// Its files, sorted, with paths relative to it.
    pub files: Vec<String>,
}
