//! The ledger at one moment.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use amatelier_economy::{Ledger, Posting};
use amatelier_journal::StoredEvent;
use amatelier_types::MemberName;

use super::decode;

/// How many postings of a member a component may read, as the contract `amatelier:economy` says.
const RECENT: usize = 100;

/// What the first `seq` events of the economy add up to.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// The ledger.
    pub ledger: Arc<Ledger>,
    /// The last postings of each member, newest first.
    recent: Arc<BTreeMap<MemberName, VecDeque<Posting>>>,
    /// How many events it has seen.
    pub seq: u64,
}

impl Books {
    /// Take in the events that come next.
    ///
    /// # Errors
    /// The first that cannot be read, in words; what came before it is taken in.
    pub(crate) fn follow(&mut self, stored: &[StoredEvent]) -> Result<(), String> {
        for stored in stored {
            let event = decode(stored)?;
            Arc::make_mut(&mut self.ledger).apply(&event);
            let recent = Arc::make_mut(&mut self.recent);
            for posting in event.postings() {
                let own = recent.entry(posting.member.clone()).or_default();
                own.push_front(posting.clone());
                own.truncate(RECENT);
            }
            self.seq = stored.seq;
        }
        Ok(())
    }

    /// The last postings of a member, newest first.
    pub fn recent(&self, member: &MemberName) -> impl Iterator<Item = &Posting> {
        self.recent.get(member).into_iter().flatten()
    }
}
