//! One model of the table.

use super::Price;

/// A model's prices and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) price: Price,
    /// For prompts longer than so many tokens.
    pub(super) long: Option<(u64, Price)>,
    pub(super) context_tokens: Option<u32>,
}

impl Row {
    /// The price of a request with a prompt of this length.
    pub(super) fn price_for(&self, prompt_tokens: u64) -> Price {
        match self.long {
            Some((over, price)) if prompt_tokens > over => price,
            _ => self.price,
        }
    }

    /// The dearest of its prices, rate by rate.
    pub(super) fn dearest(&self) -> Price {
        self.long.map_or(self.price, |(_, long)| self.price.dearer(long))
    }
}
