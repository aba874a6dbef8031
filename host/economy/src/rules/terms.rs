//! How a debate pays.

use std::collections::BTreeMap;

use amatelier_types::Sparks;
use serde::{Deserialize, Serialize};

/// The numbers that a debate is settled by. They are recorded when its members enter, so that a setting that changes while it runs, or
/// before it is scored again, changes the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Terms {
    /// What the highest total of a rubric earns: a point of one whose highest total is this earns one spark (rules §4; 40 is four axes
    /// with 10 points each).
    pub award_cap: u32,
    /// For a contribution that the judge rewarded (rules §4).
    pub gate_bonus: u32,
    /// Gate bonuses that count in one debate, of all members together (rules §4).
    pub gates: u32,
    /// What offences cost (rules §4). One that is not named costs nothing.
    pub sanctions: BTreeMap<String, u32>,
    /// For a benched member, per debate that it sits out (rules §4).
    pub bench_pay: u32,
}

impl Default for Terms {
    fn default() -> Self {
        let sanctions = [("redundancy", 3), ("hallucination", 5), ("off-directive", 5)];
        Terms {
            award_cap: 40,
            gate_bonus: 3,
            gates: 3,
            sanctions: sanctions.map(|(offence, cost)| (offence.to_owned(), cost)).into(),
            bench_pay: 2,
        }
    }
}

impl Terms {
    /// What an offence costs.
    pub fn sanction(&self, offence: &str) -> Sparks {
        self.sanctions.get(offence).copied().unwrap_or(0).into()
    }
}
