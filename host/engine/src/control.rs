//! What the operator wants of a debate that runs.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Wishes of the operator; cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Control {
    pause: Arc<AtomicBool>,
}

impl Control {
    /// Finish what runs, then wait.
    pub fn pause(&self) {
        self.pause.store(true, Ordering::Relaxed);
    }

    /// Whether a pause is wanted.
    pub fn wants_pause(&self) -> bool {
        self.pause.load(Ordering::Relaxed)
    }
}
