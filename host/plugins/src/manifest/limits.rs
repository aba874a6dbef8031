//! What a plugin would like to have of what is limited.

/// Requests, not rights: the host's ceiling wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitRequests {
    /// All linear memories of a call together, in MiB.
    pub memory_mib: Option<u32>,
    /// Requests to a model in one turn.
    pub calls_per_turn: Option<u32>,
}

impl LimitRequests {
    /// The most memory that makes sense to ask for: what a 32-bit memory can have, in MiB.
    pub const MEMORY_MIB: u32 = 4096;
    /// The most requests to a model that make sense to ask for.
    pub const CALLS_PER_TURN: u32 = 1000;
}
