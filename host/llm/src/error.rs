//! Why a provider gave no answer.

use crate::Stopped;

/// The kinds of failure a caller can act on. Texts never hold a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The prompt is longer than the model takes.
    #[error("the prompt is longer than the model's {limit} tokens")]
    TooLong {
        /// The model's limit, in tokens; 0 where the provider did not say.
        limit: u32,
    },
    /// A timer ran out: connecting, waiting for the first byte, or waiting for the next one.
    #[error("{provider} stopped talking: {timer}")]
    TimedOut {
        /// The provider.
        provider: String,
        /// Which timer, with its length.
        timer: String,
    },
    /// The provider is down, or refuses us, after every retry.
    #[error("{provider} is unavailable: {reason}")]
    Unavailable {
        /// The provider.
        provider: String,
        /// Status and message, cut to a line.
        reason: String,
    },
    /// The request makes no sense to the provider, or its answer makes none to us.
    #[error("{provider} refused the request or answered it wrongly: {reason}")]
    Invalid {
        /// The provider.
        provider: String,
        /// Status and message, cut to a line.
        reason: String,
    },
    /// The caller stopped it before a request left.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}
