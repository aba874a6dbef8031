//! Whether an installed plugin can be called.

use std::fmt;

use serde::Serialize;

/// The state of an installed plugin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "why")]
pub enum PluginState {
    /// It asks for something, and nobody has decided about it.
    NeedsGrant,
    /// It can be called, and is compiled first.
    Preparing,
    /// It can be called.
    Ready,
    /// It is not called; says why, in words.
    Suspended(String),
}

impl fmt::Display for PluginState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PluginState::NeedsGrant => f.pad("needs grant"),
            PluginState::Preparing => f.pad("preparing"),
            PluginState::Ready => f.pad("ready"),
            PluginState::Suspended(why) => write!(f, "suspended: {why}"),
        }
    }
}
