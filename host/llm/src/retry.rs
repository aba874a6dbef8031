//! Whether a failed request is worth another one, and how long to wait before it.
//!
//! Only the decision is here; sending and sleeping are the provider's. In this order: money that is gone and failures no repetition
//! mends end it; then the server's own `x-should-retry`; then the status (408, 409, 429, 500 and up; a connection that failed; an
//! answer that broke off before its first word); then the number of tries; then the wait the server asks for, up to a bound; else a
//! back-off that doubles. Its jitter comes from the turn's seed, so that a turn that is run again waits the same.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use reqwest::header::HeaderMap;

/// How patient a provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Requests after the first one.
    pub retries: u32,
    /// The first back-off; each further one is twice as long.
    pub first_delay: Duration,
    /// The longest back-off.
    pub longest_delay: Duration,
    /// The longest wait a server may ask for; one that asks for more is given up on.
    pub longest_hint: Duration,
}

impl Default for RetryPolicy {
    /// 2 retries, 0.5 s doubling to 8 s (what the reference client does), and at most a minute for a server that asks: a debate
    /// that stands still longer is better paused.
    fn default() -> Self {
        RetryPolicy {
            retries: 2,
            first_delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(8),
            longest_hint: Duration::from_secs(60),
        }
    }
}

/// What went wrong, as far as a retry is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The connection failed before an answer began.
    Connection,
    /// The answer ended before its first word.
    Cut,
    /// The server refused with this status.
    Status(u16),
    /// The account is empty.
    MoneyGone,
    /// It would go wrong again.
    Final,
}

/// What the server's headers say about retrying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// `x-should-retry`.
    pub(crate) should_retry: Option<bool>,
    /// `retry-after-ms`, else `retry-after`.
    pub(crate) after: Option<Duration>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Ask again after this long.
    Retry(Duration),
    /// Stop; the note says why where the failure itself does not.
    GiveUp(Option<String>),
}

impl RetryPolicy {
    /// What follows the `failures`-th failure (from 1). `jitter`, from 0 to 1, shortens a back-off by up to a quarter.
    pub(crate) fn decide(&self, failures: u32, cause: Cause, hints: Hints, jitter: f64) -> Decision {
        let worth_it = match cause {
            Cause::MoneyGone => {
                return Decision::GiveUp(Some("not retried: the account has no money left".into()));
            }
            Cause::Final => false,
            Cause::Connection | Cause::Cut => true,
            Cause::Status(status) => {
                hints.should_retry.unwrap_or(matches!(status, 408 | 409 | 429) || status >= 500)
            }
        };
        if !worth_it {
            return Decision::GiveUp(None);
        }
        if failures > self.retries {
            let note = (failures > 1).then(|| format!("gave up after {failures} requests"));
            return Decision::GiveUp(note);
        }
        match hints.after {
            Some(after) if after > self.longest_hint => Decision::GiveUp(Some(format!(
                "it asks for a wait of {after:?}, longer than the {:?} we would wait",
                self.longest_hint
            ))),
            Some(after) => Decision::Retry(after),
            None => Decision::Retry(self.back_off(failures, jitter)),
        }
    }

    fn back_off(&self, failures: u32, jitter: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
        let whole = self.first_delay.saturating_mul(doubled).min(self.longest_delay);
        whole.mul_f64(1.0 - 0.25 * jitter.clamp(0.0, 1.0))
    }
}

impl Hints {
    /// Read the headers of an answer that arrived at `now`. What makes no sense is ignored.
    pub(crate) fn read(headers: &HeaderMap, now: Timestamp) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let should_retry = match text("x-should-retry") {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
        let in_ms = text("retry-after-ms").and_then(|text| number(text, 0.001));
        let after = in_ms.or_else(|| {
            let text = text("retry-after")?;
            number(text, 1.0).or_else(|| until(text, now))
        });
        Hints { should_retry, after }
    }
}

/// A decimal number of units of this many seconds.
fn number(text: &str, unit: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse::<f64>().ok()? * unit).ok()
}

/// The time until an HTTP date (RFC 9110 §5.6.7); none is left when it is past.
fn until(date: &str, now: Timestamp) -> Option<Duration> {
    let then = rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    let wait = then.duration_since(now).max(SignedDuration::ZERO);
    Duration::try_from(wait).ok()
}

/// The words by which providers say that no request will be answered until somebody pays. Matched in lower case against error codes
/// and messages; a rate limit, which passes by itself, says none of them.
const MONEY_IS_GONE: [&str; 11] = [
    "insufficient_quota",
    "exceeded_current_quota_error",
    "billing_hard_limit_reached",
    "billing_not_active",
    "enforced_spend_limit_reached",
    "insufficient_credits",
    "insufficient credits",
    "insufficient_balance",
    "insufficient balance",
    "insufficient_funds",
    "credit balance is too low",
];

/// Whether a refusal means that the account is empty. `words` is what the error says, in lower case.
pub(crate) fn money_is_gone(status: u16, words: &str) -> bool {
    status == 402 || MONEY_IS_GONE.iter().any(|phrase| words.contains(phrase))
}

/// The chance in the waits of one call.
#[derive(Debug)]
pub(crate) struct Jitter(ChaCha8Rng);

