//! The ledger at one moment.

use std::sync::Arc;

use amatelier_economy::Ledger;
use amatelier_journal::StoredEvent;

use super::decode;

/// What the first `seq` events of the economy add up to.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// The ledger.
    pub ledger: Arc<Ledger>,
    /// How many events it has seen.
    pub seq: u64,
}

impl Books {
    /// Take in the events that come next.
    ///
    /// # Errors
    /// The first that cannot be read, in words; what came before it is taken in.
    pub(crate) fn follow(&mut self, stored: &[StoredEvent]) -> Result<(), String> {
        for event in stored {
            Arc::make_mut(&mut self.ledger).apply(&decode(event)?);
            self.seq = event.seq;
        }
        Ok(())
    }
}
