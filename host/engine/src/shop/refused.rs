//! Why a member got nothing in its turn: what it is told, and what only the operator is.
//!
//! A component may keep whatever it is told in its notebook and show it to its provider. So it is told what the rules refuse and what the
//! item's own component says, and nothing of files, other components or the machine.

use amatelier_economy::Refusal;
use amatelier_runtime::BuyRefusal;
use amatelier_types::FailureKind;
use serde::{Deserialize, Serialize};

use super::BuyError;

/// What is said where the reason is none of the member's.
const NOT_NOW: &str = "this item cannot be had now";

/// Why nothing was bought, as the journal keeps it and the member is told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Refused {
    UnknownItem,
    TooPoor(u32),
    NotEligible(String),
    AlreadyOwned,
    Other(String),
}

/// A refusal, and what else the operator should know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotSold {
    pub told: Refused,
    pub operator: Option<String>,
}

impl NotSold {
    /// Something of the house is broken.
    pub(crate) fn broken(why: impl std::fmt::Display) -> Self {
        NotSold { told: Refused::Other(NOT_NOW.into()), operator: Some(why.to_string()) }
    }
}

impl From<Refused> for NotSold {
    fn from(told: Refused) -> Self {
        NotSold { told, operator: None }
    }
}

impl From<BuyError> for NotSold {
    fn from(error: BuyError) -> Self {
        match &error {
            BuyError::UnknownItem { .. } => Refused::UnknownItem.into(),
            BuyError::Refused(refusal) => Refused::from(refusal.clone()).into(),
            // Its own words, which the runtime has bounded.
            BuyError::Component { failure, .. } if failure.kind == FailureKind::GuestError => {
                Refused::Other(error.to_string()).into()
            }
            BuyError::Component { component, failure, .. } => {
                NotSold::broken(format_args!("the store component {component}: {failure}"))
            }
            BuyError::Engine(error) => NotSold::broken(error),
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooPoor { price, balance, .. } => {
                Refused::TooPoor(u32::try_from((price - balance).0).unwrap_or(u32::MAX))
            }
            Refusal::AlreadyOwned { .. } => Refused::AlreadyOwned,
            Refusal::NotEligible { why, .. } => Refused::NotEligible(why),
            other => Refused::Other(other.to_string()),
        }
    }
}

impl From<Refused> for BuyRefusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::UnknownItem => BuyRefusal::UnknownItem,
            Refused::TooPoor(missing) => BuyRefusal::TooPoor(missing),
            Refused::NotEligible(why) => BuyRefusal::NotEligible(why),
            Refused::AlreadyOwned => BuyRefusal::AlreadyOwned,
            Refused::Other(why) => BuyRefusal::Other(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{io, sync::Arc};

    use amatelier_types::Failure;

    use super::*;
    use crate::{ComponentError, Error};

    fn component(kind: FailureKind, message: &str) -> BuyError {
        let failure = Failure::new(kind, message);
        BuyError::Component { item: "bell".into(), component: "bells.wasm".into(), failure }
    }

    #[test]
    fn a_member_is_told_of_rules_and_stores_and_of_nothing_else() {
        let unreadable = ComponentError::Unreadable {
            path: "/home/kim/bells.wasm".into(),
            source: Arc::new(io::ErrorKind::NotFound.into()),
        };
        let hidden = [
            NotSold::broken(&unreadable),
            BuyError::Engine(Error::from(unreadable)).into(),
            component(FailureKind::HostFault, "/home/kim/bells.wasm is gone").into(),
            component(FailureKind::Trap, "it panicked, in /home/kim/bells.rs").into(),
        ];
        for NotSold { told, operator } in hidden {
            assert_eq!(told, Refused::Other("this item cannot be had now".into()));
            let operator = operator.unwrap();
            assert!(operator.contains("/home/kim/bells"), "{operator}");
        }
        assert_eq!(
            NotSold::from(component(FailureKind::GuestError, "sold out")),
            Refused::Other("bell cannot be bought: sold out".into()).into()
        );
        let (member, item) = ("ada".parse().unwrap(), "bell".to_owned());
        let refused = BuyError::Refused(Refusal::AlreadyOwned { member, item });
        assert_eq!(NotSold::from(refused), Refused::AlreadyOwned.into());
    }
}
