//! How long a call may take: a wall clock that stands still while the host itself has the call wait.
//!
//! A model's time counts, however slow it is. Time in which the host does not even let the request leave, because a cap may not have room
//! for it, is none of the member's.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{Instant, timeout},
};

/// The clock of one call; clones are the same clock. It runs from its making.
#[derive(Clone, Debug)]
pub struct Patience {
    limit: Duration,
    began: Instant,
    waits: watch::Sender<Waits>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Waits {
    /// How many wait now, and since when the first of them does.
    now: u32,
    since: Option<Instant>,
    /// How long was waited before.
    before: Duration,
}

/// While it lives, the clock stands still.
#[derive(Debug)]
pub struct Waiting<'a>(&'a Patience);

impl Patience {
    /// A clock that runs out after this long.
    pub fn new(limit: Duration) -> Self {
        Patience { limit, began: Instant::now(), waits: watch::Sender::default() }
    }

    /// How long a call may take.
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// Stop the clock.
    pub fn wait(&self) -> Waiting<'_> {
        self.waits.send_modify(|waits| {
            waits.now += 1;
            waits.since.get_or_insert_with(Instant::now);
        });
        Waiting(self)
    }

    /// Resolves when the time is over.
    pub async fn over(&self) {
        let mut changed = self.waits.subscribe();
        loop {
            let Waits { now, before, .. } = *changed.borrow_and_update();
            if now > 0 {
                // The sender is here, so this cannot fail.
                let _ = changed.changed().await;
                continue;
            }
            let left = (self.limit + before).saturating_sub(self.began.elapsed());
            if left.is_zero() || timeout(left, changed.changed()).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waits.send_modify(|waits| {
            waits.now = waits.now.saturating_sub(1);
            if waits.now == 0
                && let Some(since) = waits.since.take()
            {
                waits.before += since.elapsed();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// Whether the clock ran out by now.
    async fn is_over(patience: &Patience) -> bool {
        timeout(Duration::ZERO, patience.over()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_the_host_has_a_call_wait_is_not_counted() {
        let patience = Patience::new(5 * SECOND);
        advance(3 * SECOND).await;
        let (first, second) = (patience.wait(), patience.wait());
        advance(60 * SECOND).await;
        drop(first);
        advance(60 * SECOND).await;
        assert!(!is_over(&patience).await);
        drop(second);
        advance(SECOND).await;
        assert!(!is_over(&patience).await);
        advance(2 * SECOND).await;
        assert!(is_over(&patience).await);
    }
}
