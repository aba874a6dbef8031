//! `amatelier:economy`: sparks and the store, through the [`SparkBook`](crate::SparkBook) and [`Market`](crate::Market) ports.
//!
//! A purchase goes through, in this order: the size of what is passed, the grant, the number of purchases (over the limit stops the
//! guest), what no item could be called or need as a note, and then the port, which knows the catalog, the rules and the ledger.

use amatelier_types::{Capability, Sparks};

use crate::{
    BuyRefusal, Ware,
    bindings::amatelier::economy::{
        market::{self, Refusal},
        sparks,
    },
    halt::Halt,
    state::{State, Trouble},
};

impl State {
    fn may_read_market(&mut self, function: &'static str) -> bool {
        let may = self.is_granted(Capability::MarketRead);
        if !may {
            self.deny(function);
        }
        may
    }
}

impl sparks::Host for State {
    fn balance(&mut self) -> wasmtime::Result<i32> {
        if !self.may_read_market("sparks.balance") {
            return Ok(0);
        }
        Ok(clamp(self.call.sparks.balance()))
    }

    fn history(&mut self, limit: u32) -> wasmtime::Result<Vec<sparks::Posting>> {
        if !self.may_read_market("sparks.history") {
            return Ok(Vec::new());
        }
        let most = self.call.limits.history_postings;
        let most = match usize::try_from(limit) {
            Ok(limit) if limit > 0 => most.min(limit),
            _ => most,
        };
        let mut postings = self.call.sparks.history(most);
        postings.truncate(most);
        let posting = |posting: crate::Posting| sparks::Posting {
            amount: clamp(posting.amount),
            category: posting.category,
            reason: posting.reason,
        };
        Ok(postings.into_iter().map(posting).collect())
    }

    fn leaderboard(&mut self) -> wasmtime::Result<Vec<sparks::Standing>> {
        if !self.may_read_market("sparks.leaderboard") {
            return Ok(Vec::new());
        }
        let standing = |standing: crate::Standing| sparks::Standing {
            name: standing.name.into(),
            balance: clamp(standing.balance),
            average: standing.average,
            rank: standing.rank,
            tier: standing.tier,
        };
        Ok(self.call.sparks.leaderboard().into_iter().map(standing).collect())
    }
}

impl market::Host for State {
    fn catalog(&mut self) -> wasmtime::Result<Vec<market::Item>> {
        if !self.may_read_market("market.catalog") {
            return Ok(Vec::new());
        }
        Ok(self.call.market.catalog().into_iter().map(item).collect())
    }

    fn inventory(&mut self) -> wasmtime::Result<Vec<market::Item>> {
        if !self.may_read_market("market.inventory") {
            return Ok(Vec::new());
        }
        Ok(self.call.market.inventory().into_iter().map(item).collect())
    }

    async fn buy(&mut self, id: String, note: String) -> wasmtime::Result<Result<u32, Refusal>> {
        self.accept("market.buy", [id.as_str(), note.as_str()])?;
        if !self.is_granted(Capability::MarketBuy) {
            self.deny("market.buy");
            return Ok(Err(Refusal::Denied(Capability::MarketBuy.name().into())));
        }
        let limits = &self.call.limits;
        let most = limits.purchases_per_turn;
        if self.purchases >= most {
            return Err(Halt::limit(format!(
                "purchases: it tried to buy more than {most} times in one turn"
            )));
        }
        self.purchases += 1;
        self.trouble = Trouble::None;
        if is_longer(&id, limits.offered_id_chars) {
            return Ok(Err(Refusal::UnknownItem));
        }
        if is_longer(&note, limits.offered_text_chars) {
            let most = limits.offered_text_chars;
            return Ok(Err(Refusal::Other(format!("a note has at most {most} characters"))));
        }
        let bought = self.ports.measure(self.call.market.buy(&id, &note)).await.map_err(Halt::Suspended)?;
        Ok(bought.map_err(told))
    }
}

fn item(ware: Ware) -> market::Item {
    let Ware { id, name, category, lifetime, price, description } = ware;
    market::Item { id, name, category, lifetime, price, description }
}

fn told(refusal: BuyRefusal) -> Refusal {
    match refusal {
        BuyRefusal::NoStore => Refusal::Denied(refusal.to_string()),
        BuyRefusal::UnknownItem => Refusal::UnknownItem,
        BuyRefusal::TooPoor(missing) => Refusal::TooPoor(missing),
        BuyRefusal::NotEligible(why) => Refusal::NotEligible(why),
        BuyRefusal::AlreadyOwned => Refusal::AlreadyOwned,
        BuyRefusal::Other(why) => Refusal::Other(why),
    }
}

fn is_longer(text: &str, most_chars: usize) -> bool {
    text.chars().nth(most_chars).is_some()
}

/// The contract's integers are smaller than the ledger's; a balance beyond two thousand million is shown as that.
fn clamp(amount: Sparks) -> i32 {
    i32::try_from(amount.0).unwrap_or(if amount.is_negative() { i32::MIN } else { i32::MAX })
}
