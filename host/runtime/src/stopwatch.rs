//! How long a call's own code was at work.
//!
//! A call waits for models, for lookups and for its thread; none of that is the component's time. So what is measured is how long
//! polling takes: the whole call's, less that of the ports it called.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// Adds up the time that futures spend at work. Clones are the same watch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stopwatch(Arc<AtomicU64>);

impl Stopwatch {
    /// Carry a future to its end, measured. What was measured stays when it is dropped before.
    pub(crate) async fn measure<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            let began = Instant::now();
            let polled = work.as_mut().poll(context);
            self.0.fetch_add(u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX), Relaxed);
            polled
        })
        .await
    }

    /// All of it so far.
    pub(crate) fn read(&self) -> Duration {
        Duration::from_nanos(self.0.load(Relaxed))
    }
}
