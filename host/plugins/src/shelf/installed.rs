//! One installed plugin, as far as it can be known without an engine.

use crate::{LockEntry, Manifest, Rights, UpdateDiff};

/// What is locked under an id, with what the operator decided about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// What the lock says.
    pub entry: LockEntry,
    /// What the plugin says about itself.
    pub manifest: Manifest,
    /// What the operator grants it, if anybody has decided yet.
    pub granted: Option<Rights>,
    /// Whether its grant was changed past the host: it is not loaded, and has no grant.
    pub grant_changed: bool,
    /// Whether the operator has put it aside.
    pub disabled: bool,
    /// An update that asks for more and waits for the operator. The version above runs meanwhile.
    pub held: Option<Held>,
    /// The versions before, the last one first.
    pub previous: Vec<LockEntry>,
}

/// An update that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What will be locked.
    pub entry: LockEntry,
    /// What it says about itself.
    pub manifest: Manifest,
    /// What it asks for beyond what is granted to the version that runs.
    pub diff: UpdateDiff,
}

/// Whether a plugin can be called, as far as its files say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its grant was changed past the host.
    GrantChanged,
    /// The operator has put it aside.
    Disabled,
    /// It asks for something, and nobody has decided about it.
    NeedsGrant,
    /// It can be called; an update of it waits for the operator.
    Held,
    /// It can be called.
    Ready,
}

impl Standing {
    /// Whether a debate may seat it.
    pub fn is_callable(self) -> bool {
        matches!(self, Standing::Held | Standing::Ready)
    }
}

impl Installed {
    /// Where it stands. Of several reasons, the one to deal with first.
    pub fn standing(&self) -> Standing {
        if self.grant_changed {
            Standing::GrantChanged
        } else if self.disabled {
            Standing::Disabled
        } else if self.granted.is_none() && !self.manifest.asks.is_empty() {
            Standing::NeedsGrant
        } else if self.held.is_some() {
            Standing::Held
        } else {
            Standing::Ready
        }
    }
}
