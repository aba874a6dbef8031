//! Compiling without getting in the way.
//!
//! Compiling takes every core it can get for as long as it takes, and nothing can interrupt it. A component that replaces another one
//! in a running debate is wanted soon, not now: it is compiled on threads of its own, on half of the machine, one component at a time.
//! So a guest in the middle of its turn keeps a core, and its CPU limit means what it says. The threads are nobody's to wait for: a
//! program that is done ends, whatever is still being compiled.

use std::sync::{Arc, OnceLock};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{Semaphore, oneshot};

/// One component at a time.
pub(crate) struct Aside {
    turn: Arc<Semaphore>,
    threads: OnceLock<Option<ThreadPool>>,
}

impl Aside {
    pub(crate) fn new() -> Self {
        Aside { turn: Arc::new(Semaphore::new(1)), threads: OnceLock::new() }
    }

    /// Do some work when it is its turn; none when it panicked, or there are no threads to do it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        // With the work, so that the next one waits for this one even if nobody waits for its result any more.
        let permit = self.turn.clone().acquire_owned().await.ok()?;
        let threads = self.threads.get_or_init(threads).as_ref()?;
        let (done, result) = oneshot::channel();
        threads.spawn(move || {
            // Whoever asked may be gone.
            let _ = done.send(work());
            drop(permit);
        });
        result.await.ok()
    }
}

fn threads() -> Option<ThreadPool> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = ThreadPoolBuilder::new()
        .num_threads((cores / 2).max(1))
        .thread_name(|number| format!("amatelier-compile-{number}"))
        // The sender is dropped by then, which says it all; without a handler the process would abort.
        .panic_handler(|_| tracing::error!("the compiler panicked"))
        .build();
    threads.inspect_err(|error| tracing::warn!(%error, "no threads to compile with")).ok()
}

#[cfg(test)]
mod tests {
    use std::{future, sync::Mutex};

    use super::*;

    async fn poll_once<T>(work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            result = work => Some(result),
            () = future::ready(()) => None,
        }
    }

    #[tokio::test]
    async fn one_at_a_time_in_the_order_of_asking_and_a_panic_is_nobody_elses() {
        let (aside, order) = (Aside::new(), Arc::new(Mutex::new(Vec::new())));
        let work = |name: &'static str| {
            let order = order.clone();
            move || {
                order.lock().unwrap().extend([name, "begun"]);
                std::thread::yield_now();
                order.lock().unwrap().extend([name, "done"]);
            }
        };
        let (one, bad, two) =
            tokio::join!(aside.run(work("one")), aside.run(|| panic!("a bug")), aside.run(work("two")));
        assert_eq!((one, bad, two), (Some(()), None::<()>, Some(())));
        let expected = ["one", "begun", "one", "done", "two", "begun", "two", "done"];
        assert_eq!(*order.lock().unwrap(), expected);
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_is_still_one_at_a_time() {
        let aside = Aside::new();
        let (go, going) = std::sync::mpsc::channel::<()>();
        let (ended, mut end) = oneshot::channel();
        {
            let abandoned = aside.run(move || {
                going.recv().unwrap();
                ended.send("first").unwrap();
            });
            tokio::pin!(abandoned);
            // Polled once, which starts it, and dropped.
            assert!(poll_once(abandoned).await.is_none());
        }
        let next = aside.run(|| ());
        tokio::pin!(next);
        assert!(poll_once(next.as_mut()).await.is_none());
        go.send(()).unwrap();
        next.await.unwrap();
        assert_eq!(end.try_recv(), Ok("first"));
    }
}