impl Jitter {
    /// The same for the same turn and call.
    pub(crate) fn new(turn_seed: [u8; 32], call: u32) -> Self {
        let mut dice = ChaCha8Rng::from_seed(turn_seed);
        dice.set_stream(call.into());
        Jitter(dice)
    }

    /// From 0 to 1.
    pub(crate) fn next(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;
    const NONE: Hints = Hints { should_retry: None, after: None };

    #[test]
    fn some_failures_are_worth_a_retry_and_some_are_not() {
        let policy = RetryPolicy::default();
        let retried = |cause, should_retry| {
            let hints = Hints { should_retry, after: None };
            matches!(policy.decide(1, cause, hints, 0.0), Decision::Retry(_))
        };
        for status in [408, 409, 429, 500, 502, 503, 529] {
            assert!(retried(Cause::Status(status), None), "{status}");
            assert!(!retried(Cause::Status(status), Some(false)), "{status}");
        }
        for status in [301, 400, 401, 403, 404, 413, 422] {
            assert!(!retried(Cause::Status(status), None), "{status}");
            assert!(retried(Cause::Status(status), Some(true)), "{status}");
        }
        assert!(retried(Cause::Connection, None) && retried(Cause::Cut, None));
        assert!(!retried(Cause::MoneyGone, Some(true)) && !retried(Cause::Final, Some(true)));
    }

    #[test]
    fn back_off_doubles_to_its_bound_and_jitter_shortens_it() {
        let policy = RetryPolicy { retries: 99, ..RetryPolicy::default() };
        let wait = |failures, jitter| policy.decide(failures, Cause::Status(500), NONE, jitter);
        for (failures, expected) in [(1, 500), (2, 1000), (3, 2000), (5, 8000), (6, 8000), (90, 8000)] {
            assert_eq!(wait(failures, 0.0), Decision::Retry(MS(expected)), "{failures}");
        }
        assert_eq!(wait(1, 1.0), Decision::Retry(MS(375)));
    }

    #[test]
    fn tries_end() {
        let policy = RetryPolicy::default();
        assert!(matches!(policy.decide(2, Cause::Connection, NONE, 0.0), Decision::Retry(_)));
        let note = Some("gave up after 3 requests".into());
        assert_eq!(policy.decide(3, Cause::Connection, NONE, 0.0), Decision::GiveUp(note));
        let once = RetryPolicy { retries: 0, ..policy };
        assert_eq!(once.decide(1, Cause::Connection, NONE, 0.0), Decision::GiveUp(None));
    }

    #[test]
    fn a_hint_is_honoured_up_to_its_bound() {
        let policy = RetryPolicy::default();
        let decide = |after| {
            policy.decide(1, Cause::Status(429), Hints { should_retry: None, after: Some(after) }, 1.0)
        };
        assert_eq!(decide(MS(60_000)), Decision::Retry(MS(60_000)));
        assert_eq!(decide(MS(0)), Decision::Retry(MS(0)));
        let Decision::GiveUp(Some(note)) = decide(MS(60_001)) else { panic!("waited") };
        assert!(note.contains("60.001s") && note.contains("60s"), "{note}");
    }

    #[test]
    fn hints_are_read_from_headers() {
        let now: Timestamp = "2026-08-01T12:00:00Z".parse().unwrap();
        type Row<'a> = (&'a [(&'a str, &'a str)], Option<bool>, Option<Duration>);
        let table: &[Row<'_>] = &[
            (&[], None, None),
            (&[("retry-after-ms", "1500.5")], None, Some(Duration::from_micros(1_500_500))),
            (&[("retry-after-ms", "20"), ("retry-after", "9")], None, Some(MS(20))),
            (&[("retry-after-ms", "soon"), ("retry-after", "9")], None, Some(MS(9000))),
            (&[("retry-after", "0.25")], None, Some(MS(250))),
            (&[("retry-after", "Sat, 01 Aug 2026 12:00:07 GMT")], None, Some(MS(7000))),
            (&[("retry-after", "Sat, 01 Aug 2026 11:00:00 GMT")], None, Some(MS(0))),
            (&[("retry-after", "-3")], None, None),
            (&[("retry-after", "NaN")], None, None),
            (&[("retry-after", "1e300")], None, None),
            (&[("x-should-retry", "true")], Some(true), None),
            (&[("x-should-retry", "false")], Some(false), None),
            (&[("x-should-retry", "maybe")], None, None),
        ];
        for (headers, should_retry, after) in table {
            let headers = headers.iter().map(|(name, value)| {
                (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
            });
            let hints = Hints::read(&headers.collect(), now);
            assert_eq!(hints, Hints { should_retry: *should_retry, after: *after });
        }
    }

    #[test]
    fn an_empty_account_is_told_from_a_rate_limit() {
        assert!(money_is_gone(402, ""));
        assert!(money_is_gone(429, "insufficient_quota you exceeded your current quota"));
        assert!(!money_is_gone(
            429,
            "rate_limit_exceeded you exceeded your current quota of requests per minute"
        ));
    }

    #[test]
    fn jitter_repeats_with_the_turn_and_differs_between_calls() {
        let draw = |seed, call| Jitter::new([seed; 32], call).next().to_bits();
        assert_eq!(draw(1, 1), draw(1, 1));
        assert_ne!(draw(1, 1), draw(1, 2));
        assert_ne!(draw(1, 1), draw(2, 1));
    }
}
