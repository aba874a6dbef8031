//! What a member may spend in a turn, for a model that reads no prompt. What is done once, such as a request or a session with the coach,
//! wants words and is left out.

use amatelier_debate::{Seat, Setup};
use amatelier_economy::{Ledger, Lifetime};
use amatelier_llm::{Good, Purse};
use amatelier_types::Capability;

/// The purse of whoever has this seat; none where it may not buy or nothing is on sale.
pub(crate) fn purse(setup: &Setup, ledger: &Ledger, seat: &Seat) -> Option<Purse> {
    if setup.store.is_empty() || !seat.pinned.granted.contains(&Capability::MarketBuy) {
        return None;
    }
    let account = ledger.account(&seat.name)?;
    let sparks = account.balance();
    let owns = |id: &str| account.possessions().iter().any(|one| one.item == id && one.is_held());
    let goods = setup.store.iter().filter(|ware| ware.lifetime != Lifetime::Once.name());
    let goods = goods.filter(|ware| ware.lifetime == Lifetime::Consumable.name() || !owns(&ware.id));
    let goods = goods.filter(|ware| i64::from(ware.price) <= sparks.0);
    let goods = goods.map(|ware| Good { id: ware.id.clone(), price: ware.price }).collect();
    Some(Purse { sparks: sparks.0, goods })
}
