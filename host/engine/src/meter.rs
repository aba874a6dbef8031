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

/// The meter of one drive.
pub(crate) struct Meter {
    caps: Caps,
    /// The longest a request may take.
    patience: Duration,
    began: Instant,
    /// How long the debate ran before.
    ran: Duration,
    state: Mutex<State>,
}

struct State {
    used: u64,
    reserved: u64,
    /// The cap that the first refused request could have exceeded.
    reached: Option<String>,
}

/// Tokens that a request may take; given back when it is dropped.
pub(crate) struct Reserved<'a> {
    meter: &'a Meter,
    tokens: u64,
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        let mut state = self.meter.state();
        state.reserved = state.reserved.saturating_sub(self.tokens);
    }
}

impl Meter {
    /// A meter of a debate that took `used` and ran for `ran` before.
    pub(crate) fn new(caps: Caps, used: Usage, ran: Duration, patience: Duration) -> Self {
        let state = State { used: tokens(used), reserved: 0, reached: None };
        Meter { caps, patience, began: Instant::now(), ran, state: Mutex::new(state) }
    }

    /// Reserve what a request may take at worst.
    ///
    /// # Errors
    /// The cap that it could exceed, in words; the debate has to wait.
    pub(crate) fn reserve(&self, worst: u64) -> Result<Reserved<'_>, String> {
        let mut state = self.state();
        let taken = state.used.saturating_add(state.reserved);
        let refused = match (self.caps.max_tokens, self.caps.max_minutes) {
            (Some(most), _) if taken.saturating_add(worst) > most => {
                Some(format!("max-tokens {most}: {taken} are taken, and the next request may take {worst}"))
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
        state.reserved += worst;
        Ok(Reserved { meter: self, tokens: worst })
    }

    /// An answer is in.
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

    #[test]
    fn requests_side_by_side_cannot_exceed_a_cap_together() {
        let caps = Caps { max_tokens: Some(100), max_minutes: None };
        let meter = Meter::new(caps, usage(30, 10), Duration::ZERO, Duration::from_secs(1));
        let first = meter.reserve(40).unwrap();
        assert!(meter.reserve(30).is_err());
        assert_eq!(
            meter.reached().as_deref(),
            Some("max-tokens 100: 80 are taken, and the next request may take 30")
        );
        drop(first);
        meter.take(usage(5, 5));
        assert!(meter.reserve(50).is_ok(), "what was not needed is given back");
    }

    #[test]
    fn a_request_that_may_end_too_late_is_not_made() {
        let caps = Caps { max_tokens: None, max_minutes: Some(2) };
        let meter = |ran, patience| {
            Meter::new(caps, Usage::default(), Duration::from_secs(ran), Duration::from_secs(patience))
        };
        assert!(meter(10, 60).reserve(1).is_ok());
        assert!(meter(70, 60).reserve(1).is_err());
        assert!(meter(0, 200).reserve(1).is_err());
    }

    #[test]
    fn without_caps_there_is_no_end() {
        let meter =
            Meter::new(Caps::default(), usage(1 << 40, 0), Duration::from_secs(1 << 20), Duration::MAX / 4);
        assert!(meter.reserve(1 << 40).is_ok());
        assert_eq!(meter.reached(), None);
    }
}
