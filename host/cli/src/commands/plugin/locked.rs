//! `plugin install --locked` without a source: everything that a lock from another machine names, from where it came from.

use amatelier_plugins::{InstallOptions, Installation, Lock, LockEntry, Shelf, ShelfError};
use serde::Serialize;

use super::{
    changed::{Changed, Done},
    ready::prepare,
    taken::take,
};
use crate::{args::PluginInstall, context::Context, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    plugins: Vec<Changed>,
}

pub(super) async fn run(
    context: &Context,
    shelf: &Shelf,
    arguments: &PluginInstall,
) -> Result<Exit, Failure> {
    let options = InstallOptions { locked: true, ..InstallOptions::default() };
    let mut plugins = Vec::new();
    for entry in entries(context)? {
        let taken = take(&entry.source.to_string(), Some(&entry.sha256)).await?;
        let done = shelf.install(&taken.bytes, taken.source, &options)?;
        let installed = prepare(context, shelf, &entry.id, &Installation::Same, None).await?;
        let done = if done == Installation::New { Done::Installed } else { Done::Same };
        plugins.push(Changed::of(done, &installed));
    }
    if arguments.json {
        output::print_json(&Report { schema: "amatelier/plugin-changes/v1", plugins })?;
        return Ok(Exit::Ok);
    }
    if plugins.is_empty() {
        output::print("amatelier.lock names nothing\n")?;
    }
    for changed in plugins {
        changed.print(false)?;
    }
    Ok(Exit::Ok)
}

/// What the lock of the workspace names.
pub(super) fn entries(context: &Context) -> Result<Vec<LockEntry>, ShelfError> {
    let lock = Lock::read(&context.workspace.root().join("amatelier.lock"))?;
    Ok(lock.iter().cloned().collect())
}
