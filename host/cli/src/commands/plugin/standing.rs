//! Where an installed plugin stands, in words, with what to type next.

use amatelier_plugins::{Installed, PluginId, Right, Rights, Standing};
use serde::Serialize;

use super::consent;
use crate::output::program;

/// One of the states that people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// It asks for something, and nobody has decided about it.
    NeedsGrant,
    /// It can be called, and its code is compiled first, which takes a while.
    Preparing,
    /// It can be called.
    Ready,
    /// It is not called: put aside, or not what was installed.
    Suspended,
}

impl State {
    /// The word for people.
    pub(crate) fn word(self) -> &'static str {
        match self {
            State::NeedsGrant => "needs grant",
            State::Preparing => "preparing",
            State::Ready => "ready",
            State::Suspended => "suspended",
        }
    }
}

impl State {
    /// The same after `it is`.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            State::NeedsGrant => "waiting for a grant",
            other => other.word(),
        }
    }
}

/// A state with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stands {
    pub state: State,
    /// Why, where that is not plain from the word.
    pub why: Option<String>,
    /// The command that would change it.
    pub next: Option<String>,
}

/// Where a plugin stands, as far as the files say.
pub(crate) fn of(installed: &Installed) -> Stands {
    let (program, id) = (program(), &installed.entry.id);
    let (state, why, next) = match installed.standing() {
        Standing::GrantChanged => (
            State::Suspended,
            Some("its grant was changed past the host".to_owned()),
            Some(format!("{program} plugin grant {id} CAPABILITY, or {program} plugin revoke {id}")),
        ),
        Standing::Disabled => (
            State::Suspended,
            Some("put aside by you".to_owned()),
            Some(format!("{program} plugin enable {id}")),
        ),
        Standing::NeedsGrant => (
            State::NeedsGrant,
            Some(format!("it asks for {}", list(&Rights::asked_by(&installed.manifest)))),
            Some(grant_command(installed)),
        ),
        Standing::Held => (
            State::Ready,
            installed
                .held
                .as_ref()
                .map(|held| format!("version {} asks for more and is held", held.entry.version)),
            Some(accept_command(id)),
        ),
        Standing::Ready => (State::Ready, None, None),
    };
    Stands { state, why, next }
}

/// The command that grants a plugin whatever it asks for.
pub(crate) fn grant_command(installed: &Installed) -> String {
    format!("{} plugin grant {} --all", program(), installed.entry.id)
}

/// The command that takes an update that is held, with whatever it asks for.
pub(crate) fn accept_command(id: &PluginId) -> String {
    format!("{} plugin update {id} --accept --grant-all", program())
}

/// Rights as they are typed, in a row.
pub(crate) fn list(rights: &Rights) -> String {
    let each = rights.iter().map(|(capability, right): (_, &Right)| consent::described(capability, right));
    let each: Vec<String> = each.collect();
    if each.is_empty() { "nothing".into() } else { each.join(", ") }
}
