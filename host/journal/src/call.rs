//! Calls: host functions whose answers cost or could change, made by a turn.

use std::fmt;

use amatelier_types::{Sha256, Timestamp};
use rusqlite::Row;

use crate::{StoredRequest, TurnId, columns};

/// Which call of which turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallKey {
    /// The turn.
    pub turn: TurnId,
    /// The call's place in the turn.
    pub ordinal: u32,
}

impl fmt::Display for CallKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.turn, self.ordinal)
    }
}

/// A call to write down before it is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCall {
    /// Which call it is.
    pub key: CallKey,
    /// The host function, such as `llm.complete`.
    pub function: String,
    /// The hash of what was asked.
    pub request_hash: Sha256,
    /// The n-th call of this function with this hash in its turn.
    pub occurrence: u32,
    /// What was asked.
    pub request: Vec<u8>,
}

/// A call as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCall {
    /// Which call it is.
    pub key: CallKey,
    /// The action of its turn.
    pub action: String,
    /// The attempt of its turn.
    pub attempt: u32,
    /// The host function.
    pub function: String,
    /// The hash of what was asked.
    pub request_hash: Sha256,
    /// The n-th call of this function with this hash in its turn.
    pub occurrence: u32,
    /// What was asked.
    pub request: Vec<u8>,
    /// The answer, once there is one.
    pub answer: Option<Vec<u8>>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The requests to providers made for it, in order.
    pub requests: Vec<StoredRequest>,
}

impl StoredCall {
    /// The columns that [`StoredCall::from_row`] expects, in its order, of `calls` joined with `turns`.
    pub(crate) const COLUMNS: &'static str = "calls.turn, calls.ordinal, turns.action, turns.attempt, calls.function, \
        calls.request_hash, calls.occurrence, calls.request, calls.answer, calls.answered_at";

    /// The call without its requests.
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(StoredCall {
            key: CallKey { turn: TurnId(row.get(0)?), ordinal: row.get(1)? },
            action: row.get(2)?,
            attempt: row.get(3)?,
            function: row.get(4)?,
            request_hash: columns::digest(row, 5)?,
            occurrence: row.get(6)?,
            request: row.get(7)?,
            answer: row.get(8)?,
            answered_at: row.get::<_, Option<i64>>(9)?.map(Timestamp),
            requests: Vec::new(),
        })
    }
}
