//! A plugin as lists and JSON show it.

use amatelier_plugins::{Held, Installed, LockEntry, Rights, ShelfError};
use amatelier_types::Sha256;
use serde::Serialize;

use super::{
    describe::Described,
    measured::Measured,
    standing::{self, Stands, State},
};
use crate::output::program;

/// Who keeps a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kept {
    /// Installed and locked.
    Installed,
    /// Part of the program.
    Bundled,
    /// A file of the operator's that the team names by its path: not locked.
    ByPath,
}

/// A row of `plugin list`.
#[derive(Serialize)]
pub(crate) struct Listed {
    /// Its id, or its path.
    pub name: String,
    pub kept: Kept,
    pub version: Option<String>,
    pub state: State,
    /// Why it stands there, where that is not plain.
    pub why: Option<String>,
    /// The command that would change it.
    pub next: Option<String>,
    pub worlds: Vec<String>,
    /// Nothing for what is not locked: it is what its file is.
    pub sha256: Option<Sha256>,
    pub source: Option<String>,
    /// Who speaks with it, and `rubric`, `store` or `skill` where it serves as one.
    pub seats: Vec<String>,
    /// An update that asks for more and waits.
    pub held: Option<HeldUpdate>,
    /// What was measured of it, if it was called yet.
    pub measured: Option<Measured>,
}

/// An update that waits for the operator.
#[derive(Serialize)]
pub(crate) struct HeldUpdate {
    pub version: String,
    pub sha256: Sha256,
    /// What is different, a line each.
    pub changes: Vec<String>,
}

/// Everything about one installed plugin.
#[derive(Serialize)]
pub(crate) struct Shown {
    pub schema: &'static str,
    #[serde(flatten)]
    pub listed: Listed,
    pub plugin: Described,
    /// What it may do now, as it is typed; nothing where nobody decided yet.
    pub granted: Option<Vec<String>>,
    /// The versions that `rollback` goes back to, the next one first.
    pub previous: Vec<Previous>,
}

/// A version that was installed before.
#[derive(Serialize)]
pub(crate) struct Previous {
    pub version: String,
    pub sha256: Sha256,
}

impl Listed {
    /// The row of an installed plugin.
    pub(crate) fn of(installed: &Installed, seats: Vec<String>) -> Self {
        let entry = &installed.entry;
        let stands = standing::of(installed);
        Listed {
            name: entry.id.to_string(),
            kept: Kept::Installed,
            version: Some(entry.version.to_string()),
            state: stands.state,
            why: stands.why,
            next: stands.next,
            worlds: entry.worlds.iter().map(ToString::to_string).collect(),
            sha256: Some(entry.sha256),
            source: Some(entry.source.to_string()),
            seats,
            held: installed.held.as_ref().map(HeldUpdate::of),
            measured: None,
        }
    }
}

impl Listed {
    /// The row of a plugin that is locked and cannot be told about.
    pub(crate) fn broken(entry: &LockEntry, error: &ShelfError) -> Self {
        Listed {
            name: entry.id.to_string(),
            kept: Kept::Installed,
            version: Some(entry.version.to_string()),
            state: State::Suspended,
            why: Some(error.to_string()),
            next: Some(format!("{} plugin verify", program())),
            worlds: entry.worlds.iter().map(ToString::to_string).collect(),
            sha256: Some(entry.sha256),
            source: Some(entry.source.to_string()),
            seats: Vec::new(),
            held: None,
            measured: None,
        }
    }
}

impl Listed {
    /// The same with what is known beside its files.
    pub(crate) fn and(mut self, stands: Stands, measured: Option<Measured>) -> Self {
        self.state = stands.state;
        self.measured = measured;
        self
    }
}

impl HeldUpdate {
    pub(crate) fn of(held: &Held) -> Self {
        HeldUpdate {
            version: held.entry.version.to_string(),
            sha256: held.entry.sha256,
            changes: held.diff.changes.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Shown {
    /// All of it.
    pub(crate) fn of(installed: &Installed, listed: Listed) -> Self {
        let previous = installed
            .previous
            .iter()
            .map(|entry| Previous { version: entry.version.to_string(), sha256: entry.sha256 });
        Shown {
            schema: "amatelier/plugin/v1",
            plugin: Described::from(&installed.manifest),
            granted: installed.granted.as_ref().map(typed),
            previous: previous.collect(),
            listed,
        }
    }
}

/// Rights, each as it is typed.
pub(crate) fn typed(rights: &Rights) -> Vec<String> {
    rights.iter().map(|(capability, right)| super::consent::described(capability, right)).collect()
}
