//! What a debate costs.

use std::collections::BTreeMap;

use amatelier_types::Sparks;
use serde::{Deserialize, Serialize};

/// Entry fees by the label of the member's model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Fees {
    /// By label (rules §4). A label that the operator adds sets its own.
    pub labels: BTreeMap<String, u32>,
    /// For a label that sets none: the smallest of the table, as in §2 of the facts.
    pub otherwise: u32,
}

impl Default for Fees {
    fn default() -> Self {
        let labels = [("haiku", 5), ("flash", 5), ("sonnet", 8), ("opus", 15)];
        Fees { labels: labels.map(|(label, fee)| (label.to_owned(), fee)).into(), otherwise: 5 }
    }
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
