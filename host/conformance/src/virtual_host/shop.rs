//! The store, and the member's sparks.

use std::sync::{Mutex, MutexGuard, PoisonError};

use amatelier_runtime::{BuyRefusal, Market, Posting, SparkBook, Standing, Suspended, Ware};
use amatelier_types::{MemberName, Sparks};

/// What is on sale, and what the member has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stock {
    /// On sale, in order.
    pub catalog: Vec<Ware>,
    /// What the member owns.
    pub owned: Vec<Ware>,
    /// What it can pay.
    pub balance: Sparks,
}

/// The store as one call has it: what it buys counts when it ends well.
pub(super) struct Till {
    member: MemberName,
    stock: Mutex<Stock>,
}

impl Till {
    pub(super) fn of(member: MemberName, stock: Stock) -> Self {
        Till { member, stock: Mutex::new(stock) }
    }

    /// What it is after the call.
    pub(super) fn stock(&self) -> Stock {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Stock> {
        // Nobody panics while buying.
        self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Market for Till {
    fn catalog(&self) -> Vec<Ware> {
        self.lock().catalog.clone()
    }

    fn inventory(&self) -> Vec<Ware> {
        self.lock().owned.clone()
    }

    async fn buy(&self, id: &str, _: &str) -> Result<Result<u32, BuyRefusal>, Suspended> {
        let mut stock = self.lock();
        if stock.catalog.is_empty() {
            return Ok(Err(BuyRefusal::NoStore));
        }
        let Some(ware) = stock.catalog.iter().find(|ware| ware.id == id).cloned() else {
            return Ok(Err(BuyRefusal::UnknownItem));
        };
        if ware.lifetime == "permanent" && stock.owned.iter().any(|owned| owned.id == id) {
            return Ok(Err(BuyRefusal::AlreadyOwned));
        }
        let price = ware.price;
        let left = stock.balance.0 - i64::from(price);
        if left < 0 {
            return Ok(Err(BuyRefusal::TooPoor(u32::try_from(-left).unwrap_or(u32::MAX))));
        }
        stock.balance = Sparks(left);
        if ware.lifetime != "once" {
            stock.owned.push(ware);
        }
        Ok(Ok(price))
    }
}

impl SparkBook for Till {
    fn balance(&self) -> Sparks {
        self.lock().balance
    }

    fn history(&self, _: usize) -> Vec<Posting> {
        Vec::new()
    }

    fn leaderboard(&self) -> Vec<Standing> {
        let balance = self.balance();
        vec![Standing { name: self.member.clone(), balance, average: 0.0, rank: 0, tier: 0 }]
    }
}
