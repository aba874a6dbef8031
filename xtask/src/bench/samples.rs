//! Numbers that were measured.

use std::time::Duration;

/// At least one number, sorted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// None where there is no number.
    pub(crate) fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut numbers: Vec<f64> = numbers.into_iter().collect();
        numbers.sort_by(f64::total_cmp);
        (!numbers.is_empty()).then_some(Samples(numbers))
    }

    /// Of times, in seconds.
    pub(crate) fn of_times(times: impl IntoIterator<Item = Duration>) -> Option<Self> {
        Samples::of(times.into_iter().map(|time| time.as_secs_f64()))
    }

    /// The number below which this part of them lies: 0.5 for the median.
    pub(crate) fn quantile(&self, part: f64) -> f64 {
        let place = (self.0.len() - 1) as f64 * part;
        self.0.get(place.round() as usize).copied().unwrap_or_default()
    }

    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    pub(crate) fn p99(&self) -> f64 {
        self.quantile(0.99)
    }

    pub(crate) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter() {
        let samples = Samples::of([3.0, 1.0, 2.0, 10.0, 4.0]).unwrap();
        assert_eq!((samples.median(), samples.p99(), samples.mean()), (3.0, 10.0, 4.0));
        assert_eq!(Samples::of([]), None);
    }
}
