//! A circuit breaker: an endpoint that fails again and again is left alone for a while.
//!
//! Closed, it lets everything through and counts failures in a row; five open it. Open, it lets nothing through for a minute. Then two
//! requests may probe: if both succeed it closes, if one fails it opens again. What succeeds, fails or says nothing is
//! [`Verdict::of`]'s to decide. Nothing here knows the time; it is told.

use std::time::Duration;

use tokio::time::Instant;

use super::Outcome;

/// Failures in a row that open the circuit.
pub(super) const FAILURES: u32 = 5;
/// How long it stays open.
pub(super) const REST: Duration = Duration::from_secs(60);
/// Probes that must succeed to close it.
pub(super) const PROBES: u32 = 2;

/// What an outcome says about an endpoint's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It answered; a refusal is an answer, too.
    Well,
    /// It did not.
    Ill,
    /// Nothing can be told.
    Silent,
}

impl Verdict {
    /// No connection, a timer, an answer that broke off and a status of 500 and up are failures. A request that makes no sense, or that
    /// nobody may make, is none. An account without money, a rate that is used up, and a caller who stopped say nothing.
    pub(super) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Answered { .. } => Verdict::Well,
            Outcome::Lost => Verdict::Ill,
            Outcome::Refused { status, .. } if status >= 500 => Verdict::Ill,
            Outcome::Refused { status: 402 | 408 | 429, .. } => Verdict::Silent,
            Outcome::Refused { .. } => Verdict::Well,
            Outcome::NotSent | Outcome::Abandoned => Verdict::Silent,
        }
    }
}

/// The circuit is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    /// Since the failure that opened it first.
    pub(super) since: Instant,
    /// When probes may leave; none while they are under way.
    pub(super) until: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed { failures: u32 },
    Open { since: Instant, until: Instant },
    Probing { since: Instant, under_way: u32, passed: u32 },
}

/// The circuit of one endpoint.
#[derive(Debug)]
pub(super) struct Breaker {
    state: State,
    /// Counts changes of state, so that what entered before one says nothing after it.
    epoch: u64,
}

impl Breaker {
    pub(super) fn new() -> Self {
        Breaker { state: State::Closed { failures: 0 }, epoch: 0 }
    }

    /// Whether a request could enter now.
    pub(super) fn check(&self, now: Instant) -> Result<(), Open> {
        match self.state {
            State::Open { since, until } if now < until => Err(Open { since, until: Some(until) }),
            State::Probing { since, under_way, passed } if under_way + passed >= PROBES => {
                Err(Open { since, until: None })
            }
            State::Closed { .. } | State::Open { .. } | State::Probing { .. } => Ok(()),
        }
    }

    /// A request enters; the epoch is given back with its verdict.
    pub(super) fn enter(&mut self, now: Instant) -> Result<u64, Open> {
        self.check(now)?;
        match &mut self.state {
            State::Closed { .. } => {}
            State::Open { since, .. } => {
                let since = *since;
                self.change(State::Probing { since, under_way: 1, passed: 0 });
            }
            State::Probing { under_way, .. } => *under_way += 1,
        }
        Ok(self.epoch)
    }

    /// A request that entered in this epoch is over.
    pub(super) fn settle(&mut self, epoch: u64, verdict: Verdict, now: Instant) {
        if epoch != self.epoch {
            return;
        }
        let next = match (&mut self.state, verdict) {
            (State::Closed { .. }, Verdict::Silent) | (State::Open { .. }, _) => return,
            (State::Closed { failures }, Verdict::Well) => {
                *failures = 0;
                return;
            }
            (State::Closed { failures }, Verdict::Ill) => {
                *failures += 1;
                if *failures < FAILURES {
                    return;
                }
                State::Open { since: now, until: now + REST }
            }
            (State::Probing { since, .. }, Verdict::Ill) => State::Open { since: *since, until: now + REST },
            (State::Probing { under_way, passed, .. }, verdict) => {
                *under_way = under_way.saturating_sub(1);
                *passed += u32::from(verdict == Verdict::Well);
                if *passed < PROBES {
                    return;
                }
                State::Closed { failures: 0 }
            }
        };
        self.change(next);
    }

    fn change(&mut self, next: State) {
        self.state = next;
        self.epoch += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        Verdict::{Ill, Silent, Well},
        *,
    };

    const S: fn(u64) -> Duration = Duration::from_secs;

    fn failed(breaker: &mut Breaker, times: u32, now: Instant) {
        for _ in 0..times {
            let epoch = breaker.enter(now).unwrap();
            breaker.settle(epoch, Ill, now);
        }
    }

    #[test]
    fn outcomes_are_sorted_into_well_ill_and_silent() {
        let refused = |status| Outcome::Refused { status, wait: None };
        for (outcome, expected) in [
            (Outcome::Answered { tokens: 0 }, Well),
            (Outcome::Lost, Ill),
            (refused(500), Ill),
            (refused(503), Ill),
            (refused(529), Ill),
            (refused(400), Well),
            (refused(401), Well),
            (refused(404), Well),
            (refused(413), Well),
            (refused(402), Silent),
            (refused(408), Silent),
            (refused(429), Silent),
            (Outcome::NotSent, Silent),
            (Outcome::Abandoned, Silent),
        ] {
            assert_eq!(Verdict::of(outcome), expected, "{outcome:?}");
        }
    }

