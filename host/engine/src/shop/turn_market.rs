//! The store as one turn of a member has it.
//!
//! What is on sale is pinned in the setup, what the member has is the ledger as it was when the turn was called, with what this turn bought.
//! Every try to buy is journaled with its answer, so that a turn that is run again is told the same and asks no component twice. Nothing
//! is posted here: purchases are decided once more, and posted, with the turn's own end.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use amatelier_debate::{Setup, Ware};
use amatelier_economy::{Ledger, Lifetime, Offer, Rules};
use amatelier_journal::{CallKey, Commit, Journal, NewCall, TurnId, Unit};
use amatelier_runtime::{BuyRefusal, Market, Patience, Suspended};
use amatelier_types::{MemberName, Sha256};
use serde::Serialize;

use super::{
    budget::Budget,
    buying::{Deal, agree},
    refused::{NotSold, Refused},
    vendor::Vendor,
};
use crate::{Watcher, calls::Calls, clock};

/// The host function of a try to buy, as `calls.function` names it.
pub(crate) const BUY: &str = "market.buy";

/// The time that all questions to stores have in one turn. They have no model to wait for, so that a good one answers in milliseconds;
/// the others at the table wait for a slow one, and the buyer's own clock stands still meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a member is told once that is used up.
const TOO_LONG: &str = "the store takes too long";

/// What a try to buy was answered, as the journal keeps it.
pub(crate) type Answer = Result<Deal, Refused>;

/// What a member wanted, as the journal keeps it.
#[derive(Serialize)]
struct Wish<'a> {
    id: &'a str,
    note: &'a str,
}

/// A purchase that a turn made, to be posted with its end.
#[derive(Clone, Debug)]
pub(crate) struct Purchase {
    pub offer: Offer,
    pub deal: Deal,
}

/// Who sells, and where it is written down.
pub(crate) struct Till {
    pub vendor: Arc<Vendor>,
    pub rules: Arc<Rules>,
    pub journal: Journal,
    pub turn: TurnId,
    /// Who is told what a member is not.
    pub watcher: Arc<dyn Watcher>,
    /// The buyer's clock.
    pub clock: Patience,
}

/// See the module's documentation.
pub(crate) struct TurnMarket {
    member: MemberName,
    setup: Arc<Setup>,
    calls: Arc<Calls>,
    /// None for a replay.
    till: Option<Till>,
    pending: Mutex<Pending>,
    promised: Arc<AtomicI64>,
    budget: Budget,
}

/// What the turn changed so far.
struct Pending {
    /// The ledger with the turn's own purchases.
    ledger: Arc<Ledger>,
    purchases: Vec<Purchase>,
    /// Those of them that the ledger here does not know: all of a replay, and of a turn that is run again under other rules.
    unposted: Vec<Purchase>,
}

impl TurnMarket {
    pub(crate) fn new(
        member: MemberName,
        setup: Arc<Setup>,
        calls: Arc<Calls>,
        ledger: Arc<Ledger>,
        till: Option<Till>,
    ) -> Self {
        let pending = Mutex::new(Pending { ledger, purchases: Vec::new(), unposted: Vec::new() });
        let budget = Budget::new(PATIENCE);
        TurnMarket { member, setup, calls, till, pending, promised: Arc::default(), budget }
    }

    /// The sparks that the turn has promised away so far.
    pub(crate) fn promised(&self) -> Arc<AtomicI64> {
        self.promised.clone()
    }

    /// What the turn bought, in order.
    pub(crate) fn take_purchases(&self) -> Vec<Purchase> {
        std::mem::take(&mut self.pending().purchases)
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn offer(&self, id: &str) -> Option<Offer> {
        self.setup.store.iter().find(|ware| ware.id == id).and_then(offer)
    }

    /// Ask the rules and the item's component.
    async fn try_to_buy(&self, till: &Till, id: &str, note: &str) -> Result<Deal, NotSold> {
        let offer = self.offer(id).ok_or(Refused::UnknownItem)?;
        let (ledger, owed) = {
            let pending = self.pending();
            (pending.ledger.clone(), pending.unposted.iter().map(|bought| bought.deal.price.0).sum::<i64>())
        };
        let seller = till.vendor.seller(&offer.component).await.map_err(NotSold::broken)?;
        let deal = agree(&seller, &ledger, &till.rules, &self.member, &offer, note, clock::now()).await?;
        let missing = deal.price.0 + owed - ledger.balance(&self.member).0;
        if owed > 0 && missing > 0 {
            return Err(Refused::TooPoor(u32::try_from(missing).unwrap_or(u32::MAX)).into());
        }
        let installed = till.vendor.installed().await.map_err(NotSold::broken)?;
        let posted = deal.post(&ledger, &till.rules, installed, &self.member, &offer);
        posted.map(|_| deal).map_err(|refusal| Refused::from(refusal).into())
    }

    /// The same, as the journal keeps it; what is none of the member's is told to whoever looks on.
    async fn answer(&self, till: &Till, id: &str, note: &str) -> Answer {
        let answer = {
            let _waiting = till.clock.wait();
            self.budget.within(self.try_to_buy(till, id, note)).await
        };
        let too_long = || {
            let why = format!("its stores took the {} s that they have in a turn", PATIENCE.as_secs());
            Err(NotSold { told: Refused::Other(TOO_LONG.into()), operator: Some(why) })
        };
        answer.unwrap_or_else(too_long).map_err(|NotSold { told, operator }| {
            if let Some(why) = operator {
                till.watcher.note(&format!("{} could not buy {id}: {why}", self.member));
            }
            told
        })
    }

    /// Take a purchase in; the price. What was agreed upon holds for the rest of the turn, whatever is taught by now: a turn that is run
    /// again sees what it saw.
    fn take_in(&self, id: &str, deal: &Deal) -> u32 {
        self.promised.fetch_add(deal.price.0, Ordering::Relaxed);
        if let Some(offer) = self.offer(id) {
            let purchase = Purchase { offer, deal: deal.clone() };
            let mut pending = self.pending();
            pending.purchases.push(purchase.clone());
            let agreed = deal.agreed();
            let post = |till: &Till| {
                deal.post(&pending.ledger, &till.rules, &agreed, &self.member, &purchase.offer).ok()
            };
            match self.till.as_ref().and_then(post) {
                Some(events) => {
                    let ledger = Arc::make_mut(&mut pending.ledger);
                    events.iter().for_each(|event| ledger.apply(event));
                }
                None => pending.unposted.push(purchase),
            }
        }
        u32::try_from(deal.price.0).unwrap_or(u32::MAX)
    }
}

#[async_trait::async_trait]
impl Market for TurnMarket {
    fn catalog(&self) -> Vec<amatelier_runtime::Ware> {
        self.setup.store.iter().map(shown).collect()
    }

