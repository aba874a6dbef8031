//! The gate of one endpoint: a circuit breaker, and a pace that all who talk to it share.
//!
//! In this order: an open circuit refuses at once; then requests wait in the order in which they came, one at a time, until the pace and
//! the last hint of the server allow the first of them; then the circuit is asked again. Tokens are taken by the estimate and corrected
//! by the count. There is one place that waits, and it is woken early when something changes.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{self, Notify},
    time::{Instant, sleep_until},
};

use super::{
    Gate, Outcome, Pace, Pass,
    breaker::{Breaker, FAILURES, Open, Verdict},
    bucket::Bucket,
};
use crate::Error;

/// The longest that a server can make everybody wait: what a retry waits at most, too.
const LONGEST_HINT: Duration = Duration::from_secs(60);

/// A gate.
#[derive(Debug)]
pub struct EndpointGate {
    /// The provider, for errors.
    name: String,
    /// Whose turn it is to wait.
    queue: sync::Mutex<()>,
    changed: Notify,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    breaker: Breaker,
    pace: Pace,
    requests: Option<Bucket>,
    tokens: Option<Bucket>,
    /// The server asked to be left alone until then.
    quiet_until: Option<Instant>,
}

impl EndpointGate {
    /// An open gate with this pace.
    pub fn new(name: &str, pace: Pace) -> Self {
        let state = State {
            breaker: Breaker::new(),
            pace: Pace::default(),
            requests: None,
            tokens: None,
            quiet_until: None,
        };
        let gate = EndpointGate {
            name: name.to_owned(),
            queue: sync::Mutex::default(),
            changed: Notify::new(),
            state: Mutex::new(state),
        };
        gate.slow_down(pace);
        gate
    }

    /// Go no faster than this from now on, either.
    pub fn slow_down(&self, pace: Pace) {
        let (mut state, now) = (self.state(), Instant::now());
        state.pace = state.pace.slower(pace);
        let Pace { requests_per_minute, tokens_per_minute } = state.pace;
        limit(&mut state.requests, requests_per_minute, now);
        limit(&mut state.tokens, tokens_per_minute, now);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refused(&self, open: Open, now: Instant) -> Error {
        let at = |then: Instant| {
            let ahead = SignedDuration::try_from(then.saturating_duration_since(now)).unwrap_or_default();
            let behind = SignedDuration::try_from(now.saturating_duration_since(then)).unwrap_or_default();
            let time = Timestamp::now().saturating_add(ahead - behind).unwrap_or(Timestamp::MAX);
            time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
        };
        let since = at(open.since);
        let rest = match open.until {
            Some(until) => format!("until {}", at(until)),
            None => "until the requests that probe it are answered".to_owned(),
        };
        let reason = format!("left alone since {since}, after {FAILURES} failures in a row, {rest}");
        Error::Unavailable { provider: self.name.clone(), reason }
    }

    /// Enter now, or know when to try again.
    fn try_enter(&self, tokens: u64) -> Result<Result<Pass, Instant>, Error> {
        let (mut state, now) = (self.state(), Instant::now());
        state.breaker.check(now).map_err(|open| self.refused(open, now))?;
        let State { requests, tokens: bucket, quiet_until, .. } = &mut *state;
        let quiet = quiet_until.and_then(|until| until.checked_duration_since(now));
        let requests = requests.as_mut().and_then(|bucket| bucket.wait(1, now));
        let taken = bucket.as_mut().and_then(|bucket| bucket.wait(tokens, now));
        let wait = [quiet, requests, taken].into_iter().flatten().filter(|wait| !wait.is_zero()).max();
        if let Some(wait) = wait {
            return Ok(Err(now + wait));
        }
        let epoch = state.breaker.enter(now).map_err(|open| self.refused(open, now))?;
        if let Some(requests) = &mut state.requests {
            requests.take(1);
        }
        if let Some(bucket) = &mut state.tokens {
            bucket.take(tokens);
        }
        Ok(Ok(Pass { tokens, epoch }))
    }
}

/// Give a bucket this limit.
fn limit(bucket: &mut Option<Bucket>, limit: Option<u32>, now: Instant) {
    match (bucket, limit) {
        (Some(bucket), Some(limit)) => bucket.set_limit(limit, now),
        (bucket, limit) => *bucket = limit.map(|limit| Bucket::new(limit, now)),
    }
}

#[async_trait::async_trait]
impl Gate for EndpointGate {
    async fn enter(&self, tokens: u64) -> Result<Pass, Error> {
        let now = Instant::now();
        self.state().breaker.check(now).map_err(|open| self.refused(open, now))?;
        let _turn = self.queue.lock().await;
        loop {
            let changed = self.changed.notified();
            match self.try_enter(tokens)? {
                Ok(pass) => return Ok(pass),
                Err(until) => {
                    tracing::debug!(provider = self.name, "waiting for the pace");
                    tokio::select! {
                        () = sleep_until(until) => {}
                        () = changed => {}
                    }
                }
            }
        }
    }

