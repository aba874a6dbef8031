//! What tokens cost.
//!
//! [`Price`] computes, [`Prices`] is the table: the one that is bundled, or one imported from the public JSON of model prices over it.
//! All of it is integers; a decimal is read digit by digit. A price that is not in the table is not guessed from a similar name: it is
//! [unknown](Rate::Unknown), shown so, and counted at the dearest rates there are. Models that run on this machine need no table.

mod bad;
mod decimal;
mod import;
mod name;
mod prices;
mod rate;
mod row;
mod text;

pub use self::{
    bad::BadPrices,
    import::{ImportReport, NotTaken, Skipped},
    prices::Prices,
    rate::Rate,
};

use amatelier_types::{MicroUsd, Usage};
use serde::{Deserialize, Serialize};

/// Prices of one model, in millionths of a US dollar for a million tokens: 3 dollars a million is 3 000 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Price {
    /// Prompt tokens.
    pub input: u64,
    /// Answer tokens, thinking included.
    pub output: u64,
    /// Prompt tokens that were in the provider's cache.
    pub cached: u64,
    /// Prompt tokens that were put into it.
    pub cache_write: u64,
}

impl Price {
    /// Nothing.
    pub const FREE: Price = Price { input: 0, output: 0, cached: 0, cache_write: 0 };

    /// What an answer costs, rounded up to the next millionth: a sum of rounded costs never falls short.
    pub fn cost(&self, usage: &Usage) -> MicroUsd {
        let (cached, written) = (usage.cached_tokens, usage.cache_write_tokens);
        let plain = usage.input_tokens.saturating_sub(cached).saturating_sub(written);
        total([
            (plain, self.input),
            (cached, self.cached),
            (written, self.cache_write),
            (usage.output_tokens, self.output),
        ])
    }

    /// The most that a request can cost: every prompt token at the dearer of the prompt's rates, every answer token used.
    pub fn worst(&self, input_tokens: u64, output_tokens: u64) -> MicroUsd {
        let input = self.input.max(self.cached).max(self.cache_write);
        total([(input_tokens, input), (output_tokens, self.output)])
    }

    /// The dearer of two, rate by rate.
    #[must_use]
    pub fn dearer(self, other: Price) -> Price {
        Price {
            input: self.input.max(other.input),
            output: self.output.max(other.output),
            cached: self.cached.max(other.cached),
            cache_write: self.cache_write.max(other.cache_write),
        }
    }
}

fn total<const N: usize>(parts: [(u64, u64); N]) -> MicroUsd {
    let sum: u128 = parts.iter().map(|(tokens, rate)| u128::from(*tokens) * u128::from(*rate)).sum();
    MicroUsd(u64::try_from(sum.div_ceil(1_000_000)).unwrap_or(u64::MAX))
}

/// A decimal number of dollars in millionths, to the nearest; none for what is no amount.
pub(crate) fn dollars_to_micro(dollars: &str) -> Option<u64> {
    decimal::shifted(dollars, 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEAR: Price =
        Price { input: 3_000_000, output: 15_000_000, cached: 300_000, cache_write: 3_750_000 };

    #[test]
    fn every_token_is_paid_for_once() {
        let usage = Usage {
            calls: 1,
            input_tokens: 1_000_000,
            output_tokens: 100_000,
            cached_tokens: 400_000,
            cache_write_tokens: 100_000,
            ..Usage::default()
        };
        // 0.5 M at 3 $ + 0.4 M at 0.3 $ + 0.1 M at 3.75 $ + 0.1 M at 15 $.
        assert_eq!(DEAR.cost(&usage), MicroUsd(1_500_000 + 120_000 + 375_000 + 1_500_000));
        assert_eq!(DEAR.worst(1_000_000, 100_000), MicroUsd(3_750_000 + 1_500_000));
        assert_eq!(Price::FREE.cost(&usage), MicroUsd(0));
    }

    #[test]
    fn costs_are_rounded_up_and_never_overflow() {
        let one = Usage { input_tokens: 1, ..Usage::default() };
        assert_eq!(Price { input: 1, ..Price::FREE }.cost(&one), MicroUsd(1));
        let dearest = Price { input: u64::MAX, ..Price::FREE };
        assert_eq!(dearest.worst(u64::MAX, 0), MicroUsd(u64::MAX));
    }
}
