//! Counters for benchmarks and tests.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a journal has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Transactions committed; each may hold many units.
    pub commits: u64,
    /// Of these, the ones that waited for the disk.
    pub fsyncs: u64,
    /// Events appended.
    pub events: u64,
}

/// The counters behind [`Stats`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) commits: AtomicU64,
    pub(crate) fsyncs: AtomicU64,
    pub(crate) events: AtomicU64,
}

impl Counters {
    pub(crate) fn read(&self) -> Stats {
        // Relaxed: they count, they order nothing. Whoever awaited a unit sees it counted, for its answer was sent after.
        Stats {
            commits: self.commits.load(Ordering::Relaxed),
            fsyncs: self.fsyncs.load(Ordering::Relaxed),
            events: self.events.load(Ordering::Relaxed),
        }
    }
}