    fn left(&self, pass: Pass, outcome: Outcome) {
        let (mut state, now) = (self.state(), Instant::now());
        state.breaker.settle(pass.epoch, Verdict::of(outcome), now);
        let used = match outcome {
            Outcome::Answered { tokens } => tokens,
            // Nothing was worked on, or at least nothing that is counted.
            Outcome::Refused { .. } | Outcome::NotSent => 0,
            // Nobody knows.
            Outcome::Lost | Outcome::Abandoned => pass.tokens,
        };
        if let Some(bucket) = &mut state.tokens {
            bucket.give_back(pass.tokens.saturating_sub(used));
            bucket.take(used.saturating_sub(pass.tokens));
        }
        if let (Outcome::NotSent, Some(requests)) = (outcome, &mut state.requests) {
            requests.give_back(1);
        }
        if let Outcome::Refused { wait: Some(wait), .. } = outcome {
            let until = now + wait.min(LONGEST_HINT);
            state.quiet_until = Some(state.quiet_until.map_or(until, |before| before.max(until)));
        }
        drop(state);
        self.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;
    const LOST: Outcome = Outcome::Lost;

    fn gate(requests: Option<u32>, tokens: Option<u32>) -> Arc<EndpointGate> {
        let pace = Pace { requests_per_minute: requests, tokens_per_minute: tokens };
        Arc::new(EndpointGate::new("the server", pace))
    }

    #[tokio::test(start_paused = true)]
    async fn requests_wait_for_the_pace_in_the_order_in_which_they_came() {
        let (gate, start) = (gate(Some(6), None), Instant::now());
        let ask = |n: u32| {
            let gate = Arc::clone(&gate);
            tokio::spawn(async move {
                gate.enter(1).await.unwrap();
                (n, Instant::now())
            })
        };
        let asked: Vec<_> = (0..9).map(ask).collect();
        for (n, asked) in (0..).zip(asked) {
            let waited = if n < 6 { 0 } else { u64::from(n - 5) * 10 };
            assert_eq!(asked.await.unwrap(), (n, start + S(waited)));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn tokens_are_taken_by_the_estimate_and_corrected_by_the_count() {
        let (gate, start) = (gate(None, Some(600)), Instant::now());
        for (outcome, waited) in [
            // Of 500 taken, 100 were used.
            (Outcome::Answered { tokens: 100 }, 0),
            (Outcome::Refused { status: 400, wait: None }, 0),
            (Outcome::NotSent, 0),
            // 500 are left for this one, which used 700: a debt of 200, and 500 wanted.
            (Outcome::Answered { tokens: 700 }, 0),
            (LOST, 70),
            (Outcome::Abandoned, 70 + 50),
            (Outcome::Abandoned, 70 + 50 + 50),
        ] {
            let pass = gate.enter(500).await.unwrap();
            assert_eq!(Instant::now(), start + S(waited), "{outcome:?}");
            gate.left(pass, outcome);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_is_woken_when_tokens_come_back() {
        let (gate, start) = (gate(None, Some(60)), Instant::now());
        let first = gate.enter(60).await.unwrap();
        let waiting = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter(60).await.map(|_| Instant::now()) }
        });
        tokio::task::yield_now().await;
        gate.left(first, Outcome::NotSent);
        assert_eq!(waiting.await.unwrap().unwrap(), start);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_the_server_asks_for_holds_everybody_for_a_minute_at_most() {
        for (asked, waited) in [(7, 7), (600, 60)] {
            let (gate, start) = (gate(None, None), Instant::now());
            let pass = gate.enter(1).await.unwrap();
            gate.left(pass, Outcome::Refused { status: 429, wait: Some(S(asked)) });
            gate.enter(1).await.unwrap();
            assert_eq!(Instant::now(), start + S(waited));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_circuit_refuses_at_once_and_says_since_when_and_until_when() {
        let gate = gate(Some(5), None);
        for _ in 0..5 {
            let pass = gate.enter(1).await.unwrap();
            gate.left(pass, LOST);
        }
        let refused = Instant::now();
        let Err(Error::Unavailable { provider, reason }) = gate.enter(1).await else { panic!("entered") };
        assert_eq!(Instant::now(), refused, "though the pace has nothing left");
        assert_eq!(provider, "the server");
        let words: Vec<&str> = reason.split(' ').collect();
        let [.., "after", "5", "failures", "in", "a", "row,", "until", until_day, until_time, "UTC"] =
            words[..]
        else {
            panic!("{reason}")
        };
        let ["left", "alone", "since", day, time, "UTC,", ..] = words[..] else { panic!("{reason}") };
        let at = |day: &str, time: &str| format!("{day}T{time}Z").parse::<Timestamp>().unwrap();
        assert_eq!(at(until_day, until_time) - at(day, time), jiff::Span::new().seconds(60).fieldwise());

        tokio::time::advance(S(61)).await;
        let _probe = gate.enter(1).await.unwrap();
        let _probe = gate.enter(1).await.unwrap();
        let Err(Error::Unavailable { reason, .. }) = gate.enter(1).await else { panic!("entered") };
        assert!(reason.ends_with("until the requests that probe it are answered"), "{reason}");
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_the_pace_is_told_when_the_circuit_opens() {
        let (gate, start) = (gate(Some(5), None), Instant::now());
        let mut passes = Vec::new();
        for _ in 0..5 {
            passes.push(gate.enter(1).await.unwrap());
        }
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let gate = Arc::clone(&gate);
                tokio::spawn(async move { gate.enter(1).await })
            })
            .collect();
        tokio::task::yield_now().await;
        for pass in passes {
            gate.left(pass, LOST);
        }
        for waiting in waiting {
            assert!(matches!(waiting.await.unwrap(), Err(Error::Unavailable { .. })));
        }
        assert_eq!(Instant::now(), start);
    }

    #[tokio::test(start_paused = true)]
    async fn who_stops_waiting_keeps_nobody_from_entering() {
        let (gate, start) = (gate(Some(1), None), Instant::now());
        gate.enter(1).await.unwrap();
        let impatient = tokio::time::timeout(S(5), gate.enter(1)).await;
        assert!(impatient.is_err());
        gate.enter(1).await.unwrap();
        assert_eq!(Instant::now(), start + S(60));
    }

    #[tokio::test(start_paused = true)]
    async fn the_slowest_pace_that_was_asked_for_counts() {
        let (gate, start) = (gate(Some(60), None), Instant::now());
        gate.slow_down(Pace { requests_per_minute: Some(2), tokens_per_minute: None });
        gate.slow_down(Pace { requests_per_minute: Some(100), tokens_per_minute: None });
        for _ in 0..3 {
            gate.enter(1).await.unwrap();
        }
        assert_eq!(Instant::now(), start + S(30));
    }
}
