//! Sparks: what members earn and spend.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub},
};

use serde::{Deserialize, Serialize};

/// An amount of sparks, whole and signed: a posting takes or gives, and a balance may fall below zero. Arithmetic stops at the ends
/// of the range instead of leaving it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sparks(pub i64);

impl Sparks {
    /// None at all.
    pub const ZERO: Sparks = Sparks(0);

    /// Whether it is less than nothing.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl From<u32> for Sparks {
    fn from(amount: u32) -> Self {
        Sparks(i64::from(amount))
    }
}

impl fmt::Display for Sparks {
    /// With the unit: `1 spark`, `-12 sparks`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.0.unsigned_abs() == 1 { "spark" } else { "sparks" };
        write!(f, "{} {unit}", self.0)
    }
}

impl Add for Sparks {
    type Output = Sparks;

    fn add(self, other: Sparks) -> Sparks {
        Sparks(self.0.saturating_add(other.0))
    }
}

impl Sub for Sparks {
    type Output = Sparks;

    fn sub(self, other: Sparks) -> Sparks {
        Sparks(self.0.saturating_sub(other.0))
    }
}

impl Neg for Sparks {
    type Output = Sparks;

    fn neg(self) -> Sparks {
        Sparks(self.0.saturating_neg())
    }
}

impl AddAssign for Sparks {
    fn add_assign(&mut self, other: Sparks) {
        *self = *self + other;
    }
}

impl Sum for Sparks {
    fn sum<I: Iterator<Item = Sparks>>(amounts: I) -> Self {
        amounts.fold(Sparks::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparks_are_shown_with_their_unit() {
        for (amount, expected) in [(0, "0 sparks"), (1, "1 spark"), (-1, "-1 spark"), (12, "12 sparks")] {
            assert_eq!(Sparks(amount).to_string(), expected);
        }
    }

    #[test]
    fn sums_stop_at_the_ends_of_the_range() {
        assert_eq!(Sparks(i64::MAX) + Sparks(1), Sparks(i64::MAX));
        assert_eq!(Sparks(i64::MIN) - Sparks(1), Sparks(i64::MIN));
        assert_eq!(-Sparks(i64::MIN), Sparks(i64::MAX));
        assert_eq!([Sparks(2), Sparks(-5)].into_iter().sum::<Sparks>(), Sparks(-3));
    }
}
