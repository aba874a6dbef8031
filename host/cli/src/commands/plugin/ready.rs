//! Compiling a plugin when it is installed, so that no debate waits for it, and nothing is kept that this host cannot run.

use amatelier_engine::plugins::{Plugins, Prepared};
use amatelier_plugins::{Installation, Installed, PluginId, Rights, Shelf};

use super::needed;
use crate::{context::Context, failure::Failure};

/// Compile what was installed. What does not load is taken out again, and the version before is put back with the rights that it had.
pub(super) async fn prepare(
    context: &Context,
    shelf: &Shelf,
    id: &PluginId,
    done: &Installation,
    before: Option<&Rights>,
) -> Result<Installed, Failure> {
    let installed = needed(shelf, id)?;
    if matches!(done, Installation::Held(_)) {
        // What runs is compiled already.
        return Ok(installed);
    }
    let mib = shelf.bytes(&installed)?.len().div_ceil(1 << 20);
    if mib > 1 {
        eprintln!("compiling {id} ({mib} MiB)");
    }
    match Plugins::of(&context.workspace).prepare(&installed).await {
        Ok(Prepared::Compiled | Prepared::Ready) => Ok(installed),
        Err(error) => {
            match done {
                Installation::New => drop(shelf.remove(id)?),
                Installation::Updated { .. } => {
                    shelf.rollback(id)?;
                    // A rollback gives back no more than the later version had; this one was never the operator's wish.
                    if let Some(before) = before {
                        shelf.grant(id, before)?;
                    }
                }
                Installation::Same | Installation::Held(_) => {}
            }
            Err(error.into())
        }
    }
}
