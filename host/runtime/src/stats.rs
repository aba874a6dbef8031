//! Counters of a runtime, for benchmarks and tests.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// How components came to be, since the runtime started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Components that were compiled.
    pub compiled: u64,
    /// Components whose code was found in the cache.
    pub loaded: u64,
    /// Components for which the cache held something that was not loaded.
    pub refused: u64,
    /// Components whose code was put into the cache.
    pub kept: u64,
}

/// The counters behind [`Stats`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) compiled: AtomicU64,
    pub(crate) loaded: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) kept: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self) -> Stats {
        Stats {
            compiled: self.compiled.load(Relaxed),
            loaded: self.loaded.load(Relaxed),
            refused: self.refused.load(Relaxed),
            kept: self.kept.load(Relaxed),
        }
    }

    pub(crate) fn one_more(counter: &AtomicU64) {
        counter.fetch_add(1, Relaxed);
    }
}
