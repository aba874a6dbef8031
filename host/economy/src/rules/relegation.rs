//! When the operator is asked about a member, and what the bench is.

use serde::{Deserialize, Serialize};

/// The numbers of relegation (rules §4). What the bench pays is one of the [`Terms`](crate::Terms) of a debate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct RelegationRules {
    /// Net-negative debates in a row; 0 asks never.
    pub streak: u32,
    /// Debates after which a benched member is back.
    pub bench: u32,
    /// Workers that stay in any case.
    pub workers: u32,
}

impl Default for RelegationRules {
    fn default() -> Self {
        RelegationRules { streak: 3, bench: 3, workers: 2 }
    }
}
