//! Events: what happened, as bytes in a stream.

use amatelier_types::Timestamp;
use rusqlite::Row;

/// An event to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// When it happened.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: String,
    /// A past-tense fact, such as `message-posted`.
    pub kind: String,
    /// The version of the body's form.
    pub version: u32,
    /// The body; the journal does not look into it.
    pub body: Vec<u8>,
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the whole log; grows with every event.
    pub pos: u64,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream, from 1, without gaps.
    pub seq: u64,
    /// The same for all events of one unit: the position of the first.
    pub batch: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: String,
    /// What kind of fact it is.
    pub kind: String,
    /// The version of the body's form.
    pub version: u32,
    /// The body.
    pub body: Vec<u8>,
}

/// Where an append went. An append of no events checks the expected sequence number and leaves `last_pos` before `first_pos`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// The position of its first event.
    pub first_pos: u64,
    /// The position of its last event.
    pub last_pos: u64,
    /// The last sequence number of the stream now.
    pub last_seq: u64,
    /// The batch shared by all events of the unit.
    pub batch: u64,
}

impl StoredEvent {
    /// The columns that [`StoredEvent::from_row`] expects, in its order.
    pub(crate) const COLUMNS: &'static str = "pos, stream, seq, batch, at, actor, kind, version, body";

    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(StoredEvent {
            pos: row.get(0)?,
            stream: row.get(1)?,
            seq: row.get(2)?,
            batch: row.get(3)?,
            at: Timestamp(row.get(4)?),
            actor: row.get(5)?,
            kind: row.get(6)?,
            version: row.get(7)?,
            body: row.get(8)?,
        })
    }
}
