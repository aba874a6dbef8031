//! Requests: what a call sent to a provider, its intent before and its outcome after.

use std::fmt;

use amatelier_types::{MicroUsd, Timestamp, Tokens};
use rusqlite::Row;

use crate::{CallKey, TurnId};

/// Which request of which call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestKey {
    /// The call.
    pub call: CallKey,
    /// The request's place among the tool rounds, repairs, retries and fallbacks of the call.
    pub n: u32,
}

impl fmt::Display for RequestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.call, self.n)
    }
}

/// A request that is about to leave the host. It must be durable before it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// Which request it is.
    pub key: RequestKey,
    /// When it is about to leave.
    pub at: Timestamp,
    /// The provider it goes to.
    pub provider: String,
    /// The model it asks.
    pub model: String,
    /// The most it can cost, as it counts against caps; none where nothing is paid.
    pub reserved: Option<MicroUsd>,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// When it was known.
    pub at: Timestamp,
    /// What it was, in a word of the caller's.
    pub name: String,
    /// Prompt tokens, cached ones included.
    pub input_tokens: Tokens,
    /// Answer tokens.
    pub output_tokens: Tokens,
    /// The part of the prompt that the provider had cached.
    pub cached_tokens: Tokens,
    /// What it cost; none where no price is known.
    pub cost: Option<MicroUsd>,
}

/// A request as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRequest {
    /// What was about to be sent.
    pub intent: Intent,
    /// The provider's id of the answer, if it came far enough to tell.
    pub response_id: Option<String>,
    /// The text received so far; gone when the call has its answer.
    pub partial: Option<String>,
    /// What became of it. None: it is under way, or nobody knows whether it arrived.
    pub outcome: Option<Outcome>,
}

impl StoredRequest {
    /// The columns that [`StoredRequest::from_row`] expects, in its order, of `requests` joined with `calls`.
    pub(crate) const COLUMNS: &'static str = "calls.turn, calls.ordinal, requests.n, requests.intent_at, requests.provider, \
        requests.model, requests.reserved_microusd, requests.response_id, requests.partial, requests.answered_at, \
        requests.outcome, requests.input_tokens, requests.output_tokens, requests.cached_tokens, requests.cost_microusd";

    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let call = CallKey { turn: TurnId(row.get(0)?), ordinal: row.get(1)? };
        let outcome = match row.get(10)? {
            None => None,
            Some(name) => Some(Outcome {
                at: Timestamp(row.get(9)?),
                name,
                input_tokens: Tokens(row.get(11)?),
                output_tokens: Tokens(row.get(12)?),
                cached_tokens: Tokens(row.get(13)?),
                cost: row.get::<_, Option<u64>>(14)?.map(MicroUsd),
            }),
        };
        Ok(StoredRequest {
            intent: Intent {
                key: RequestKey { call, n: row.get(2)? },
                at: Timestamp(row.get(3)?),
                provider: row.get(4)?,
                model: row.get(5)?,
                reserved: row.get::<_, Option<u64>>(6)?.map(MicroUsd),
            },
            response_id: row.get(7)?,
            partial: row.get(8)?,
            outcome,
        })
    }
}
