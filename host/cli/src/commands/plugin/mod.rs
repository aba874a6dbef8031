//! `plugin`: what strangers' components are, and what they may do.
//!
//! Everything that decides about a plugin lies in `amatelier-plugins`; these commands ask, show and remember. Whatever grants a plugin
//! something is typed here by a person, or stands in the host's own grants file: no component, model or project can get at it.

mod build;
mod bundled;
mod changed;
mod consent;
mod describe;
mod dev;
mod grant;
mod heed;
mod inspect;
mod install;
mod kept;
mod list;
mod locked;
mod made;
mod measured;
mod new;
mod ready;
mod sheet;
mod show;
mod shown;
mod standing;
mod taken;
mod test;
mod update;
mod verify;

use amatelier_plugins::{Installed, PluginId, Shelf, ShelfError};

pub(crate) use changed::{Changed, Done};
pub(crate) use heed::heed;
pub(crate) use inspect::{Compared, Imported, Inspected};
pub(crate) use list::PluginListing;
pub(crate) use measured::Measured;
pub(crate) use shown::{Kept, Listed, Shown};
pub(crate) use standing::State;
pub(crate) use test::Tested;
pub(crate) use verify::Verified;

use crate::{
    args::{Plugin, PluginCommand},
    context::Context,
    exit::Exit,
    failure::Failure,
};

pub(crate) async fn run(context: &Context, arguments: Plugin) -> Result<Exit, Failure> {
    match arguments.command {
        PluginCommand::New(arguments) => new::run(arguments),
        PluginCommand::Build(arguments) => build::run(&arguments),
        PluginCommand::Dev(arguments) => dev::run(arguments).await,
        PluginCommand::Test(arguments) => test::run(arguments).await,
        PluginCommand::Inspect(arguments) => inspect::run(context, &arguments),
        PluginCommand::Install(arguments) => install::run(context, arguments).await,
        PluginCommand::Grant(arguments) => grant::grant(context, &arguments),
        PluginCommand::Revoke(arguments) => grant::revoke(context, &arguments),
        PluginCommand::List(arguments) => list::run(context, &arguments),
        PluginCommand::Show(arguments) => show::run(context, &arguments),
        PluginCommand::Verify(arguments) => verify::run(context, &arguments),
        PluginCommand::Update(arguments) => update::run(context, arguments).await,
        PluginCommand::Rollback(arguments) => kept::rollback(context, &arguments),
        PluginCommand::Disable(arguments) => kept::disable(context, &arguments),
        PluginCommand::Enable(arguments) => kept::enable(context, &arguments),
        PluginCommand::Remove(arguments) => kept::remove(context, &arguments),
    }
}

/// The plugin of that id, which must be there.
fn needed(shelf: &Shelf, id: &PluginId) -> Result<Installed, Failure> {
    Ok(shelf.get(id)?.ok_or_else(|| ShelfError::NotInstalled { id: id.clone() })?)
}
