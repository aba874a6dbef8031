//! Stakes on ideas.

use amatelier_types::{Sparks, VentureTier};
use serde::{Deserialize, Serialize};

/// What a venture of one size takes and gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VentureTerms {
    /// Taken when it is proposed.
    pub stake: u32,
    /// What success pays, in tenths of the stake: 35 is 3.5 times.
    pub tenths: u32,
}

/// The terms of every size (rules §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct VentureRules {
    /// 5 at 3.0.
    pub scout: VentureTerms,
    /// 12 at 3.5.
    pub venture: VentureTerms,
    /// 30 at 4.0.
    pub moonshot: VentureTerms,
}

impl VentureTerms {
    /// What success pays: the stake times the multiplier, rounded down.
    pub fn payout(self) -> Sparks {
        let product = u64::from(self.stake).saturating_mul(u64::from(self.tenths));
        Sparks(i64::try_from(product / 10).unwrap_or(i64::MAX))
    }
}

impl Default for VentureRules {
    fn default() -> Self {
        VentureRules {
            scout: VentureTerms { stake: 5, tenths: 30 },
            venture: VentureTerms { stake: 12, tenths: 35 },
            moonshot: VentureTerms { stake: 30, tenths: 40 },
        }
    }
}

impl VentureRules {
    /// The terms of one size.
    pub fn of(&self, tier: VentureTier) -> VentureTerms {
        match tier {
            VentureTier::Scout => self.scout,
            VentureTier::Venture => self.venture,
            VentureTier::Moonshot => self.moonshot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_pays_the_stake_times_the_multiplier_rounded_down() {
        let rules = VentureRules::default();
        for (tier, expected) in
            [(VentureTier::Scout, 15), (VentureTier::Venture, 42), (VentureTier::Moonshot, 120)]
        {
            assert_eq!(rules.of(tier).payout(), Sparks(expected));
        }
        assert_eq!(VentureTerms { stake: 5, tenths: 35 }.payout(), Sparks(17));
        let largest = VentureTerms { stake: u32::MAX, tenths: u32::MAX }.payout();
        assert!(!largest.is_negative());
    }
}
