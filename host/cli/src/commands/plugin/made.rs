//! A plugin's folder, built.

use std::path::Path;

use amatelier_authoring::{Built, Progress, build};

use crate::{exit::Exit, failure::Failure, render::plain};

/// Build the plugin in a folder, off the threads that must not wait; every step is told on stderr.
pub(super) async fn made(folder: &Path) -> Result<Built, Failure> {
    let folder = folder.to_owned();
    let work = move || {
        build(&folder, &mut |progress| match progress {
            Progress::Step(line) | Progress::Said(line) => eprintln!("{}", plain(&line)),
        })
    };
    let built = tokio::task::spawn_blocking(work).await;
    Ok(built.map_err(|error| Failure::new(Exit::Failure, error, None))??)
}
