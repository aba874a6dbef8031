//! What stands between a provider and its endpoint.
//!
//! A provider asks its gate before each request, retries included, and tells it what came of each. The gate decides whether and when a
//! request may leave (a circuit that is open, a rate that is used up); it sees neither prompts nor answers nor keys.

use std::time::Duration;

use crate::Error;

/// The gate of one endpoint; shared by every call to it.
#[async_trait::async_trait]
pub trait Gate: Send + Sync + std::fmt::Debug {
    /// A request of at most this many tokens, prompt and answer together, wants to leave. May wait. Called before the request is
    /// announced to [`Wire`](crate::Wire), so that no intent is written down for a request that must not leave yet.
    ///
    /// # Errors
    /// The error that the call ends with: the request does not leave.
    async fn enter(&self, tokens: u64) -> Result<(), Error>;

    /// What came of a request that had entered; called exactly once for each, whatever happens to it.
    fn left(&self, outcome: Outcome);
}

/// What came of a request, as far as a gate is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered, and took this many tokens, prompt and answer together.
    Answered {
        /// Counted by the provider, or our estimate.
        tokens: u64,
    },
    /// The server refused it, or reported an error inside its answer.
    Refused {
        /// The HTTP status, or the one that the error amounts to.
        status: u16,
        /// How long the server asks to be left alone.
        wait: Option<Duration>,
    },
    /// There was no answer, or none that made sense: no connection, a timer, an answer that broke off.
    Lost,
    /// It never left: the caller stopped it.
    NotSent,
    /// The caller went away while it was under way.
    Abandoned,
}
