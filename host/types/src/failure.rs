//! How a plugin call fails.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The five kinds of failure; there is never a sixth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// It needed a capability that is not granted.
    Denied,
    /// It ran into a limit of the host: memory, CPU, bytes, calls, wall clock.
    Limit,
    /// The guest trapped.
    Trap,
    /// The guest returned an error.
    GuestError,
    /// The host could not do its part; a provider that stays down is one. Nobody at the table is to blame.
    HostFault,
}

impl FailureKind {
    /// The name used in events, messages and JSON.
    pub fn name(self) -> &'static str {
        match self {
            FailureKind::Denied => "denied",
            FailureKind::Limit => "limit",
            FailureKind::Trap => "trap",
            FailureKind::GuestError => "guest-error",
            FailureKind::HostFault => "host-fault",
        }
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind}: {message}")]
pub struct Failure {
    /// Which kind.
    pub kind: FailureKind,
    /// What happened, in one line for people; text of a guest in it is untrusted.
    pub message: String,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Failure { kind, message: message.into() }
    }
}
