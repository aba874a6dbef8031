//! What a registration and a lookup may cost.

use std::time::Duration;

/// The largest amounts; each refusal or cut names the one it ran into.
///
/// The whole of a file is read for every lookup, because its SHA-256 goes with the answer and its content is screened: the size of a
/// file bounds the work of a lookup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Bytes of one registered file.
    pub file_bytes: u64,
    /// Bytes of all registered files together.
    pub total_bytes: u64,
    /// Registered files.
    pub files: usize,
    /// Entries of folders looked at for all globs of the briefing together.
    pub walked: usize,
    /// Bytes of a file that is parsed as one tree (JSON, TOML, YAML), which takes several times its size in memory.
    pub tree_bytes: u64,
    /// Values in such a tree.
    pub tree_values: usize,
    /// Lines of one excerpt, and of one citation.
    pub lines: u32,
    /// Hits of one search, names of one glob, entries of one outline.
    pub hits: u32,
    /// Rows shown by one query; all are counted.
    pub rows: u32,
    /// Bytes of text in one answer.
    pub answer_bytes: usize,
    /// Bytes of one line in a hit, a row or an outline.
    pub line_bytes: usize,
    /// Bytes of a pattern, a key, a name or a value in an operation.
    pub word_bytes: usize,
    /// How long one lookup may work.
    pub time: Duration,
}

impl Default for Caps {
    fn default() -> Self {
        Caps {
            file_bytes: 16 << 20,
            total_bytes: 256 << 20,
            files: 1_000,
            walked: 100_000,
            tree_bytes: 8 << 20,
            tree_values: 1_000_000,
            lines: 500,
            hits: 100,
            rows: 10,
            answer_bytes: 64 << 10,
            line_bytes: 500,
            word_bytes: 1_000,
            time: Duration::from_secs(10),
        }
    }
}
