//! The counter: store, school and ledger of a realm, for an operator who acts on behalf of members. Nobody debates here.

use amatelier_economy::{Bought, Event, Offer};
use amatelier_types::{MemberName, Sparks};
use amatelier_workspace::Workspace;

use super::{BuyError, School, Shop, buying::agree};
use crate::{Error, Treasury, clock, components::Components};

/// What is written with a purchase that nobody makes.
const NOTE: &str = "whatever may be asked for";

/// Whom the operator's purchases are written down as caused by.
const OPERATOR: &str = "user";

/// See the module's documentation.
pub struct Counter {
    treasury: Treasury,
    shop: Shop,
    school: School,
}

impl Counter {
    /// Open it over a ledger.
    ///
    /// # Errors
    /// A file of the workspace makes no sense; the plugin runtime does not start.
    pub async fn open(workspace: &Workspace, treasury: Treasury) -> Result<Self, Error> {
        let (team, components) = (workspace.team()?, Components::of(workspace)?);
        let shop = Shop::of(workspace, &components, &team, &treasury.rules().bounds).await?;
        let school = School::of(workspace, &components, &team).await?;
        Ok(Counter { treasury, shop, school })
    }

    /// The ledger.
    pub fn treasury(&self) -> &Treasury {
        &self.treasury
    }

    /// What is on sale.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// What can be learnt.
    pub fn school(&self) -> &School {
        &self.school
    }

    /// Buy for a member.
    ///
    /// # Errors
    /// Why it cannot be bought; then no spark moves.
    pub async fn buy(&self, member: &MemberName, id: &str, note: &str) -> Result<Bought, BuyError> {
        let offer = self.shop.offer(id)?;
        let (books, rules) = (self.treasury.books()?, self.treasury.rules());
        let seller = self.shop.seller(offer).map_err(|failure| BuyError::of(offer, failure))?;
        let deal = agree(seller, &books.ledger, rules, member, offer, note, clock::now()).await?;
        let installed = self.school.installed();
        let post = |ledger: &_, rules: &_| deal.post(ledger, rules, &installed, member, offer);
        let events = self.treasury.decide(OPERATOR, post).await?;
        let bought = events.into_iter().find_map(|event| match event {
            Event::ItemBought(bought) => Some(*bought),
            _ => None,
        });
        bought.ok_or_else(|| BuyError::Engine(Error::BadLedger("a purchase posted nothing".into())))
    }

    /// What a member would have to pay for each item, or why it cannot have it: everything that buying it would find, but for the words
    /// of a note.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn afford(
        &self,
        member: &MemberName,
    ) -> Result<Vec<(&Offer, Result<Sparks, BuyError>)>, Error> {
        let (books, rules) = (self.treasury.books()?, self.treasury.rules());
        let installed = self.school.installed();
        let mut all = Vec::new();
        for offer in self.shop.offers() {
            let ledger = &books.ledger;
            let quoted = match self.shop.seller(offer) {
                Ok(seller) => agree(seller, ledger, rules, member, offer, NOTE, clock::now()).await,
                Err(failure) => Err(BuyError::of(offer, failure)),
            };
            let price = quoted.and_then(|deal| {
                deal.post(ledger, rules, &installed, member, offer)?;
                Ok(deal.price)
            });
            all.push((offer, price));
        }
        Ok(all)
    }
}
