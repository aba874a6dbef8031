//! What a provider tells its caller while it works.

use crate::Billing;

/// The caller wants no request to leave (a stop, a cap, a journal that cannot be written).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped before the request left: {0}")]
pub struct Stopped(pub String);

/// The caller's ear. `n` counts the requests of one call from 1: a retry is a request of its own.
#[async_trait::async_trait]
pub trait Wire: Send + Sync {
    /// From now on, requests go to this provider and model instead of those that the caller chose: they were not available. Said before
    /// the first of them is announced; numbers go on.
    fn turned_to(&self, provider: &str, model: &str, billing: Billing) {
        let _ = (provider, model, billing);
    }

    /// A request is about to leave. The provider sends it only after this returned `Ok`: by then its intent is durable.
    ///
    /// # Errors
    /// [`Stopped`] when the request must not leave; the provider gives up with it.
    async fn before_request(&self, n: u32) -> Result<(), Stopped>;

    /// The provider named its answer; called as soon as the headers or the first event arrive, at most once per request.
    fn response_id(&self, n: u32, id: &str);

    /// A piece of the answer's text arrived. Provisional until the answer is whole.
    fn text(&self, n: u32, piece: &str);

    /// The request failed and may be retried; `why` is one line without a key. It may have been paid for: whoever counts, counts the worst.
    fn request_failed(&self, n: u32, why: &str);

    /// As [`request_failed`](Wire::request_failed), of a request that surely cost nothing: nobody was reached, or whoever was refused it
    /// before working on it.
    fn request_refused(&self, n: u32, why: &str) {
        self.request_failed(n, why);
    }
}
