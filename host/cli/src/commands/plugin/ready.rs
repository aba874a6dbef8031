//! Compiling a plugin when it is installed, so that no debate waits for it, and nothing is kept that this host cannot run.

use amatelier_engine::plugins::{Plugins, Prepared};
use amatelier_plugins::{Installation, Installed, PluginId, Shelf};

use super::needed;
use crate::{context::Context, failure::Failure};

/// Compile what was installed. What does not load is taken out again, and the version before is put back.
pub(super) async fn prepare(
    context: &Context,
    shelf: &Shelf,
    id: &PluginId,
    done: &Installation,
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
                Installation::Updated { .. } => drop(shelf.rollback(id)?),
                Installation::Same | Installation::Held(_) => {}
            }
            Err(error.into())
        }
    }
}
