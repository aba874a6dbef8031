//! What is fixed when a turn is called, and what it may read is a function of.

use amatelier_types::Sha256;

use crate::CallRights;

/// An action that was started and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The component that takes it; none for a lookup.
    pub component: Option<Sha256>,
    /// The last message it may hear.
    pub heard: u32,
    /// The last event of the economy that it may read; 0 for none.
    pub ledger: u64,
    /// What its component may do; none where that is what its seat was given when the debate opened.
    pub rights: Option<CallRights>,
    /// Whether its rights were cut while it was interrupted: what it asked before that it need not ask again.
    pub is_curtailed: bool,
}
