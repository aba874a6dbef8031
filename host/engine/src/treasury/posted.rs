//! The ledger as a book: every posting with its time, and what its member had after it.

use std::collections::BTreeMap;

use amatelier_economy::Posting;
use amatelier_journal::StoredEvent;
use amatelier_types::{MemberName, Sparks, Timestamp};

use super::decode;

/// A posting in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The event that made it, in the order of the ledger, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What was posted.
    pub posting: Posting,
    /// What all postings of its member up to here add up to.
    pub balance: Sparks,
}

/// The postings of stored events, oldest first.
pub(super) fn posted(stored: &[StoredEvent]) -> Result<Vec<Posted>, String> {
    let mut balances: BTreeMap<MemberName, Sparks> = BTreeMap::new();
    let mut all = Vec::new();
    for stored in stored {
        let event = decode(stored)?;
        for posting in event.postings() {
            let balance = balances.entry(posting.member.clone()).or_default();
            *balance += posting.amount;
            all.push(Posted { seq: stored.seq, at: event.at(), posting: posting.clone(), balance: *balance });
        }
    }
    Ok(all)
}
