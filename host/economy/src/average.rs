//! Average marks, exactly.

use std::cmp::Ordering;

use amatelier_types::Sparks;

/// What a member's debates earned by their marks, on average: awards, so that rubrics with other totals compare. Two averages are the
/// same if they are equal as fractions; nobody has less than who was never scored.
#[derive(Clone, Copy, Debug, Default)]
pub struct Average {
    total: Sparks,
    debates: u32,
}

impl Average {
    /// Take one more debate in.
    pub(crate) fn add(&mut self, award: Sparks) {
        self.total += award;
        self.debates = self.debates.saturating_add(1);
    }

    /// How many debates it is of.
    pub fn debates(self) -> u32 {
        self.debates
    }

    /// The average in hundredths, rounded down; 0 where there was no debate.
    pub fn hundredths(self) -> i64 {
        let hundredths = i128::from(self.total.0) * 100;
        let average = hundredths.checked_div_euclid(i128::from(self.debates)).unwrap_or(0);
        i64::try_from(average).unwrap_or(i64::MAX)
    }
}

impl PartialEq for Average {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Average {}

impl PartialOrd for Average {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Average {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.debates, other.debates) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            (mine, theirs) => {
                let left = i128::from(self.total.0) * i128::from(theirs);
                left.cmp(&(i128::from(other.total.0) * i128::from(mine)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn average(awards: &[i64]) -> Average {
        awards.iter().fold(Average::default(), |mut average, award| {
            average.add(Sparks(*award));
            average
        })
    }

    #[test]
    fn averages_compare_as_fractions() {
        for (left, right, expected) in [
            (&[1, 2][..], &[3, 6, 0, 0, 0, 0][..], Ordering::Equal),
            (&[5], &[4, 4, 6], Ordering::Greater),
            (&[], &[-3], Ordering::Less),
            (&[], &[], Ordering::Equal),
        ] {
            assert_eq!(average(left).cmp(&average(right)), expected, "{left:?} {right:?}");
        }
        assert_eq!(average(&[4, 5, 5]).hundredths(), 466);
        assert_eq!(average(&[-1, 0, 0]).hundredths(), -34);
        assert_eq!(average(&[]).hundredths(), 0);
    }
}