    fn inventory(&self) -> Vec<amatelier_runtime::Ware> {
        let pending = self.pending();
        let described = |id: &str| self.setup.store.iter().find(|ware| ware.id == id);
        let held = pending.ledger.account(&self.member).into_iter().flat_map(|account| account.possessions());
        let mut held: Vec<_> = held
            .filter(|one| one.is_held())
            .map(|one| amatelier_runtime::Ware {
                id: one.item.clone(),
                name: one.name.clone(),
                category: one.category.clone(),
                lifetime: one.lifetime.name().into(),
                price: u32::try_from(one.price.0).unwrap_or(u32::MAX),
                description: described(&one.item).map(|ware| ware.description.clone()).unwrap_or_default(),
            })
            .collect();
        let lasting = pending.unposted.iter().filter(|bought| bought.offer.lifetime != Lifetime::Once);
        held.extend(lasting.map(|bought| amatelier_runtime::Ware {
            id: bought.offer.id.clone(),
            name: bought.offer.name.clone(),
            category: bought.offer.category.clone(),
            lifetime: bought.offer.lifetime.name().into(),
            price: u32::try_from(bought.deal.price.0).unwrap_or(u32::MAX),
            description: bought.offer.description.clone(),
        }));
        held
    }

    async fn buy(&self, id: &str, note: &str) -> Result<Result<u32, BuyRefusal>, Suspended> {
        let suspended = |error: &dyn std::fmt::Display| Suspended(error.to_string());
        let request = serde_json::to_vec(&Wish { id, note }).map_err(|error| suspended(&error))?;
        let hash = Sha256::of(&request);
        let numbered = self.calls.number(BUY, hash);
        let answer: Answer = match (numbered.answer, &self.till) {
            (Some(bytes), _) => serde_json::from_slice(&bytes).map_err(|error| suspended(&error))?,
            (None, None) => return Err(Suspended(self.calls.miss(numbered.ordinal))),
            (None, Some(till)) => {
                let answer = self.answer(till, id, note).await;
                let bytes = serde_json::to_vec(&answer).map_err(|error| suspended(&error))?;
                let key = CallKey { turn: till.turn, ordinal: numbered.ordinal };
                let (function, occurrence) = (BUY.into(), numbered.occurrence);
                let call = NewCall { key, function, request_hash: hash, occurrence, request };
                // On disk before anybody acts on it; durable with the turn's end, which posts it.
                let unit = Unit::new().call(call).answer(key, bytes, clock::now());
                till.journal.write(unit, Commit::NoFsync).await.map_err(|error| suspended(&error))?;
                answer
            }
        };
        Ok(match answer {
            Ok(deal) => Ok(self.take_in(id, &deal)),
            Err(refused) => Err(refused.into()),
        })
    }
}

fn shown(ware: &Ware) -> amatelier_runtime::Ware {
    amatelier_runtime::Ware {
        id: ware.id.clone(),
        name: ware.name.clone(),
        category: ware.category.clone(),
        lifetime: ware.lifetime.clone(),
        price: ware.price,
        description: ware.description.clone(),
    }
}

/// An item as a debate keeps it, for the rules. One whose lifetime is none was never on sale.
fn offer(ware: &Ware) -> Option<Offer> {
    Some(Offer {
        id: ware.id.clone(),
        name: ware.name.clone(),
        category: ware.category.clone(),
        lifetime: ware.lifetime.parse().ok()?,
        price: ware.price.into(),
        description: ware.description.clone(),
        component: ware.component.clone(),
        item: ware.item.clone(),
    })
}
