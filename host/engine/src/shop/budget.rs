//! Time that many questions share: once it is used up, nobody is asked any more.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout};

/// What is left of a time. It runs only while something is asked.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: Duration,
    left: Mutex<Duration>,
}

impl Budget {
    pub(crate) fn new(limit: Duration) -> Self {
        Budget { limit, left: Mutex::new(limit) }
    }

    /// The time that there was at first.
    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }

    /// Do this within what is left; none, where nothing is left or it took more.
    pub(crate) async fn within<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let left = self.left();
        if left.is_zero() {
            return None;
        }
        let began = Instant::now();
        let done = timeout(left, work).await.ok();
        let rest = if done.is_some() { left.saturating_sub(began.elapsed()) } else { Duration::ZERO };
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = rest;
        done
    }

    fn left(&self) -> Duration {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn questions_share_one_time_and_what_is_done_between_them_is_free() {
        let second = Duration::from_secs(1);
        let budget = Budget::new(10 * second);
        assert_eq!(budget.within(advance(6 * second)).await, Some(()));
        advance(60 * second).await;
        assert_eq!(budget.within(advance(3 * second)).await, Some(()));
        assert_eq!(budget.within(pending::<()>()).await, None);
        // Nothing is left: what would be done at once is not begun.
        assert_eq!(budget.within(async { 1 }).await, None);
    }
}
