//! Who writes answers the way a protocol has them.

use amatelier_types::Usage;
use secrecy::SecretString;
use serde_json::Value;

use super::said::{Counted, Said};
use crate::{Provider, RetryPolicy, Timers, http::Framing, testing::server::Asides};

/// What can go wrong on the server's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    RateLimited,
    Overloaded,
    Internal,
    MoneyGone,
    /// The prompt has 9000 tokens and the model takes 8192.
    TooLong,
    /// The way the schema was asked for is unknown.
    Schema,
    /// The key is not known; the refusal repeats it.
    BadKey,
}

/// The key that the provider under test is given.
pub(crate) const KEY: &str = "sk-very-secret";

/// What a provider under test is made with.
pub(crate) struct Setting {
    /// The server, without a path.
    pub(crate) url: String,
    pub(crate) key: SecretString,
    pub(crate) timers: Timers,
    pub(crate) retry: RetryPolicy,
}

/// A writer of one protocol. Its provider is named `tested`.
pub(crate) trait Scribe: Sync {
    /// How pieces of an answer are kept apart.
    fn framing(&self) -> Framing;

    /// The provider under test.
    fn provider(&self, setting: Setting) -> Box<dyn Provider>;

    /// Where a request must arrive.
    fn path(&self) -> &'static str;

    /// What is asked beside the answers, and told.
    fn asides(&self) -> Asides {
        Asides::new()
    }

    /// How the key must arrive: header and value.
    fn key_header(&self) -> (&'static str, String);

    /// The answer as frames, each ended as the protocol ends it with line feeds. A part of text that is not empty stands in one frame of
    /// its own; an answer without parts, end, mark and counts may have frames that say nothing.
    fn frames(&self, said: &Said) -> Vec<String>;

    /// The answer in one piece, as a server that ignores `stream` sends it; none where the protocol's pieces are no different.
    fn whole(&self, said: &Said) -> Option<String>;

    /// A frame of a kind that nobody knows.
    fn stray(&self) -> String;

    /// The id that the answers have, where the protocol has one.
    fn answer_id(&self) -> Option<&'static str>;

    /// What a reply says of an answer that took this much.
    fn usage(&self, counted: Counted) -> Usage;

    /// A failure as a frame of an answer under HTTP 200.
    fn error_frame(&self, wrong: Wrong) -> String;

    /// A failure as a refusal: status and body.
    fn error_body(&self, wrong: Wrong) -> (u16, String);

    /// How often a refused schema is asked for in another way.
    fn schema_forms(&self) -> usize;

    /// The schema in a request, as it is asked for at first.
    fn schema_in(&self, body: &Value) -> Option<Value>;

    /// The names of the tools in a request.
    fn tools_in(&self, body: &Value) -> Vec<String>;
}
