//! Why the shelf did not do what it was asked.

use std::{path::PathBuf, sync::Arc};

use amatelier_types::{Capability, Sha256};
use semver::Version;

use super::StateError;
use crate::{
    Disagreements, GrantError, HostFileError, LockError, PackageError, PluginId, StoreError,
    plain_text::{Escaped, Quoted},
};

/// Each says what is the matter and what to do about it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ShelfError {
    /// The lock does not let it, or cannot be used.
    #[error(transparent)]
    Lock(Arc<LockError>),
    /// The grants cannot be used.
    #[error(transparent)]
    Grants(Arc<GrantError>),
    /// The state cannot be used.
    #[error(transparent)]
    State(Arc<StateError>),
    /// The bytes are not there, or others.
    #[error(transparent)]
    Store(Arc<StoreError>),
    /// A file of the host's cannot be used.
    #[error(transparent)]
    File(Arc<HostFileError>),
    /// The bytes are no plugin.
    #[error(transparent)]
    Package(Arc<PackageError>),
    /// The plugin does not fit itself, or this host.
    #[error("`{id}` cannot be installed:\n{error}")]
    Fit {
        /// The plugin, as it calls itself.
        id: PluginId,
        /// Everything that does not fit.
        error: Disagreements,
    },
    /// The copy of its manifest is not what is locked.
    #[error("the copy of the manifest of `{id}` {}; install it anew ({})", Escaped(why), path.display())]
    ManifestCopy {
        /// The plugin.
        id: PluginId,
        /// The copy.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Nothing has this id.
    #[error("`{id}` is not installed; `amatelier plugin list` tells what is")]
    NotInstalled {
        /// The id.
        id: PluginId,
    },
    /// It would take the place of a plugin that is built in.
    #[error("`{id}` is built in, and this would take its place: say so with --replace-bundled")]
    Bundled {
        /// The id.
        id: PluginId,
    },
    /// It is older than what is installed.
    #[error("`{id}` {installed} is installed, and this is {given}, which is older: say so with --downgrade")]
    Older {
        /// The plugin.
        id: PluginId,
        /// The version that is installed.
        installed: Version,
        /// The version that was given.
        given: Version,
    },
    /// It has the version of what is installed, and other bytes.
    #[error(
        "`{id}` {version} is installed with sha256 {installed}, and this calls itself {version} with sha256 {given}: a version does not change; ask \
         its author, or say so with --same-version"
    )]
    SameVersion {
        /// The plugin.
        id: PluginId,
        /// Both versions.
        version: Version,
        /// The bytes that are installed.
        installed: Box<Sha256>,
        /// The bytes that were given.
        given: Box<Sha256>,
    },
    /// It is not what the lock names.
    #[error(
        "amatelier.lock does not name this: the {what} of `{id}` is {locked} there and {given} here; leave out --locked to install it all the same"
    )]
    NotAsLocked {
        /// The plugin.
        id: PluginId,
        /// What differs.
        what: &'static str,
        /// What is locked.
        locked: String,
        /// What was given.
        given: String,
    },
    /// A grant for something that it does not ask for.
    #[error("`{id}` does not ask for {asked}, so it cannot be granted; it asks for {asks}", asked = described(*capability, labels), asks = list(asks))]
    NotAsked {
        /// The plugin.
        id: PluginId,
        /// What was to be granted.
        capability: Capability,
        /// For which models; empty means all.
        labels: Vec<String>,
        /// What it asks for.
        asks: Vec<Capability>,
    },
    /// No update of it waits.
    #[error("no update of `{id}` is held")]
    NothingHeld {
        /// The plugin.
        id: PluginId,
    },
    /// Another update of it is held than the one that was looked at.
    #[error("another update of `{id}` is held now, {version}: look at it, and decide again")]
    OtherHeld {
        /// The plugin.
        id: PluginId,
        /// The version that is held now.
        version: Version,
    },
    /// There is no version to go back to.
    #[error("no earlier version of `{id}` is remembered; install the one that you want with --downgrade")]
    NoPrevious {
        /// The plugin.
        id: PluginId,
    },
}

fn described(capability: Capability, labels: &[String]) -> String {
    match labels {
        [] => format!("`{capability}`"),
        labels => {
            let labels: Vec<_> = labels.iter().map(|label| Quoted(label).to_string()).collect();
            format!("`{capability}` with {}", labels.join(", "))
        }
    }
}

fn list(asks: &[Capability]) -> String {
    match asks {
        [] => "nothing".into(),
        asks => asks.iter().map(|asked| format!("`{asked}`")).collect::<Vec<_>>().join(", "),
    }
}

macro_rules! from {
    ($($error:ident => $case:ident),*) => {$(
        impl From<$error> for ShelfError {
            fn from(error: $error) -> Self {
                ShelfError::$case(Arc::new(error))
            }
        }
    )*};
}

from!(LockError => Lock, GrantError => Grants, StateError => State, StoreError => Store, HostFileError => File, PackageError => Package);
