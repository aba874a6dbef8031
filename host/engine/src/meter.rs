//! What a debate may take, watched while it runs.
//!
//! The worst case of a request is reserved before it leaves; one that could exceed a cap is not made, and the debate waits. A request
//! that is under way counts with its worst case until its answer is in, so that requests side by side cannot exceed a cap together.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use amatelier_debate::Caps;
use amatelier_types::Usage;
use tokio::sync::Notify;

/// The meter of one drive.
pub(crate) struct Meter {
    caps: Caps,
    /// The longest a request may take.
    patience: Duration,
    began: Instant,
    /// How long the debate ran before.
    ran: Duration,
    state: Mutex<State>,
    /// Told whenever a reservation ends.
    freed: Notify,
}

struct State {
    used: u64,
    reserved: u64,
    /// The cap that the first refused request could have exceeded.
    reached: Option<String>,
}

/// Tokens that a request may take. Dropped without being settled they count as taken: a request that left and whose answer never came
/// was worked on by somebody.
pub(crate) struct Reserved<'a> {
    meter: &'a Meter,
    tokens: u64,
    took: u64,
}

impl Reserved<'_> {
    /// The answer is in, and this is what it took.
    pub(crate) fn settle(mut self, usage: Usage) {
        self.took = tokens(usage);
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let mut state = self.meter.state();
        state.reserved = state.reserved.saturating_sub(self.tokens);
        state.used = state.used.saturating_add(self.took);
        drop(state);
        self.meter.freed.notify_waiters();
    }
}

impl Meter {
    /// A meter of a debate that took `used` and ran for `ran` before.
    pub(crate) fn new(caps: Caps, used: Usage, ran: Duration, patience: Duration) -> Self {
        let state = State { used: tokens(used), reserved: 0, reached: None };
        Meter { caps, patience, began: Instant::now(), ran, state: Mutex::new(state), freed: Notify::new() }
    }

    /// Reserve what a request may take at worst. Waits while only what others have reserved stands in its way: it may take less.
    ///
    /// # Errors
    /// The cap that it could exceed, in words; the debate has to wait.
    pub(crate) async fn reserve(&self, worst: u64) -> Result<Reserved<'_>, String> {
        loop {
            // Heard of from here on, so that nothing is freed between the look and the wait.
            let freed = self.freed.notified();
            match self.look(worst)? {
                true => return Ok(Reserved { meter: self, tokens: worst, took: worst }),
                false => freed.await,
            }
        }
    }

    /// Whether there is room now; an error when there is none even if nobody needs what is reserved.
    fn look(&self, worst: u64) -> Result<bool, String> {
        let mut state = self.state();
        let refused = match (self.caps.max_tokens, self.caps.max_minutes) {
            (Some(most), _) if state.used.saturating_add(worst) > most => {
                let used = state.used;
                Some(format!("max-tokens {most}: {used} are taken, and the next request may take {worst}"))
            }
            (_, Some(most)) => {
                let most_time = Duration::from_secs(u64::from(most) * 60);
                let ran = self.ran + self.began.elapsed();
                let (ran_s, patience_s) = (ran.as_secs(), self.patience.as_secs());
                (ran + self.patience > most_time).then(|| {
                    format!("max-minutes {most}: it ran for {ran_s} s, and the next request may take {patience_s} s")
                })
            }
            _ => None,
        };
        if let Some(why) = refused {
            state.reached.get_or_insert(why.clone());
            return Err(why);
        }
        let taken = state.used.saturating_add(state.reserved).saturating_add(worst);
        let fits = self.caps.max_tokens.is_none_or(|most| taken <= most);
        if fits {
            state.reserved += worst;
        }
        Ok(fits)
    }

    /// An answer of an earlier attempt was found again.
    pub(crate) fn take(&self, usage: Usage) {
        self.state().used += tokens(usage);
    }

    /// The cap that a request could have exceeded, if one was refused.
    pub(crate) fn reached(&self) -> Option<String> {
        self.state().reached.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Sums: whoever panicked left them as good as they were.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tokens(usage: Usage) -> u64 {
    usage.input_tokens.saturating_add(usage.output_tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(input_tokens: u64, output_tokens: u64) -> Usage {
        Usage { input_tokens, output_tokens, ..Usage::default() }
    }

    #[tokio::test]
    async fn requests_side_by_side_cannot_exceed_a_cap_together() {
        let caps = Caps { max_tokens: Some(100), max_minutes: None };
        let meter = Meter::new(caps, usage(30, 10), Duration::ZERO, Duration::from_secs(1));
        let first = meter.reserve(40).await.unwrap();
        // There is room for the second only when the first took less than it might.
        let (second, ()) = tokio::join!(meter.reserve(30), async { first.settle(usage(5, 5)) });
        drop(second.unwrap());
        assert_eq!(meter.reached(), None);
        // The second was not settled: it counts with its worst case.
        assert!(meter.reserve(21).await.is_err());
        assert_eq!(
            meter.reached().as_deref(),
            Some("max-tokens 100: 80 are taken, and the next request may take 21")
        );
        assert!(meter.reserve(20).await.is_ok());
    }

    #[tokio::test]
    async fn a_request_that_may_end_too_late_is_not_made() {
        let caps = Caps { max_tokens: None, max_minutes: Some(2) };
        let meter = |ran, patience| {
            Meter::new(caps, Usage::default(), Duration::from_secs(ran), Duration::from_secs(patience))
        };
        assert!(meter(10, 60).reserve(1).await.is_ok());
        assert!(meter(70, 60).reserve(1).await.is_err());
        assert!(meter(0, 200).reserve(1).await.is_err());
    }

    #[tokio::test]
    async fn without_caps_there_is_no_end() {
        let meter =
            Meter::new(Caps::default(), usage(1 << 40, 0), Duration::from_secs(1 << 20), Duration::MAX / 4);
        assert!(meter.reserve(1 << 40).await.is_ok());
        assert_eq!(meter.reached(), None);
    }
}
