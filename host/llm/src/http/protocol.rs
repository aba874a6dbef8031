//! What one protocol has of its own.
//!
//! Everything else (timers, retries, gates, ids, error bodies, the bound on sizes) is the same for all and stands around this.

use std::fmt::Debug;

use jiff::Timestamp;
use reqwest::{Url, header::HeaderMap};
use serde_json::Value;

use super::{Answer, Complaint, Endpoint, Failed, Listener};
use crate::{Request, retry::Hints};

/// A protocol, as a provider of one server speaks it.
pub(crate) trait Protocol: Send + Sync {
    /// How the fields that servers disagree about are written; changes with what a server refuses.
    type Dialect: Copy + Debug + Send + Sync;
    /// The reader of its answers.
    type Listener: Listener;

    /// The header that names the answer itself, where the protocol has one: as good as the id inside the answer, and earlier.
    const ANSWER_ID: Option<&'static str> = None;
    /// The header that names the request: used where the answer turns out nameless.
    const REQUEST_ID: Option<&'static str> = None;

    /// The server.
    fn endpoint(&self) -> &Endpoint;

    /// Where this request goes.
    fn url(&self, request: &Request) -> Url;

    /// What most servers take, or what this one is known to.
    fn first_dialect(&self, request: &Request) -> Self::Dialect;

    /// The dialect to try after this refusal; none when it names nothing that we sent and can leave out or write differently. Every
    /// change must be possible once only, so that learning a server's dialect ends.
    fn after(
        &self,
        dialect: Self::Dialect,
        request: &Request,
        complaint: &Complaint,
    ) -> Option<Self::Dialect>;

    /// This dialect was answered.
    fn remember(&self, _request: &Request, _dialect: Self::Dialect) {}

    /// The JSON body.
    fn body(&self, request: &Request, dialect: Self::Dialect) -> Value;

    /// The reader of the answer to this request.
    fn listener(&self, request: &Request, dialect: Self::Dialect) -> Self::Listener;

    /// What a refusal says about retrying: its headers, and for some protocols its body.
    fn hints(&self, headers: &HeaderMap, _body: &str, now: Timestamp) -> Hints {
        Hints::read(headers, now)
    }

    /// What a refusal means where this protocol knows better than all protocols together; `body` is what the server sent, or the error
    /// inside its answer.
    fn refusal(&self, _request: &Request, failed: Failed, _body: &str) -> Failed {
        failed
    }

    /// Whether a whole answer is worthless in spite of its looks, as when the server cut the prompt without saying so.
    fn objection(&self, _request: &Request, _dialect: Self::Dialect, _answer: &Answer) -> Option<Failed> {
        None
    }
}
