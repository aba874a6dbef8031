//! How a host function ends a call.

use amatelier_types::{Failure, FailureKind};

use crate::Suspended;

/// Carried through the guest as a trap, and found again by [`crate::failure`]; the guest cannot catch it.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Halt {
    /// The debate was suspended.
    #[error(transparent)]
    Suspended(#[from] Suspended),
    /// The host stopped the guest.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Halt {
    /// The guest ran into a limit.
    pub(crate) fn limit(message: impl Into<String>) -> wasmtime::Error {
        Halt::Failed(Failure::new(FailureKind::Limit, message)).into()
    }
}
