//! A token bucket: so much a minute, and after a pause a minute's worth at once, as providers count it themselves.
//!
//! Levels are integers in billionths of a unit a minute, so that no rounding lets anything through. What is larger than the bucket
//! passes when it is full, and leaves a debt.

use std::time::Duration;

use tokio::time::Instant;

/// Nanoseconds in a minute: the parts of one unit.
const PARTS: i128 = 60_000_000_000;

/// The bucket.
#[derive(Debug)]
pub(super) struct Bucket {
    /// Units a minute, and its size.
    limit: u32,
    /// In parts; negative is debt.
    level: i128,
    at: Instant,
}

impl Bucket {
    /// A full one. A limit of nothing is a limit of one: a gate that never opens would be a wait without end.
    pub(super) fn new(limit: u32, now: Instant) -> Self {
        let limit = limit.max(1);
        Bucket { limit, level: i128::from(limit) * PARTS, at: now }
    }

    /// Another limit from now on.
    pub(super) fn set_limit(&mut self, limit: u32, now: Instant) {
        self.refill(now);
        self.limit = limit.max(1);
        self.level = self.level.min(self.full());
    }

    /// How long until this much may be taken; none if it may be now.
    pub(super) fn wait(&mut self, amount: u64, now: Instant) -> Option<Duration> {
        self.refill(now);
        let wanted = i128::from(amount.min(self.limit.into())) * PARTS;
        let missing = wanted - self.level;
        if missing <= 0 {
            return None;
        }
        let nanoseconds = (missing + i128::from(self.limit) - 1) / i128::from(self.limit);
        Some(Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX)))
    }

    /// Take it, whether or not it is there.
    pub(super) fn take(&mut self, amount: u64) {
        self.level = self.level.saturating_sub(i128::from(amount).saturating_mul(PARTS));
    }

    /// Put it back.
    pub(super) fn give_back(&mut self, amount: u64) {
        self.level = self.level.saturating_add(i128::from(amount).saturating_mul(PARTS)).min(self.full());
    }

    fn full(&self) -> i128 {
        i128::from(self.limit) * PARTS
    }

    fn refill(&mut self, now: Instant) {
        let elapsed = now.saturating_duration_since(self.at);
        let elapsed = i128::try_from(elapsed.as_nanos()).unwrap_or(i128::MAX);
        let gained = elapsed.saturating_mul(self.limit.into());
        self.level = self.level.saturating_add(gained).min(self.full());
        self.at = self.at.max(now);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn a_minute_s_worth_passes_at_once_and_the_rest_at_the_rate() {
        let start = Instant::now();
        let mut bucket = Bucket::new(60, start);
        for _ in 0..60 {
            assert_eq!(bucket.wait(1, start), None);
            bucket.take(1);
        }
        assert_eq!(bucket.wait(1, start), Some(S(1)));
        assert_eq!(bucket.wait(10, start + S(4)), Some(S(6)));
        assert_eq!(bucket.wait(10, start + S(10)), None);
        assert_eq!(bucket.wait(60, start + S(999)), None, "it does not fill over its size");
        bucket.take(60);
        assert_eq!(bucket.wait(60, start + S(999)), Some(S(60)));
    }

    #[test]
    fn what_is_larger_than_the_bucket_passes_when_it_is_full_and_is_paid_off() {
        let start = Instant::now();
        let mut bucket = Bucket::new(100, start);
        assert_eq!(bucket.wait(300, start), None);
        bucket.take(300);
        assert_eq!(bucket.wait(100, start), Some(S(180)));
        bucket.give_back(250);
        assert_eq!(bucket.wait(50, start), None);
        bucket.give_back(999);
        assert_eq!(bucket.wait(100, start), None);
        bucket.take(100);
        assert_eq!(bucket.wait(1, start), Some(Duration::from_millis(600)), "nor does giving back");
    }

    #[test]
    fn a_new_limit_counts_from_now_on() {
        let start = Instant::now();
        let mut bucket = Bucket::new(600, start);
        bucket.set_limit(6, start);
        assert_eq!(bucket.wait(7, start), None);
        bucket.take(6);
        assert_eq!(bucket.wait(1, start), Some(S(10)));
        bucket.set_limit(0, start + S(5));
        assert_eq!(
            bucket.wait(1, start + S(5)),
            Some(S(30)),
            "half a unit is there, and the rate is one a minute"
        );
    }

    proptest! {
        /// In no span of time does more pass than the bucket holds and what the rate adds.
        #[test]
        fn never_more_than_the_rate_and_one_bucket(
            limit in 1_u32..1000,
            asked in proptest::collection::vec((1_u64..50, 0_u64..3000), 1..100),
        ) {
            let start = Instant::now();
            let (mut bucket, mut now) = (Bucket::new(limit, start), start);
            let mut passed: Vec<(Instant, u64)> = Vec::new();
            for (amount, pause) in asked {
                now += Duration::from_millis(pause);
                let amount = amount.min(limit.into());
                if let Some(wait) = bucket.wait(amount, now) {
                    prop_assert!(bucket.wait(amount, now + wait - Duration::from_nanos(1)).is_some());
                    now += wait;
                    prop_assert_eq!(bucket.wait(amount, now), None, "the wait was too short");
                }
                bucket.take(amount);
                passed.push((now, amount));
            }
            for (first, (from, _)) in passed.iter().enumerate() {
                let mut sum = 0;
                for (at, amount) in &passed[first..] {
                    sum += u128::from(*amount);
                    let rate = u128::from(limit) * (*at - *from).as_nanos();
                    prop_assert!(sum * 60_000_000_000 <= rate + u128::from(limit) * 60_000_000_000);
                }
            }
        }
    }
}
