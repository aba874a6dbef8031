//! What an update asks for, held against what its predecessor was granted.
//!
//! Other bytes have no grant. An update that asks for nothing more gets, on install, what was granted to the one before, as far as it
//! still asks for it; one that asks for more is held until the operator says yes, and this says in words what is more.

use std::{collections::BTreeSet, fmt};

use amatelier_types::Capability;

use super::{Right, Rights, in_words, sheet::labels_in_words};
use crate::{InterfaceName, Manifest, plain_text::Escaped};

/// What is different between what was granted and what is asked for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateDiff {
    /// Every difference, in the order of capabilities.
    pub changes: Vec<Change>,
    /// What the update may do without another word: what it asks for and what was granted before.
    pub carried: Rights,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It asks for something that its predecessor did not ask for, and that is not granted.
    More {
        /// What.
        capability: Capability,
        /// Why, as its author says.
        reason: String,
    },
    /// It asks for a capability that it has, for models that it has not.
    MoreModels {
        /// Which capability.
        capability: Capability,
        /// The labels that are new; empty means all there are.
        labels: Vec<String>,
        /// Why, as its author says.
        reason: String,
    },
    /// It can be called for something that its predecessor could not be called for.
    MoreWorlds {
        /// Interfaces, without their versions, sorted.
        worlds: Vec<String>,
    },
    /// It asks again for what its predecessor asked for and was not given.
    StillRefused {
        /// What.
        capability: Capability,
    },
    /// It asks no longer for something that was granted.
    Less {
        /// What.
        capability: Capability,
    },
}

impl UpdateDiff {
    /// Compare what an update asks for with what its predecessor asked for and was granted.
    pub fn of(before: &Manifest, granted: &Rights, now: &Manifest) -> Self {
        let (asked_before, asks_now) = (Rights::asked_by(before), Rights::asked_by(now));
        let mut changes = Vec::new();
        for capability in Capability::ALL {
            let had = granted.get(capability);
            let Some(wanted) = asks_now.get(capability) else {
                changes.extend(had.map(|_| Change::Less { capability }));
                continue;
            };
            let missing = match had {
                Some(had) => beyond(wanted, had),
                None => Some(wanted.labels.iter().flatten().cloned().collect()),
            };
            let Some(labels) = missing else { continue };
            let is_old = asked_before.get(capability).is_some_and(|before| beyond(wanted, before).is_none());
            let reason = now.asks.get(&capability).map(|ask| ask.reason.clone()).unwrap_or_default();
            changes.push(match had {
                _ if is_old => Change::StillRefused { capability },
                Some(_) => Change::MoreModels { capability, labels, reason },
                None => Change::More { capability, reason },
            });
        }
        UpdateDiff { changes, carried: asks_now.and(granted) }
    }

    /// The same with what the two can be called for: to be seated where nobody seated it is more, too.
    #[must_use]
    pub fn with_worlds(mut self, before: &[InterfaceName], now: &[InterfaceName]) -> Self {
        let worlds = more_worlds(before, now);
        if !worlds.is_empty() {
            self.changes.push(Change::MoreWorlds { worlds });
        }
        self
    }

    /// Whether it has to wait for the operator.
    pub fn asks_for_more(&self) -> bool {
        let is_more = |change: &Change| {
            matches!(change, Change::More { .. } | Change::MoreModels { .. } | Change::MoreWorlds { .. })
        };
        self.changes.iter().any(is_more)
    }
}

/// What the second can be called for, in any version, and the first cannot.
pub(crate) fn more_worlds(before: &[InterfaceName], now: &[InterfaceName]) -> Vec<String> {
    let without_version =
        |world: &InterfaceName| world.to_string().split('@').next().unwrap_or_default().to_owned();
    let before: BTreeSet<String> = before.iter().map(without_version).collect();
    let now: BTreeSet<String> = now.iter().map(without_version).collect();
    now.difference(&before).cloned().collect()
}

/// The labels by which one right goes beyond another, empty for all there are; nothing where it does not.
fn beyond(wanted: &Right, had: &Right) -> Option<Vec<String>> {
    match (&wanted.labels, &had.labels) {
        (_, None) => None,
        (None, Some(_)) => Some(Vec::new()),
        (Some(wanted), Some(had)) => {
            let more: Vec<_> = wanted.difference(had).cloned().collect();
            (!more.is_empty()).then_some(more)
        }
    }
}

