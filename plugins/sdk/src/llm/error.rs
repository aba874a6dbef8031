//! Why a model gave no answer.

use std::fmt;

use crate::bindings::imports::llm::llm as contract;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The capability is not granted; the text names it.
    Denied(String),
    /// The prompt is longer than the model takes; the value is its limit in tokens.
    TooLong(u32),
    /// The provider stopped talking.
    TimedOut,
    /// The provider is down, or refuses us, after every retry.
    Unavailable(String),
    /// The request makes no sense, or the answer never met the schema.
    Invalid(String),
    /// Anything else.
    Other(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Denied(what) => write!(f, "asking a model is not granted: {what}"),
            Error::TooLong(limit) => write!(f, "the prompt is longer than the model's {limit} tokens"),
            Error::TimedOut => f.write_str("the model stopped talking"),
            Error::Unavailable(why) => write!(f, "the model cannot be reached: {why}"),
            Error::Invalid(why) => write!(f, "the model's answer cannot be used: {why}"),
            Error::Other(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Error {}

impl From<Error> for String {
    fn from(error: Error) -> String {
        error.to_string()
    }
}

impl From<contract::Error> for Error {
    fn from(error: contract::Error) -> Error {
        match error {
            contract::Error::Denied(what) => Error::Denied(what),
            contract::Error::TooLong(limit) => Error::TooLong(limit),
            contract::Error::TimedOut => Error::TimedOut,
            contract::Error::Unavailable(why) => Error::Unavailable(why),
            contract::Error::Invalid(why) => Error::Invalid(why),
            contract::Error::Other(why) => Error::Other(why),
        }
    }
}
