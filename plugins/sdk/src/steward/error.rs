//! Why the Steward gave no answer.

use std::fmt;

use super::raw;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The capability is not granted, or the Steward is off; the text says which.
    Denied(String),
    /// No file of that name is registered.
    NotRegistered(String),
    /// The file is gone or changed since it was registered.
    NotFound(String),
    /// The file's name or content looks like a secret.
    LooksSecret(String),
    /// Over the size limit, in bytes.
    TooLarge(u32),
    /// The pattern is not a regular expression.
    BadPattern(String),
    /// The member has used its requests up.
    NoRequestsLeft,
    /// Anything else.
    Other(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Denied(what) => write!(f, "looking things up is not granted: {what}"),
            Error::TooLarge(limit) => write!(f, "over the limit of {limit} bytes"),
            Error::NoRequestsLeft => f.write_str("no requests left"),
            Error::NotRegistered(what)
            | Error::NotFound(what)
            | Error::LooksSecret(what)
            | Error::BadPattern(what)
            | Error::Other(what) => f.write_str(what),
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
            raw::Error::NotRegistered(what) => Error::NotRegistered(what),
            raw::Error::NotFound(what) => Error::NotFound(what),
            raw::Error::LooksSecret(what) => Error::LooksSecret(what),
            raw::Error::TooLarge(limit) => Error::TooLarge(limit),
            raw::Error::BadPattern(what) => Error::BadPattern(what),
            raw::Error::NoRequestsLeft => Error::NoRequestsLeft,
            raw::Error::Other(what) => Error::Other(what),
        }
    }
}
