//! A file that is no cassette, or not a usable one.

use std::path::PathBuf;

/// Why a cassette cannot be played or recorded to.
#[derive(Debug, thiserror::Error)]
pub enum BadCassette {
    /// The file cannot be opened, read or written.
    #[error("cannot use {path} as a cassette: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is larger than what is held in memory.
    #[error("{path} has {bytes} bytes; a cassette of at most {limit} is played")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size, in bytes.
        bytes: u64,
        /// The largest, in bytes.
        limit: u64,
    },
    /// Its first line is not a cassette's.
    #[error("{path} is no cassette: its first line does not say so")]
    NoCassette {
        /// The file.
        path: PathBuf,
    },
    /// It was written in another form.
    #[error("{path} is a cassette of version {found}; this program plays version {expected}")]
    Version {
        /// The file.
        path: PathBuf,
        /// The version it states.
        found: u32,
        /// The version that is played.
        expected: u32,
    },
    /// A line in the middle cannot be read.
    #[error("line {line} of {path} is damaged: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// Another program records to it.
    #[error("{path} is being recorded to by another program")]
    Busy {
        /// The file.
        path: PathBuf,
    },
}