impl fmt::Display for UpdateDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return f.write_str("It asks for what it has.");
        }
        for (at, change) in self.changes.iter().enumerate() {
            write!(f, "{}{change}", if at > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::More { capability, reason } => {
                let words = in_words(*capability);
                write!(f, "+ {capability}: {words}; its author says: \"{}\"", Escaped(reason))
            }
            Change::MoreModels { capability, labels, reason } => {
                let models = if labels.is_empty() {
                    "with any model you have".into()
                } else {
                    format!("with models {}, too", labels_in_words(labels))
                };
                write!(f, "+ {capability} {models}; its author says: \"{}\"", Escaped(reason))
            }
            Change::MoreWorlds { worlds } => {
                write!(f, "+ can be called for more: {}", Escaped(&worlds.join(", ")))
            }
            Change::StillRefused { capability } => {
                write!(f, "= {capability}: still asked for, still not granted")
            }
            Change::Less { capability } => write!(f, "- {capability}: no longer asked for"),
        }
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Capability::{LlmComplete, MarketBuy, Notebook, StewardRead};

    use super::*;
    use crate::{Ask, manifest::tests::socratic, rights::rights::tests::rights};

    fn asking(list: &[(Capability, &[&str])]) -> Manifest {
        let mut manifest = socratic();
        manifest.asks = rights(list)
            .iter()
            .map(|(capability, right)| {
                (capability, Ask { reason: format!("why {capability}"), labels: right.labels.clone() })
            })
            .collect();
        manifest
    }

    #[test]
    fn what_asks_for_more_is_held_and_told_in_words() {
        let before = asking(&[(LlmComplete, &["haiku"]), (Notebook, &[]), (MarketBuy, &[])]);
        let granted = rights(&[(LlmComplete, &["haiku"]), (Notebook, &[])]);
        for (now, held, told, carried) in [
            (
                asking(&[(LlmComplete, &["haiku"]), (Notebook, &[])]),
                false,
                "It asks for what it has.",
                granted.clone(),
            ),
            (
                asking(&[(LlmComplete, &["haiku"])]),
                false,
                "- notebook: no longer asked for",
                rights(&[(LlmComplete, &["haiku"])]),
            ),
            (
                asking(&[(LlmComplete, &["haiku"]), (Notebook, &[]), (MarketBuy, &[])]),
                false,
                "= market.buy: still asked for, still not granted",
                granted.clone(),
            ),
            (
                asking(&[(LlmComplete, &["haiku", "opus"]), (Notebook, &[]), (StewardRead, &[])]),
                true,
                "+ llm.complete with models `opus`, too; its author says: \"why llm.complete\"\n\
                 + steward.read: read and search the files that are registered for a debate; its author says: \"why steward.read\"",
                granted.clone(),
            ),
            (
                asking(&[(LlmComplete, &[]), (Notebook, &[])]),
                true,
                "+ llm.complete with any model you have; its author says: \"why llm.complete\"",
                granted.clone(),
            ),
        ] {
            let diff = UpdateDiff::of(&before, &granted, &now);
            assert_eq!((diff.to_string().as_str(), diff.asks_for_more()), (told, held));
            assert_eq!(diff.carried, carried);
        }
    }

    #[test]
    fn what_was_narrowed_by_the_operator_stays_narrow_without_being_asked_again() {
        let both = asking(&[(LlmComplete, &["haiku", "opus"])]);
        let granted = rights(&[(LlmComplete, &["haiku"])]);
        let diff = UpdateDiff::of(&both, &granted, &both);
        assert!(!diff.asks_for_more());
        assert_eq!(diff.carried, granted);
    }

    #[test]
    fn an_updates_words_cannot_forge_a_line() {
        let mut now = asking(&[(MarketBuy, &[])]);
        now.asks.get_mut(&MarketBuy).unwrap().reason = "x\n- nothing\u{1b}[2J".into();
        let told = UpdateDiff::of(&asking(&[]), &Rights::none(), &now).to_string();
        assert_eq!(told.lines().count(), 1);
        assert!(!told.contains('\u{1b}'));
    }

    #[test]
    fn to_be_called_for_more_is_more_and_another_version_of_a_contract_is_not() {
        let world = |text: &str| InterfaceName::parse(text).unwrap();
        let (skill, persona) =
            (world("amatelier:skill/skills@0.1.0"), world("amatelier:persona/persona@0.1.0"));
        let same = UpdateDiff::of(&asking(&[]), &Rights::none(), &asking(&[]));
        assert!(
            !same
                .clone()
                .with_worlds(std::slice::from_ref(&skill), &[world("amatelier:skill/skills@0.2.0")])
                .asks_for_more()
        );
        let wider = same.with_worlds(std::slice::from_ref(&skill), &[persona, skill.clone()]);
        assert!(wider.asks_for_more());
        assert_eq!(wider.to_string(), "+ can be called for more: amatelier:persona/persona");
    }
}
