//! The counter: store, school and ledger of a realm, for an operator who acts on behalf of members. Nobody debates here.

use amatelier_economy::{Bought, Event, Ledger, Offer, PurchaseId, RequestId};
use amatelier_journal::{Journal, Options};
use amatelier_types::{Learner, MemberName, Sparks};
use amatelier_workspace::{Realm, Team, Workspace};

use super::{
    BuyError, School, Shop,
    buying::{agree, price},
    learners,
};
use crate::{Error, Treasury, clock, components::Components, treasury, views};

/// Whom the operator's purchases are written down as caused by.
const OPERATOR: &str = "user";

/// See the module's documentation.
pub struct Counter {
    team: Team,
    journal: Journal,
    treasury: Treasury,
    shop: Shop,
    school: School,
}

impl Counter {
    /// Open it for a realm.
    ///
    /// # Errors
    /// A file of the workspace makes no sense; the journal cannot be read; the plugin runtime does not start.
    pub async fn open(workspace: &Workspace, realm: impl Into<Realm>) -> Result<Self, Error> {
        let (team, realm) = (workspace.team()?, realm.into());
        let data = workspace.folder(realm, "")?;
        let journal = views::open(&data, Options::default())?;
        let treasury = Treasury::open(journal.clone(), treasury::rules(workspace)?)?;
        let components = Components::of(workspace)?;
        let shop = Shop::of(workspace, &components, &team, &treasury.rules().bounds).await?;
        let school = School::of(workspace, &components, &team).await?;
        Ok(Counter { team, journal, treasury, shop, school })
    }

    /// The team.
    pub fn team(&self) -> &Team {
        &self.team
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

    /// What a teacher is told of a member.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn learner(&self, member: &MemberName, skill: &str) -> Result<Learner, Error> {
        learners::learner(&self.treasury.books()?.ledger, &self.journal, member, skill)
    }

    /// The item of this id.
    ///
    /// # Errors
    /// There is none.
    pub fn offer(&self, id: &str) -> Result<&Offer, BuyError> {
        let known = || self.shop.offers().iter().map(|offer| offer.id.clone()).collect();
        self.shop.find(id).ok_or_else(|| BuyError::UnknownItem { id: id.to_owned(), known: known() })
    }

    /// Buy for a member.
    ///
    /// # Errors
    /// Why it cannot be bought; then no spark moves.
    pub async fn buy(&self, member: &MemberName, id: &str, note: &str) -> Result<Bought, BuyError> {
        let offer = self.offer(id)?;
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

    /// What a member would have to pay for each item, or why it cannot have it. Components are asked whether they sell, not what they
    /// promise.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn afford(
        &self,
        member: &MemberName,
    ) -> Result<Vec<(&Offer, Result<Sparks, BuyError>)>, Error> {
        let (books, rules) = (self.treasury.books()?, self.treasury.rules());
        let mut all = Vec::new();
        for offer in self.shop.offers() {
            let quoted = match self.shop.seller(offer) {
                Ok(seller) => {
                    price(seller, &books.ledger, rules, member, offer).await.map(|(price, _)| price)
                }
                Err(failure) => Err(BuyError::of(offer, failure)),
            };
            all.push((offer, quoted));
        }
        Ok(all)
    }

    /// Put a skill into a slot of a member, or take it out.
    ///
    /// # Errors
    /// Why it stays as it is.
    pub async fn equip(&self, member: &MemberName, skill: &str, slot: Slot) -> Result<(), Error> {
        let at = clock::now();
        let decide = |ledger: &Ledger, rules: &_| match slot {
            Slot::In => ledger.equip(rules, member, skill, at),
            Slot::Out => ledger.unequip(rules, member, skill, at),
        };
        self.treasury.decide(OPERATOR, decide).await.map(drop)
    }

    /// Give up something that a member has, named by its item or by its purchase. Nothing is paid back.
    ///
    /// # Errors
    /// Why it stays as it is.
    pub async fn retire(&self, member: &MemberName, what: &str, reason: &str) -> Result<(), Error> {
        let at = clock::now();
        let decide = |ledger: &Ledger, rules: &_| {
            let purchase: Option<PurchaseId> = what.parse().ok();
            let owned = ledger.account(member).into_iter().flat_map(|account| account.possessions());
            let named = owned.into_iter().find(|one| Some(one.purchase) == purchase);
            ledger.retire(rules, member, named.map_or(what, |one| one.item.as_str()), reason, at)
        };
        self.treasury.decide(OPERATOR, decide).await.map(drop)
    }

    /// Fulfil a request, with a skill if that is what was asked for.
    ///
    /// # Errors
    /// Why it stays open.
    pub async fn fulfil(&self, id: RequestId, note: &str, skill: Option<&str>) -> Result<(), Error> {
        let (at, installed) = (clock::now(), self.school.installed());
        let decide =
            |ledger: &Ledger, rules: &_| ledger.fulfil_request(rules, &installed, id, note, skill, at);
        self.treasury.decide(OPERATOR, decide).await.map(drop)
    }

    /// Close a request that will not be fulfilled; what was paid for it is given back.
    ///
    /// # Errors
    /// Why it stays open.
    pub async fn close(&self, id: RequestId, reason: &str) -> Result<Sparks, Error> {
        let at = clock::now();
        let decide = |ledger: &Ledger, rules: &_| ledger.close_request(rules, id, reason, at);
        let events = self.treasury.decide(OPERATOR, decide).await?;
        Ok(events.iter().flat_map(Event::postings).fold(Sparks::ZERO, |sum, posting| sum + posting.amount))
    }
}

/// What becomes of a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// It goes into a slot.
    In,
    /// It leaves its slot.
    Out,
}
