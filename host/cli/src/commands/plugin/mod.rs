//! `plugin`: what strangers' components are, and what they may do.
//!
//! Everything that decides about a plugin lies in `amatelier-plugins`; these commands ask, show and remember. Whatever grants a plugin
//! something is typed here by a person, or stands in the host's own grants file: no component, model or project can get at it.

mod file;
mod inspect;

pub(crate) use inspect::{Imported, Inspected};

use crate::{
    args::{Plugin, PluginCommand},
    context::Context,
    exit::Exit,
    failure::Failure,
};

pub(crate) async fn run(_context: &Context, arguments: Plugin) -> Result<Exit, Failure> {
    match arguments.command {
        PluginCommand::Inspect(arguments) => inspect::run(&arguments),
    }
}
