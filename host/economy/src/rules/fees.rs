//! What a debate costs.

use std::collections::BTreeMap;

use amatelier_types::Sparks;
use serde::{Deserialize, Deserializer, Serialize};

/// Entry fees by the label of the member's model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Fees {
    /// By label (rules §4). A label that the operator adds sets its own, and leaves those of the others as they are.
    #[serde(deserialize_with = "beside_the_others")]
    pub labels: BTreeMap<String, u32>,
    /// For a label that sets none: the smallest of the table, as in §2 of the facts.
    pub otherwise: u32,
}

impl Default for Fees {
    fn default() -> Self {
        Fees { labels: labels(), otherwise: 5 }
    }
}

/// The fees that there are without the operator.
fn labels() -> BTreeMap<String, u32> {
    let labels = [("haiku", 5), ("flash", 5), ("sonnet", 8), ("opus", 15)];
    labels.map(|(label, fee)| (label.to_owned(), fee)).into()
}

fn beside_the_others<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, u32>, D::Error> {
    let mut all = labels();
    all.extend(BTreeMap::<String, u32>::deserialize(deserializer)?);
    Ok(all)
}

impl Fees {
    /// What a member pays that runs as this label. A provider may stand before it, as in `openrouter:opus`: the model is the same.
    pub fn of(&self, label: &str) -> Sparks {
        let behind = || label.split_once(':').and_then(|(_, behind)| self.labels.get(behind.trim()));
        self.labels.get(label).or_else(behind).copied().unwrap_or(self.otherwise).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_of_ones_own_leaves_the_others_as_they_are() {
        let fees: Fees = toml::from_str("[labels]\nthorough = 20\nopus = 12\n").unwrap();
        for (label, fee) in [("thorough", 20), ("opus", 12), ("sonnet", 8), ("other", 5)] {
            assert_eq!(fees.of(label), Sparks(fee), "{label}");
        }
    }

    #[test]
    fn a_model_costs_the_same_whoever_provides_it() {
        let mut fees = Fees::default();
        fees.labels.insert("house:special".into(), 3);
        for (label, fee) in [
            ("opus", 15),
            ("openrouter:opus", 15),
            ("anthropic: sonnet", 8),
            ("ollama:qwen3:4b", 5),
            ("house:special", 3),
            ("special", 5),
            ("", 5),
        ] {
            assert_eq!(fees.of(label), Sparks(fee), "{label}");
        }
    }
}
