//! The store, as a call may see it and buy in it.
//!
//! Plain mirrors of the `market` contract. The engine behind the port owns the catalog, the rules, the store's components and the
//! journal; the runtime only checks the grant, counts the purchases and measures what is passed.

use crate::Suspended;

/// The port to the store.
#[async_trait::async_trait]
pub trait Market: Send + Sync {
    /// Everything on sale, in the catalog's order.
    fn catalog(&self) -> Vec<Ware>;

    /// What the member owns and has not used up, with what this turn bought.
    fn inventory(&self) -> Vec<Ware>;

    /// Buy; the price paid. It counts only when the turn commits. The note is at most as long as the limits of the call say.
    async fn buy(&self, id: &str, note: &str) -> Result<Result<u32, BuyRefusal>, Suspended>;
}

/// Something on sale or owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ware {
    /// Its id in the catalog.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Such as `skills`.
    pub category: String,
    /// `once`, `consumable` or `permanent`.
    pub lifetime: String,
    /// Sparks.
    pub price: u32,
    /// What it does.
    pub description: String,
}

/// Why nothing was bought.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuyRefusal {
    /// There is no store.
    #[error("there is no store")]
    NoStore,
    /// No such item.
    #[error("there is no such item")]
    UnknownItem,
    /// So many sparks are missing.
    #[error("{0} sparks are missing")]
    TooPoor(u32),
    /// The item's own condition is not met.
    #[error("{0}")]
    NotEligible(String),
    /// It is permanent, and owned.
    #[error("it is owned already")]
    AlreadyOwned,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// The store of a debate without one.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMarket;

#[async_trait::async_trait]
impl Market for NoMarket {
    fn catalog(&self) -> Vec<Ware> {
        Vec::new()
    }

    fn inventory(&self) -> Vec<Ware> {
        Vec::new()
    }

    async fn buy(&self, _: &str, _: &str) -> Result<Result<u32, BuyRefusal>, Suspended> {
        Ok(Err(BuyRefusal::NoStore))
    }
}
