//! How to install, and what came of it.

use std::collections::BTreeSet;

use semver::Version;

use crate::{PluginId, Rights, UpdateDiff};

/// What the operator says beside the bytes. The default takes no risk: nothing is granted, nothing is replaced, nothing gets older.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstallOptions {
    /// What to grant. Nothing means that nobody decides now; an empty set is a no.
    pub grants: Option<Rights>,
    /// The ids that the host has built in.
    pub bundled: BTreeSet<PluginId>,
    /// Take the place of a plugin that is built in.
    pub replace_bundled: bool,
    /// Take an older version than the installed one.
    pub downgrade: bool,
    /// Take other bytes that call themselves the version that is installed.
    pub same_version: bool,
    /// Take only what the lock names already, byte for byte, and leave the lock as it is.
    pub locked: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installation {
    /// It was not there before.
    New,
    /// These bytes were installed already. What was missing of their files is there again.
    Same,
    /// It is in the place of another version.
    Updated {
        /// The version before.
        from: Version,
        /// What is different in what it may do.
        diff: UpdateDiff,
    },
    /// It asks for more than its predecessor, so that one stays until the operator accepts it.
    Held(UpdateDiff),
}
