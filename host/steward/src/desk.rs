//! Where lookups are carried out.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Semaphore;

use crate::{Files, Observation, Operation, Refusal, RegisteredFile};

/// Ends everything without an answer: a pause, a cap, a shutdown, a journal that cannot be written. It is no failure of the lookup.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Halted(pub String);

/// Registered files, and what can be done with them. What stands behind it may read files, or repeat what was recorded.
#[async_trait]
pub trait Desk: Send + Sync {
    /// The registered files, in the order of registration.
    fn files(&self) -> &[RegisteredFile];

    /// Carry out one operation.
    ///
    /// # Errors
    /// [`Halted`] ends the whole question; a [`Refusal`] is an answer.
    async fn perform(&self, operation: Operation) -> Result<Result<Observation, Refusal>, Halted>;
}

/// The most lookups that work at the same time; each may hold a parsed file in memory.
const AT_ONCE: usize = 4;

/// The desk that reads the files, off the threads that must not wait.
#[derive(Clone, Debug)]
pub struct LocalDesk {
    files: Files,
    places: Arc<Semaphore>,
}

impl LocalDesk {
    /// A desk over files.
    pub fn new(files: Files) -> Self {
        LocalDesk { files, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

#[async_trait]
impl Desk for LocalDesk {
    fn files(&self) -> &[RegisteredFile] {
        self.files.registered()
    }

    async fn perform(&self, operation: Operation) -> Result<Result<Observation, Refusal>, Halted> {
        let halted = |why: &dyn std::fmt::Display| Halted(format!("a lookup was not carried out: {why}"));
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|closed| halted(&closed))?;
        let files = self.files.clone();
        tokio::task::spawn_blocking(move || {
            let answer = files.perform(&operation);
            drop(place);
            answer
        })
        .await
        .map_err(|failed| halted(&failed))
    }
}
