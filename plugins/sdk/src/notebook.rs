//! Private notes that outlive the turn, kept only if the turn commits. Needs the capability `notebook`.
//!
//! Notes are bytes in the contract; most are text, so these functions speak text. [`raw`] has the rest.

use std::fmt;

pub use crate::bindings::imports::member::notebook as raw;

/// Why a note was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The capability is not granted.
    Denied(String),
    /// The notebook holds this many bytes and takes no more.
    Full(u32),
    /// The value is over this many bytes.
    TooLarge(u32),
    /// Anything else.
    Other(String),
}

/// A note as text; none where there is no such note or where it is not text.
pub fn get(key: &str) -> Option<String> {
    String::from_utf8(raw::get(key)?).ok()
}

/// Write or replace a note.
pub fn put(key: &str, text: &str) -> Result<(), Error> {
    raw::put(key, text.as_bytes()).map_err(Error::from)
}

/// Forget a note.
pub fn remove(key: &str) {
    raw::remove(key);
}

/// All keys, sorted.
pub fn keys() -> Vec<String> {
    raw::keys()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Denied(what) => write!(f, "not granted: {what}"),
            Error::Full(bytes) => write!(f, "the notebook is full at {bytes} bytes"),
            Error::TooLarge(bytes) => write!(f, "a note holds {bytes} bytes at most"),
            Error::Other(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}

impl From<Error> for String {
    fn from(error: Error) -> String {
        error.to_string()
    }
}

impl From<raw::Error> for Error {
    fn from(error: raw::Error) -> Error {
        match error {
            raw::Error::Denied(what) => Error::Denied(what),
            raw::Error::Full(bytes) => Error::Full(bytes),
            raw::Error::TooLarge(bytes) => Error::TooLarge(bytes),
            raw::Error::Other(text) => Error::Other(text),
        }
    }
}