    #[test]
    fn five_failures_in_a_row_open_it_for_a_minute_and_two_probes_close_it() {
        let (mut breaker, start) = (Breaker::new(), Instant::now());
        failed(&mut breaker, 4, start);
        let epoch = breaker.enter(start).unwrap();
        breaker.settle(epoch, Well, start);
        failed(&mut breaker, 4, start);
        let epoch = breaker.enter(start).unwrap();
        breaker.settle(epoch, Silent, start);
        assert!(breaker.check(start).is_ok(), "four, and a silence, do not open it");
        failed(&mut breaker, 1, start + S(1));

        let since = start + S(1);
        let shut = Open { since, until: Some(start + S(61)) };
        assert_eq!(breaker.enter(start + S(1)), Err(shut));
        assert_eq!(breaker.enter(start + S(60)), Err(shut));
        let first = breaker.enter(start + S(61)).unwrap();
        let second = breaker.enter(start + S(62)).unwrap();
        assert_eq!(breaker.enter(start + S(62)), Err(Open { since, until: None }), "no third probe");
        breaker.settle(first, Well, start + S(63));
        assert_eq!(breaker.enter(start + S(63)), Err(Open { since, until: None }));
        breaker.settle(second, Well, start + S(64));
        failed(&mut breaker, 4, start + S(64));
        assert!(breaker.check(start + S(64)).is_ok(), "closed, and counts from nothing");
    }

    #[test]
    fn a_probe_that_fails_opens_it_again_and_one_that_says_nothing_makes_room() {
        let (mut breaker, start) = (Breaker::new(), Instant::now());
        failed(&mut breaker, 5, start);
        let first = breaker.enter(start + S(60)).unwrap();
        let second = breaker.enter(start + S(60)).unwrap();
        breaker.settle(first, Silent, start + S(61));
        let third = breaker.enter(start + S(61)).unwrap();
        breaker.settle(third, Ill, start + S(62));
        assert_eq!(breaker.enter(start + S(62)), Err(Open { since: start, until: Some(start + S(122)) }));
        breaker.settle(second, Well, start + S(63));
        assert!(breaker.check(start + S(121)).is_err(), "the other probe comes too late to say anything");
    }

    #[test]
    fn what_entered_before_it_opened_says_nothing_afterwards() {
        let (mut breaker, start) = (Breaker::new(), Instant::now());
        let early: Vec<u64> = (0..7).map(|_| breaker.enter(start).unwrap()).collect();
        for epoch in &early[..5] {
            breaker.settle(*epoch, Ill, start);
        }
        breaker.settle(early[5], Well, start + S(1));
        assert!(breaker.check(start + S(1)).is_err());
        let probe = breaker.enter(start + S(60)).unwrap();
        breaker.settle(early[6], Ill, start + S(61));
        breaker.settle(probe, Well, start + S(62));
        let probe = breaker.enter(start + S(62)).unwrap();
        breaker.settle(probe, Well, start + S(62));
        failed(&mut breaker, 4, start + S(62));
        assert!(breaker.check(start + S(62)).is_ok());
    }

    proptest! {
        /// Whatever happens: while it is open nothing enters, at most two probes are under way, and it never stays shut for ever.
        #[test]
        fn it_rests_a_minute_probes_with_two_and_always_opens_up_again(
            steps in proptest::collection::vec((0_u8..4, 0_usize..8, 0_u64..40), 0..200),
        ) {
            let (mut breaker, mut now) = (Breaker::new(), Instant::now());
            let mut under_way: Vec<u64> = Vec::new();
            for (step, which, seconds) in steps {
                now += S(seconds);
                match step {
                    0 => if let Ok(epoch) = breaker.enter(now) { under_way.push(epoch) },
                    _ if under_way.is_empty() => {}
                    step => {
                        let epoch = under_way.swap_remove(which % under_way.len());
                        let verdict = if step == 1 { Well } else if step == 2 { Ill } else { Silent };
                        breaker.settle(epoch, verdict, now);
                    }
                }
                match breaker.state {
                    State::Open { since, until } => {
                        prop_assert!(since <= now && until <= now + REST);
                        prop_assert_eq!(breaker.check(now).is_err(), now < until);
                    }
                    State::Probing { under_way: probes, passed, .. } => {
                        prop_assert!(probes + passed <= PROBES && passed < PROBES);
                        let ours = under_way.iter().filter(|epoch| **epoch == breaker.epoch).count();
                        prop_assert_eq!(ours, probes as usize);
                    }
                    State::Closed { failures } => prop_assert!(failures < FAILURES),
                }
            }
            // Everything under way ends well: a minute later somebody may enter.
            for epoch in under_way {
                breaker.settle(epoch, Well, now);
            }
            prop_assert!(breaker.check(now + REST).is_ok());
        }
    }
}
