//! What assignments and tiers are good for.

use serde::{Deserialize, Serialize};

/// Tiers count from 0, where everybody starts; what a tier costs is in the store's catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Tiers {
    /// Assignments that tier 1, 2, … need (§9 of the facts); there are as many tiers above 0 as numbers here.
    pub assignments: Vec<u32>,
    /// Places for skills of tier 0, 1, … (rules §5); a tier beyond the list has those of the last.
    pub slots: Vec<u32>,
}

impl Default for Tiers {
    fn default() -> Self {
        Tiers { assignments: vec![5, 10, 20], slots: vec![2, 3, 4, 6] }
    }
}

impl Tiers {
    /// The highest tier there is.
    pub fn highest(&self) -> u32 {
        u32::try_from(self.assignments.len()).unwrap_or(u32::MAX)
    }

    /// Assignments that a tier needs; none where there is no such tier.
    pub fn needed(&self, tier: u32) -> Option<u32> {
        let Some(place) = tier.checked_sub(1) else { return Some(0) };
        self.assignments.get(usize::try_from(place).ok()?).copied()
    }

    /// Places for skills that a tier has.
    pub fn slots(&self, tier: u32) -> u32 {
        let place = usize::try_from(tier).unwrap_or(usize::MAX);
        self.slots.get(place).or(self.slots.last()).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_count_from_zero() {
        let tiers = Tiers::default();
        for (tier, needed, slots) in
            [(0, Some(0), 2), (1, Some(5), 3), (2, Some(10), 4), (3, Some(20), 6), (4, None, 6)]
        {
            assert_eq!((tiers.needed(tier), tiers.slots(tier)), (needed, slots), "{tier}");
        }
        assert_eq!(tiers.highest(), 3);
    }
}
