//! Why a request gets no answer, and how that is said.

use serde_json::Value;

/// A refusal, whichever protocol says it.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// Something is out of order; the number is the status.
    Status(u16),
    /// Too many requests; the wait it asks for is in milliseconds.
    RateLimit { retry_after_ms: u64 },
    /// The prompt has more tokens than this.
    TooLong { limit: u32, tokens: u64 },
    /// This is no key.
    WrongKey(String),
    /// Nobody pays.
    MoneyGone,
    /// Too many others are asking.
    Overloaded,
    /// The request makes no sense.
    Invalid(String),
    /// There is no such thing.
    NotFound(String),
}

/// A refusal in a protocol's words.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Value,
}

/// How long whoever was refused should wait. Without a word of the server a client waits half a second and more, which no test needs.
pub(super) const AT_ONCE_MS: u64 = 1;

impl Refusal {
    /// The wait it asks for, where repeating makes sense.
    pub(super) fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Refusal::RateLimit { retry_after_ms } => Some(*retry_after_ms),
            Refusal::Status(_) | Refusal::Overloaded => Some(AT_ONCE_MS),
            Refusal::TooLong { .. }
            | Refusal::WrongKey(_)
            | Refusal::MoneyGone
            | Refusal::Invalid(_)
            | Refusal::NotFound(_) => None,
        }
    }
}

/// Milliseconds as a decimal number of seconds.
pub(super) fn seconds(milliseconds: u64) -> String {
    format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)
}
