//! Why the lock does not let something be loaded.

use amatelier_types::Sha256;

use crate::{Disagreements, HostFileError, PackageError, PluginId, Problem};

/// Each names the entry that it is about, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] HostFileError),
    /// The file is not what this host writes: all of it, by line.
    #[error("amatelier.lock is damaged, so nothing that is installed is loaded:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
    /// It is not installed.
    #[error("`{id}` is not in amatelier.lock: install it with `amatelier plugin install`")]
    NotLocked {
        /// The plugin.
        id: PluginId,
    },
    /// The bytes are others.
    #[error(
        "`{id}` is not what was installed: amatelier.lock has sha256 {locked}, its bytes have {found}; install it anew, or `amatelier plugin rollback {id}`"
    )]
    Bytes {
        /// The plugin.
        id: PluginId,
        /// What is locked.
        locked: Sha256,
        /// What is there.
        found: Sha256,
    },
    /// The bytes are the locked ones, and they say something else than the lock.
    #[error(
        "amatelier.lock does not fit `{id}`: its {what} is {locked} there and {found} in its bytes; somebody changed the lock: install the plugin anew"
    )]
    Entry {
        /// The plugin.
        id: PluginId,
        /// What differs.
        what: &'static str,
        /// What is locked.
        locked: String,
        /// What is there.
        found: String,
    },
    /// The grants have been changed past the host.
    #[error(
        "what is granted to `{id}` is not what amatelier.lock remembers: look at it with `amatelier plugin show {id}`, then grant or revoke"
    )]
    Grant {
        /// The plugin.
        id: PluginId,
    },
    /// The locked bytes are no package for this host (any more).
    #[error("`{id}` cannot be loaded: {error}")]
    Package {
        /// The plugin.
        id: PluginId,
        /// Why.
        error: Box<PackageError>,
    },
    /// The locked bytes do not fit this host (any more).
    #[error("`{id}` does not fit this host:\n{error}")]
    Fit {
        /// The plugin.
        id: PluginId,
        /// Everything that does not.
        error: Disagreements,
    },
}
