//! The facts of a season, in a stream of its own. What its debates did stands in theirs, and in the ledger's.

use std::collections::BTreeMap;

use amatelier_journal::{NewEvent, StoredEvent};
use amatelier_types::{RoundtableId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{SeasonId, SeasonPlan};
use crate::Error;

/// The prefix of the streams of seasons.
pub(super) const PREFIX: &str = "season/";
/// The version of the shapes in here; a later one may add kinds and fields.
const VERSION: u32 = 1;

/// One fact, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub(super) enum SeasonEvent {
    /// It began.
    Opened {
        /// What it will hold.
        plan: Box<SeasonPlan>,
        /// How many events the ledger had.
        ledger: u64,
        /// When.
        at: Timestamp,
    },
    /// The next of its debates was opened; written with that debate's own beginning.
    DebateOpened {
        /// Which.
        roundtable: RoundtableId,
        /// When.
        at: Timestamp,
    },
    /// What was typed when it was gone on with holds from here on.
    Set {
        /// Settings in the place of those it had.
        settings: BTreeMap<String, String>,
        /// When.
        at: Timestamp,
    },
    /// Its last debate was over.
    Closed {
        /// How many events the ledger had.
        ledger: u64,
        /// When.
        at: Timestamp,
    },
}

/// The stream of a season.
pub(super) fn stream(id: &SeasonId) -> String {
    format!("{PREFIX}{id}")
}

impl SeasonEvent {
    fn kind(&self) -> (&'static str, Timestamp) {
        match self {
            SeasonEvent::Opened { at, .. } => ("season-opened", *at),
            SeasonEvent::DebateOpened { at, .. } => ("season-debate-opened", *at),
            SeasonEvent::Set { at, .. } => ("season-set", *at),
            SeasonEvent::Closed { at, .. } => ("season-closed", *at),
        }
    }

    pub(super) fn encode(&self, id: &SeasonId) -> Result<NewEvent, Error> {
        let (kind, at) = self.kind();
        let body = serde_json::to_vec(self)
            .map_err(|error| Error::BadSeason { id: id.clone(), reason: error.to_string() })?;
        Ok(NewEvent { at, actor: "user".into(), kind: kind.into(), version: VERSION, body })
    }

    pub(super) fn decode(id: &SeasonId, stored: &StoredEvent) -> Result<Self, Error> {
        let bad = |reason: String| Error::BadSeason { id: id.clone(), reason };
        if stored.version > VERSION {
            return Err(bad(format!(
                "event {} has version {}; this Amatelier knows {VERSION}",
                stored.seq, stored.version
            )));
        }
        serde_json::from_slice(&stored.body)
            .map_err(|error| bad(format!("event {} ({}): {error}", stored.seq, stored.kind)))
    }
}
