//! The store `classic`: eighteen things that sparks buy. No model, no grants, no settings.
//!
//! What there is and what it does is one table (`shelf`). Tiers are open to whoever has held enough debates and has the tier below; a
//! request needs words. Prices are suggestions, and whether a promise is kept is the host's to say: a coaching session, for one, needs a
//! coach.

mod shelf;

use amatelier_sdk::{
    Store,
    store::{Answer, Buyer, Effect, Item},
};

struct Classic;

impl Store for Classic {
    fn items(&self) -> Vec<Item> {
        shelf::SHELF.iter().map(shelf::Ware::item).collect()
    }

    fn may_buy(&self, id: &str, who: &Buyer) -> Answer {
        match shelf::find(id) {
            Some(ware) => ware.may_buy(who.tier, who.assignments),
            None => Answer::No(format!("this store has no `{id}`")),
        }
    }

    fn redeem(&self, id: &str, _who: &Buyer, note: &str) -> Result<Vec<Effect>, String> {
        let ware = shelf::find(id).ok_or_else(|| format!("this store has no `{id}`"))?;
        Ok(vec![ware.effect(note)?])
    }
}

amatelier_sdk::store!(Classic);
