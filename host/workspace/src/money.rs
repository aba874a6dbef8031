//! What may be spent on models.

use std::{fmt, str::FromStr};

use amatelier_types::{BadAmount, MicroUsd};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount of money that is not to be exceeded, or none. Written as dollars (`2.50`) or as `none`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CostCap(pub Option<MicroUsd>);

impl FromStr for CostCap {
    type Err = BadAmount;

    fn from_str(text: &str) -> Result<Self, BadAmount> {
        match text {
            "none" => Ok(CostCap(None)),
            amount => amount.parse().map(|amount| CostCap(Some(amount))),
        }
    }
}

impl fmt::Display for CostCap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(amount) => f.write_str(amount.to_string().trim_start_matches('$')),
            None => f.write_str("none"),
        }
    }
}

impl Serialize for CostCap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CostCap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// What may be spent on models. A request whose worst case could exceed one of these is not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Money {
    /// On a debate.
    pub max_cost: CostCap,
    /// On one call of a debate.
    pub max_cost_per_call: CostCap,
    /// On one member in one debate.
    pub max_cost_per_member: CostCap,
    /// In a day of UTC, on all debates of a workspace.
    pub max_cost_per_day: CostCap,
    /// In a month of UTC, on all debates of a workspace.
    pub max_cost_per_month: CostCap,
}

impl Default for Money {
    fn default() -> Self {
        // Nobody's first debate should be a surprise: it costs cents on most models, and stops for a question on the dearest.
        let two_dollars = CostCap(Some(MicroUsd(2_000_000)));
        Money {
            max_cost: two_dollars,
            max_cost_per_call: CostCap::default(),
            max_cost_per_member: CostCap::default(),
            max_cost_per_day: CostCap::default(),
            max_cost_per_month: CostCap::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_is_read_and_written_in_dollars() {
        for (text, written) in [("none", "none"), ("2", "2.00"), ("$0.000001", "0.000001"), ("0", "0.00")] {
            let cap: CostCap = text.parse().unwrap();
            assert_eq!(cap.to_string(), written);
            assert_eq!(written.parse(), Ok(cap));
        }
        assert!("None".parse::<CostCap>().is_err() && "much".parse::<CostCap>().is_err());
    }
}
