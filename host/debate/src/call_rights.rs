//! What the component of one turn may do, as it was when the turn was called.

use std::collections::{BTreeMap, BTreeSet};

use amatelier_types::{Capabilities, Capability};
use serde::{Deserialize, Serialize};

/// Capabilities, each with the labels of the models that it is limited to; none means all that the operator has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallRights(BTreeMap<Capability, Option<BTreeSet<String>>>);

impl CallRights {
    /// The capabilities alone.
    pub fn capabilities(&self) -> Capabilities {
        self.0.keys().copied().collect()
    }

    /// In the order of their capabilities.
    pub fn iter(&self) -> impl Iterator<Item = (Capability, Option<&BTreeSet<String>>)> {
        self.0.iter().map(|(capability, labels)| (*capability, labels.as_ref()))
    }

    /// The labels that a capability is limited to; none where it is not limited, or not there at all.
    pub fn labels(&self, capability: Capability) -> Option<&BTreeSet<String>> {
        self.0.get(&capability)?.as_ref()
    }
}

impl FromIterator<(Capability, Option<BTreeSet<String>>)> for CallRights {
    fn from_iter<I: IntoIterator<Item = (Capability, Option<BTreeSet<String>>)>>(rights: I) -> Self {
        CallRights(rights.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_read_as_they_were_written() {
        let haiku = BTreeSet::from(["haiku".to_owned()]);
        let rights: CallRights =
            [(Capability::LlmComplete, Some(haiku.clone())), (Capability::Notebook, None)]
                .into_iter()
                .collect();
        let text = serde_json::to_string(&rights).unwrap();
        assert_eq!(text, r#"{"llm.complete":["haiku"],"notebook":null}"#);
        assert_eq!(serde_json::from_str::<CallRights>(&text).unwrap(), rights);
        assert_eq!(rights.labels(Capability::LlmComplete), Some(&haiku));
        assert_eq!(rights.labels(Capability::Notebook), None);
        assert_eq!(rights.capabilities(), [Capability::LlmComplete, Capability::Notebook].into());
    }
}
