//! A price list that cannot be used.

/// Why a price list was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPrices {
    /// It is longer than any list there is.
    #[error("the price list has {bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
        /// The longest that is read, in bytes.
        limit: usize,
    },
    /// It has more models than are kept.
    #[error("the price list has {models} models; at most {limit} are kept")]
    TooMany {
        /// How many it has.
        models: usize,
        /// How many are kept.
        limit: usize,
    },
    /// It is not the format that was expected.
    #[error("the price list cannot be read: {0}")]
    Unreadable(String),
    /// Its format is of another version.
    #[error("the price list has format {found}; this program reads format {expected}")]
    Format {
        /// The version it states.
        found: u32,
        /// The version that is read.
        expected: u32,
    },
    /// A price in it is none.
    #[error(
        "the price list says that the {rate} of {provider}/{model} is {value:?}, which is no amount of dollars"
    )]
    Amount {
        /// The provider.
        provider: String,
        /// The model.
        model: String,
        /// Which of its rates.
        rate: &'static str,
        /// What stands there.
        value: String,
    },
    /// Nothing in it is the price of a model.
    #[error("the price list names no model with a price for tokens")]
    Empty,
}
