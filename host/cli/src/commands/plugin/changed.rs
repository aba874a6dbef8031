//! What came of a command that changed something, for programs and for people.

use amatelier_plugins::{Change, Installed, LockEntry, ShelfError};
use serde::Serialize;

use super::{
    shown::{Listed, typed},
    standing::State,
};
use crate::{exit::Exit, failure::Failure, output, render};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Done {
    Installed,
    /// It was there already, as it is.
    Same,
    Updated,
    /// The newer version waits: it asks for more.
    Held,
    /// The version that waited was forgotten.
    Refused,
    RolledBack,
    Granted,
    Revoked,
    Disabled,
    Enabled,
    Removed,
    /// There was nothing to do.
    Unchanged,
}

/// The report of a change: the plugin as it is afterwards.
#[derive(Serialize)]
pub(crate) struct Changed {
    pub schema: &'static str,
    pub done: Done,
    /// The version before, where it is another.
    pub from: Option<String>,
    /// What is different in what it asks for, a line each.
    pub changes: Vec<String>,
    /// What it is granted now, as it is typed; nothing where nobody decided yet.
    pub granted: Option<Vec<String>>,
    #[serde(flatten)]
    pub listed: Listed,
}

const SCHEMA: &str = "amatelier/plugin-change/v1";

impl Changed {
    /// The report about this plugin.
    pub(crate) fn of(done: Done, installed: &Installed) -> Self {
        Changed {
            schema: SCHEMA,
            done,
            from: None,
            changes: Vec::new(),
            granted: installed.granted.as_ref().map(typed),
            listed: Listed::of(installed, Vec::new()),
        }
    }

    /// The report about a plugin that is taken out and cannot be told about.
    pub(crate) fn gone(entry: &LockEntry, error: &ShelfError) -> Self {
        Changed {
            schema: SCHEMA,
            done: Done::Removed,
            from: None,
            changes: Vec::new(),
            granted: None,
            listed: Listed::broken(entry, error),
        }
    }

    /// The same with a version before and what is different from it.
    pub(crate) fn from(mut self, from: Option<String>, changes: &[Change]) -> Self {
        self.from = from;
        self.changes = changes.iter().map(ToString::to_string).collect();
        self
    }

    /// Print it, and say loudly what it waits for.
    pub(crate) fn print(&self, json: bool) -> Result<Exit, Failure> {
        if json {
            output::print_json(self)?;
        } else {
            output::print(&render::changed(self))?;
        }
        let waits = self.done != Done::Removed && self.listed.state == State::NeedsGrant;
        if let Some(next) = self.listed.next.as_ref().filter(|_| waits) {
            let name = &self.listed.name;
            let note = format!("`{name}` waits for a grant: no debate can seat it before `{next}`");
            eprintln!("{}", render::lines::note(&note));
        }
        Ok(if self.done == Done::Held { Exit::Refused } else { Exit::Ok })
    }
}
