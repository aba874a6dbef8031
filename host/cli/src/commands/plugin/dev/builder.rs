//! Builds a plugin whenever its sources change, and puts what is good into its place.
//!
//! What does not build, does not load, or does not conform where the one before it did, changes nothing: the old one stays. The very first
//! one has nothing to stay behind it and is taken as it is, with everything said that is wrong with it.

use std::path::{Path, PathBuf};

use amatelier_conformance::{Checked, Subject, Terms, conform};
use amatelier_runtime::Runtime;
use tokio::sync::mpsc::UnboundedSender;

use super::{scratch, sources::Sources};
use crate::{commands::plugin::made::made, exit::Exit, failure::Failure, render};

/// What came of the sources as they are.
pub(super) enum Build {
    /// A component is in its place.
    Ready(Box<Subject>),
    /// Nothing has changed there.
    Kept,
}

/// Builds one plugin, one build at a time.
pub(super) struct Builder {
    pub(super) folder: PathBuf,
    /// Where the component is put.
    pub(super) place: PathBuf,
    pub(super) runtime: Runtime,
    pub(super) sources: Sources,
    /// Whether there is one in its place, and it conforms.
    pub(super) current: Current,
}

/// What is in the plugin's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Current {
    /// Nothing.
    Nothing,
    /// A component that does not conform.
    Faulty,
    /// A component that does.
    Good,
}

impl Builder {
    /// Build now and after every change, until nobody listens any more.
    pub(super) async fn run(mut self, sender: UnboundedSender<Build>) {
        loop {
            let build = match self.build().await {
                Ok(Some(subject)) => Build::Ready(Box::new(subject)),
                Ok(None) => Build::Kept,
                Err(failure) => {
                    crate::report(failure);
                    Build::Kept
                }
            };
            if matches!(build, Build::Kept) && self.current != Current::Nothing {
                eprintln!("the old component stays");
            }
            if sender.send(build).is_err() || !self.sources.changed().await {
                return;
            }
            eprintln!("the sources have changed");
        }
    }

    async fn build(&mut self) -> Result<Option<Subject>, Failure> {
        let bytes = made(&self.folder).await?.bytes;
        let runtime = self.runtime.clone();
        let loading = tokio::task::spawn_blocking(move || (Subject::load(&runtime, &bytes), bytes)).await;
        let (subject, bytes) = loading.map_err(|error| Failure::new(Exit::Failure, error, None))?;
        let subject = subject?;
        let checked = conform(&self.runtime, &subject, &Terms::default()).await;
        let conforms = !checked.iter().any(Checked::failed);
        if !conforms {
            eprint!("{}", render::faults(&checked));
        }
        match (conforms, self.current) {
            (false, Current::Good) => return Ok(None),
            (true, _) => self.current = Current::Good,
            (false, _) => self.current = Current::Faulty,
        }
        put(&self.place, &bytes)?;
        eprintln!("{} ({}) is in its place", subject.id, subject.component.hash().short());
        Ok(Some(subject))
    }
}

fn put(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error| Failure::new(Exit::Failure, format!("{}: {error}", place.display()), None);
    scratch::place(place, bytes).map_err(failed)
}
