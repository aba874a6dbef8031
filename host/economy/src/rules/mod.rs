//! The numbers of the economy. Each names where it comes from: "rules §4" is the design's chapter "Sparks", "§8 of the facts" the
//! reference to the Python system. All are configuration; amounts are unsigned where a rule gives or takes in one direction only, so
//! that no setting can turn a fee into a gift.

mod bounds;
mod fees;
mod relegation;
mod terms;
mod tiers;
mod ventures;

use serde::{Deserialize, Serialize};

pub use bounds::Bounds;
pub use fees::Fees;
pub use relegation::RelegationRules;
pub use terms::Terms;
pub use tiers::Tiers;
pub use ventures::{VentureRules, VentureTerms};

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Rules {
    /// What a member starts with (rules §4).
    pub opening_balance: u32,
    /// How a debate pays.
    pub terms: Terms,
    /// What a debate costs.
    pub fees: Fees,
    /// Stakes on ideas.
    pub ventures: VentureRules,
    /// For each member whose proposal was implemented (rules §4).
    pub outcome_bonus: u32,
    /// When the operator is asked about a member.
    pub relegation: RelegationRules,
    /// What assignments and tiers are good for.
    pub tiers: Tiers,
    /// The age in debates at which a public request expires (rules §5).
    pub request_expires: u32,
    /// The most that an item of the store may do or cost.
    pub bounds: Bounds,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            opening_balance: 30,
            terms: Terms::default(),
            fees: Fees::default(),
            ventures: VentureRules::default(),
            outcome_bonus: 5,
            relegation: RelegationRules::default(),
            tiers: Tiers::default(),
            request_expires: 3,
            bounds: Bounds::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_changes_one_number_and_leaves_the_others() {
        let rules: Rules =
            toml::from_str("opening-balance = 50\n[ventures.scout]\nstake = 6\ntenths = 20\n").unwrap();
        assert_eq!(rules.opening_balance, 50);
        assert_eq!(rules.ventures.scout.stake, 6);
        assert_eq!(
            (rules.terms, rules.ventures.moonshot),
            (Terms::default(), VentureRules::default().moonshot)
        );
        for bad in ["opening-balance = -1", "openning-balance = 3", "[terms]\ngate-bonus = -3"] {
            assert!(toml::from_str::<Rules>(bad).is_err(), "{bad}");
        }
    }
}
