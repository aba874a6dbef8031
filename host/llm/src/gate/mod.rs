//! What stands between a provider and its endpoint.
//!
//! A provider asks its gate before each request, retries included, and tells it what came of each. The gate decides whether and when a
//! request may leave (a circuit that is open, a rate that is used up); it sees neither prompts nor answers nor keys. [`Gates`] has one
//! gate for each endpoint, shared by everything in the process that talks to it.

mod breaker;
mod bucket;
mod endpoint;
mod gates;
mod pace;

use std::time::Duration;

pub use self::{endpoint::EndpointGate, gates::Gates, pace::Pace};

use crate::Error;

/// The gate of one endpoint; shared by every call to it.
#[async_trait::async_trait]
pub trait Gate: Send + Sync + std::fmt::Debug {
    /// A request of at most this many tokens, prompt and answer together, wants to leave. May wait. Called before the request is
    /// announced to [`Wire`](crate::Wire), so that no intent is written down for a request that must not leave yet.
    ///
    /// # Errors
    /// The error that the call ends with: the request does not leave.
    async fn enter(&self, tokens: u64) -> Result<Pass, Error>;

    /// What came of a request that had entered with this pass; called exactly once for each, whatever happens to it.
    fn left(&self, pass: Pass, outcome: Outcome);
}

/// What a gate gives a request that enters, to know it again by.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// The tokens it entered with.
    tokens: u64,
    /// The circuit's state when it entered; an outcome says nothing about a later state.
    epoch: u64,
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
