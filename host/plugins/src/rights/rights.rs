//! A set of capabilities with their options.

use std::collections::{BTreeMap, BTreeSet};

use amatelier_types::{Capabilities, Capability, Sha256};
use serde_json::{Map, Value, json};

use crate::{Manifest, document::canonical};

/// What one capability is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Right {
    /// The labels of the models that may be asked; none means all that the operator has.
    pub labels: Option<BTreeSet<String>>,
}

/// Capabilities, each with its limits. What is not in it is not allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights(BTreeMap<Capability, Right>);

impl Rights {
    /// Nothing at all.
    pub fn none() -> Self {
        Rights::default()
    }

    /// Everything there is: the ceiling of a host that sets none.
    pub fn all() -> Self {
        Capability::ALL.into_iter().map(|capability| (capability, Right::default())).collect()
    }

    /// Everything that a manifest asks for.
    pub fn asked_by(manifest: &Manifest) -> Self {
        manifest
            .asks
            .iter()
            .map(|(capability, ask)| (*capability, Right { labels: ask.labels.clone() }))
            .collect()
    }

    /// What a plugin may do in the end: what it asks for, as far as it is granted, as far as the host allows it. Without a grant, nothing.
    pub fn effective(manifest: &Manifest, granted: Option<&Rights>, ceiling: &Rights) -> Self {
        granted.map_or_else(Rights::none, |granted| Rights::asked_by(manifest).and(granted).and(ceiling))
    }

    /// What both allow. A capability whose labels have nothing in common is not allowed at all.
    #[must_use]
    pub fn and(&self, other: &Rights) -> Self {
        let both = |(capability, right): (&Capability, &Right)| {
            let labels = match (&right.labels, &other.0.get(capability)?.labels) {
                (None, labels) | (labels, None) => labels.clone(),
                (Some(some), Some(others)) => {
                    let common: BTreeSet<_> = some & others;
                    Some(common).filter(|common| !common.is_empty()).map(Some)?
                }
            };
            Some((*capability, Right { labels }))
        };
        self.0.iter().filter_map(both).collect()
    }

    /// What either allows.
    #[must_use]
    pub fn or(&self, other: &Rights) -> Self {
        let mut either = self.clone();
        for (capability, right) in &other.0 {
            let labels = match (either.0.get(capability), &right.labels) {
                (Some(Right { labels: Some(some) }), Some(others)) => Some(some | others),
                (Some(_), _) => None,
                (None, labels) => labels.clone(),
            };
            either.0.insert(*capability, Right { labels });
        }
        either
    }

    /// These without one capability.
    #[must_use]
    pub fn without(&self, capability: Capability) -> Self {
        self.0
            .iter()
            .filter(|(own, _)| **own != capability)
            .map(|(own, right)| (*own, right.clone()))
            .collect()
    }

    /// What one capability is limited to, if it is allowed.
    pub fn get(&self, capability: Capability) -> Option<&Right> {
        self.0.get(&capability)
    }

    /// The capabilities alone.
    pub fn capabilities(&self) -> Capabilities {
        self.0.keys().copied().collect()
    }

    /// In the order of their capabilities.
    pub fn iter(&self) -> impl Iterator<Item = (Capability, &Right)> {
        self.0.iter().map(|(capability, right)| (*capability, right))
    }

    /// Whether nothing is allowed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The hash of their canonical form: what a lock remembers of a grant.
    pub fn hash(&self) -> Sha256 {
        let rights: Map<String, Value> = self
            .iter()
            .map(|(capability, right)| {
                let limits = match &right.labels {
                    Some(labels) => json!({ "labels": labels }),
                    None => json!({}),
                };
                (capability.to_string(), limits)
            })
            .collect();
        Sha256::of(canonical(&rights.into()).as_bytes())
    }
}

impl FromIterator<(Capability, Right)> for Rights {
    fn from_iter<I: IntoIterator<Item = (Capability, Right)>>(rights: I) -> Self {
        Rights(rights.into_iter().collect())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use amatelier_types::Capability::{LlmComplete, MarketBuy, StewardRead};
    use proptest::prelude::*;

    use super::*;
    use crate::manifest::tests::socratic;

    pub(crate) fn right(labels: &[&str]) -> Right {
        let labels = (!labels.is_empty()).then(|| labels.iter().map(|label| (*label).into()).collect());
        Right { labels }
    }

    pub(crate) fn rights(list: &[(Capability, &[&str])]) -> Rights {
        list.iter().map(|(capability, labels)| (*capability, right(labels))).collect()
    }

    #[test]
    fn what_is_effective_is_asked_for_and_granted_and_allowed() {
        let asked = Rights::asked_by(&socratic());
        assert_eq!(asked, rights(&[(LlmComplete, &["haiku"]), (StewardRead, &[])]));
        for (granted, ceiling, expected) in [
            (None, Rights::all(), Rights::none()),
            (Some(Rights::none()), Rights::all(), Rights::none()),
            (Some(Rights::all()), Rights::all(), asked.clone()),
            (Some(Rights::all()), Rights::none(), Rights::none()),
            (
                Some(rights(&[(StewardRead, &[]), (MarketBuy, &[])])),
                Rights::all(),
                rights(&[(StewardRead, &[])]),
            ),
            (
                Some(rights(&[(LlmComplete, &["haiku", "opus"])])),
                Rights::all(),
                rights(&[(LlmComplete, &["haiku"])]),
            ),
            (Some(rights(&[(LlmComplete, &["opus"])])), Rights::all(), Rights::none()),
            (Some(Rights::all()), rights(&[(LlmComplete, &["opus"])]), Rights::none()),
        ] {
            assert_eq!(Rights::effective(&socratic(), granted.as_ref(), &ceiling), expected, "{granted:?}");
        }
    }

    #[test]
    fn grants_add_up_and_come_apart() {
        let (some, other) =
            (rights(&[(LlmComplete, &["a"])]), rights(&[(LlmComplete, &["b"]), (MarketBuy, &[])]));
        assert_eq!(some.or(&other), rights(&[(LlmComplete, &["a", "b"]), (MarketBuy, &[])]));
        assert_eq!(some.or(&rights(&[(LlmComplete, &[])])), rights(&[(LlmComplete, &[])]));
        assert_eq!(some.without(LlmComplete), Rights::none());
        assert_ne!(some.hash(), other.hash());
        assert_ne!(some.hash(), rights(&[(LlmComplete, &[])]).hash());
    }

    fn any_rights() -> impl Strategy<Value = Rights> {
        let labels = proptest::option::of(proptest::collection::btree_set("[a-c]", 1..3));
        proptest::collection::btree_map(0..Capability::ALL.len(), labels, 0..5).prop_map(|map| {
            map.into_iter().map(|(at, labels)| (Capability::ALL[at], Right { labels })).collect()
        })
    }

    proptest! {
        #[test]
        fn nothing_comes_out_that_both_did_not_put_in(a in any_rights(), b in any_rights()) {
            let both = a.and(&b);
            prop_assert_eq!(&both, &b.and(&a));
            for (capability, right) in both.iter() {
                for own in [&a, &b] {
                    let own = &own.get(capability).unwrap().labels;
                    let within = match (&right.labels, own) {
                        (Some(labels), Some(own)) => labels.is_subset(own),
                        (None, Some(_)) => false,
                        (_, None) => true,
                    };
                    prop_assert!(within);
                }
            }
            let either = a.or(&b);
            prop_assert_eq!(either.and(&a), a);
        }
    }
}
