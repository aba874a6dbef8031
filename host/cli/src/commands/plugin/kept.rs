//! `plugin rollback`, `disable`, `enable` and `remove`: what becomes of a plugin that is installed.

use amatelier_plugins::{Shelf, ShelfError};

use super::{
    changed::{Changed, Done},
    needed,
};
use crate::{args::PluginNamed, context::Context, exit::Exit, failure::Failure};

pub(super) fn rollback(context: &Context, arguments: &PluginNamed) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let before = needed(&shelf, &arguments.id)?.entry.version;
    shelf.rollback(&arguments.id)?;
    let changed = Changed::of(Done::RolledBack, &needed(&shelf, &arguments.id)?);
    changed.from(Some(before.to_string()), &[]).print(arguments.json)
}

pub(super) fn disable(context: &Context, arguments: &PluginNamed) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let done = if shelf.disable(&arguments.id)? { Done::Disabled } else { Done::Unchanged };
    Changed::of(done, &needed(&shelf, &arguments.id)?).print(arguments.json)
}

pub(super) fn enable(context: &Context, arguments: &PluginNamed) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let done = if shelf.enable(&arguments.id)? { Done::Enabled } else { Done::Unchanged };
    Changed::of(done, &needed(&shelf, &arguments.id)?).print(arguments.json)
}

pub(super) fn remove(context: &Context, arguments: &PluginNamed) -> Result<Exit, Failure> {
    let shelf = Shelf::of(context.workspace.root());
    let installed = shelf.get(&arguments.id);
    let entry = shelf.remove(&arguments.id)?;
    // One whose files are gone is taken out all the same.
    let changed = match installed {
        Ok(Some(installed)) => Changed::of(Done::Removed, &installed),
        Ok(None) => Changed::gone(&entry, &ShelfError::NotInstalled { id: arguments.id.clone() }),
        Err(error) => Changed::gone(&entry, &error),
    };
    changed.print(arguments.json)
}
