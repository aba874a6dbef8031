//! What was measured of one component so far.

use std::time::Duration;

use amatelier_runtime::{Record, Stop};
use amatelier_types::{FailureKind, Timestamp, Usage};
use hdrhistogram::Histogram;

/// The longest time that is told from longer ones, in microseconds: an hour, which no limit lets a call compute for.
const LONGEST_MICROS: u64 = 3_600_000_000;
/// Digits of a time that count: 1.3 ms is told from 1.4.
const DIGITS: u8 = 2;

/// One call that ended, as far as it is counted.
pub(crate) struct Measured<'a> {
    pub record: &'a Record,
    /// Why it has no result, where it has none.
    pub stop: Option<&'a Stop>,
    /// What its models took.
    pub usage: Usage,
    pub at: Timestamp,
}

/// See the module's documentation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub calls: u64,
    pub durations: Option<Histogram<u64>>,
    pub peak_memory_bytes: u64,
    pub denials: u64,
    pub denied: u64,
    pub limits: u64,
    pub traps: u64,
    pub guest_errors: u64,
    pub host_faults: u64,
    pub input_tokens: u64,
    pub output_tokens: u64,
    pub last_call: Timestamp,
}

impl Tally {
    /// Count one call.
    pub(crate) fn count(&mut self, call: &Measured<'_>) {
        let Measured { record, stop, usage, at } = call;
        self.calls += 1;
        self.lasted(record.inside, 1);
        self.peak_memory_bytes = self.peak_memory_bytes.max(record.peak_memory_bytes);
        self.denials += record.denied.len() as u64;
        self.input_tokens += usage.input_tokens;
        self.output_tokens += usage.output_tokens;
        self.last_call = self.last_call.max(*at);
        // What was suspended is run again: nothing has failed.
        if let Some(Stop::Failed(failure)) = stop {
            *self.failures(failure.kind) += 1;
        }
    }

    /// Add what was counted elsewhere.
    pub(crate) fn add(&mut self, other: &Tally) {
        self.calls += other.calls;
        for [micros, calls] in other.durations() {
            self.lasted(Duration::from_micros(micros), calls);
        }
        self.peak_memory_bytes = self.peak_memory_bytes.max(other.peak_memory_bytes);
        self.denials += other.denials;
        self.denied += other.denied;
        self.limits += other.limits;
        self.traps += other.traps;
        self.guest_errors += other.guest_errors;
        self.host_faults += other.host_faults;
        self.input_tokens += other.input_tokens;
        self.output_tokens += other.output_tokens;
        self.last_call = self.last_call.max(other.last_call);
    }

    fn failures(&mut self, kind: FailureKind) -> &mut u64 {
        match kind {
            FailureKind::Denied => &mut self.denied,
            FailureKind::Limit => &mut self.limits,
            FailureKind::Trap => &mut self.traps,
            FailureKind::GuestError => &mut self.guest_errors,
            FailureKind::HostFault => &mut self.host_faults,
        }
    }

    /// So many calls took so long.
    pub(crate) fn lasted(&mut self, time: Duration, calls: u64) {
        if self.durations.is_none() {
            self.durations = Histogram::new_with_max(LONGEST_MICROS, DIGITS).ok();
        }
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        if let Some(durations) = &mut self.durations {
            durations.saturating_record_n(micros, calls);
        }
    }

    /// Microseconds and how many calls took them, shortest first.
    pub(crate) fn durations(&self) -> Vec<[u64; 2]> {
        let recorded = self.durations.iter().flat_map(|durations| durations.iter_recorded());
        recorded.map(|step| [step.value_iterated_to(), step.count_at_value()]).collect()
    }

    /// The microseconds that this share of the calls, from 0 to 1, did not exceed.
    pub(crate) fn micros_at(&self, share: f64) -> u64 {
        self.durations.as_ref().map_or(0, |durations| durations.value_at_quantile(share))
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Failure;

    use super::*;

    fn call(micros: u64) -> Record {
        Record {
            inside: Duration::from_micros(micros),
            peak_memory_bytes: micros,
            denied: vec!["amatelier:llm/llm.complete".into()],
            ..Record::default()
        }
    }

    fn tally(times: impl IntoIterator<Item = u64>) -> Tally {
        let mut tally = Tally::default();
        for micros in times {
            let usage = Usage { input_tokens: 10, output_tokens: 1, ..Usage::default() };
            let measured =
                Measured { record: &call(micros), stop: None, usage, at: Timestamp(micros as i64) };
            tally.count(&measured);
        }
        tally
    }

    #[test]
    fn half_and_almost_all_of_the_calls_took_no_longer_than_this() {
        let tally = tally((1..=100).map(|step| step * 10));
        assert_eq!((tally.calls, tally.peak_memory_bytes, tally.last_call), (100, 1000, Timestamp(1000)));
        assert_eq!((tally.denials, tally.input_tokens, tally.output_tokens), (100, 1000, 100));
        // Within the two digits that count.
        assert!((500..=505).contains(&tally.micros_at(0.5)), "{}", tally.micros_at(0.5));
        assert!((990..=1000).contains(&tally.micros_at(0.99)), "{}", tally.micros_at(0.99));
        assert_eq!(Tally::default().micros_at(0.5), 0);
    }

    #[test]
    fn failures_are_counted_by_kind_and_what_is_suspended_is_none() {
        let mut tally = Tally::default();
        let kinds = [
            FailureKind::Denied,
            FailureKind::Limit,
            FailureKind::Trap,
            FailureKind::Trap,
            FailureKind::GuestError,
            FailureKind::HostFault,
        ];
        let stops = kinds.map(|kind| Stop::Failed(Failure::new(kind, "no")));
        for stop in stops.iter().chain([&Stop::Suspended("later".into())]) {
            let record = Record::default();
            tally.count(&Measured {
                record: &record,
                stop: Some(stop),
                usage: Usage::default(),
                at: Timestamp(1),
            });
        }
        let Tally { calls, denied, limits, traps, guest_errors, host_faults, .. } = tally;
        assert_eq!((calls, denied, limits, traps, guest_errors, host_faults), (7, 1, 1, 2, 1, 1));
    }

    #[test]
    fn what_is_added_is_as_if_it_had_been_counted_here() {
        let (mut some, more) = (tally([5, 70_000]), tally([5, 900_000]));
        some.add(&more);
        let whole = tally([5, 70_000, 5, 900_000]);
        assert_eq!(some.durations(), whole.durations());
        assert_eq!((some.calls, some.peak_memory_bytes), (4, 900_000));
        // Beyond an hour all are as long.
        let endless = tally([u64::MAX]);
        assert_eq!(endless.durations().len(), 1);
    }
}
