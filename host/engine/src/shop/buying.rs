//! A purchase as it is agreed upon, before it is posted.
//!
//! In this order: what the ledger refuses whatever the component says; whether the component sells to this member, and for how much less;
//! whether the member can pay that; what the component promises. Whether the promise is within bounds is decided with the posting, on
//! the ledger as it is then.

use amatelier_economy::{Event, Installed, Ledger, Offer, Order, Refusal, Rules};
use amatelier_types::{BuyAnswer, Failure, MemberName, PromisedEffect, Sparks, Timestamp};
use serde::{Deserialize, Serialize};

use super::absent::Absent;
use crate::Error;

/// What an item's component said, and what the item was when it said so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Deal {
    /// What it costs, after what the component takes off.
    pub price: Sparks,
    pub answer: BuyAnswer,
    pub promised: Vec<PromisedEffect>,
    pub note: String,
    pub at: Timestamp,
}

/// Why nothing is bought.
#[derive(Debug, thiserror::Error)]
pub enum BuyError {
    /// There is no such item.
    #[error("nothing is on sale as `{id}`")]
    UnknownItem {
        /// What was asked for.
        id: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The rules refuse it.
    #[error(transparent)]
    Refused(Refusal),
    /// The item's component refuses it, or fails.
    #[error("{item} cannot be bought: {}", .failure.message)]
    Component {
        /// What.
        item: String,
        /// The component.
        component: String,
        /// How.
        failure: Failure,
    },
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Engine(Error),
}

impl BuyError {
    pub(super) fn of(offer: &Offer, failure: Failure) -> Self {
        BuyError::Component { item: offer.id.clone(), component: offer.component.clone(), failure }
    }
}

impl From<Refusal> for BuyError {
    fn from(refusal: Refusal) -> Self {
        BuyError::Refused(refusal)
    }
}

impl From<Error> for BuyError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => BuyError::Refused(refusal),
            other => BuyError::Engine(other),
        }
    }
}

/// Agree upon a purchase with the item's component; nothing is posted.
pub(crate) async fn agree(
    seller: &Absent,
    ledger: &Ledger,
    rules: &Rules,
    member: &MemberName,
    offer: &Offer,
    note: &str,
    at: Timestamp,
) -> Result<Deal, BuyError> {
    may_try(ledger, rules, member, offer)?;
    let failed = |failure| BuyError::of(offer, failure);
    let buyer = ledger.buyer(member)?;
    let answer = seller.may_buy(&offer.item, &buyer).await.map_err(failed)?;
    let price = ledger.quote(rules, member, offer, &answer)?;
    let promised = seller.redeem(&offer.item, &buyer, note).await.map_err(failed)?;
    Ok(Deal { price, answer, promised, note: note.to_owned(), at })
}

/// What needs no component to be refused. Whoever has too little for the price may still have enough for what the component asks.
fn may_try(ledger: &Ledger, rules: &Rules, member: &MemberName, offer: &Offer) -> Result<(), Refusal> {
    let quoted = ledger.quote(rules, member, offer, &BuyAnswer::Yes);
    let Err(Refusal::TooPoor { .. }) = quoted else { return quoted.map(drop) };
    let least = ledger.quote(rules, member, offer, &BuyAnswer::PercentOff(rules.bounds.percent_off));
    if least.is_ok() { Ok(()) } else { quoted.map(drop) }
}

impl Deal {
    /// What the rules need to know in order to take what was agreed upon once more: that there is what it promises.
    pub(crate) fn agreed(&self) -> Installed {
        let skill = |promised: &PromisedEffect| match promised {
            PromisedEffect::GrantSkill(id) => Some(id.clone()),
            _ => None,
        };
        Installed { coach: true, skills: self.promised.iter().filter_map(skill).collect() }
    }

    /// What the purchase posts, on a ledger that may know more than the one on which it was agreed.
    pub(crate) fn post(
        &self,
        ledger: &Ledger,
        rules: &Rules,
        installed: &Installed,
        member: &MemberName,
        offer: &Offer,
    ) -> Result<Vec<Event>, Refusal> {
        let Deal { answer, promised, note, at, .. } = self.clone();
        ledger.buy(rules, installed, Order { member, offer, answer, promised, note: &note, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deal_knows_what_it_was_agreed_upon_with() {
        let promised = vec![
            PromisedEffect::GrantSkill("whistling".into()),
            PromisedEffect::FloorTurns(1),
            PromisedEffect::GrantSkill("ringing".into()),
        ];
        let (note, at) = (String::new(), Timestamp(0));
        let deal = Deal { price: Sparks(3), answer: BuyAnswer::Yes, promised, note, at };
        let skills = ["ringing", "whistling"].map(str::to_owned).into();
        assert_eq!(deal.agreed(), Installed { coach: true, skills });
    }
}
