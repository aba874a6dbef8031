//! Counted things.

use std::{fmt, iter::Sum, ops::AddAssign, str::FromStr};

use serde::{Deserialize, Serialize};

/// A number of model tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tokens(pub u32);

/// Millionths of a US dollar. Money is never a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MicroUsd(pub u64);

impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl MicroUsd {
    /// The sum; the largest amount there is where it would not fit.
    #[must_use]
    pub fn saturating_add(self, other: MicroUsd) -> MicroUsd {
        MicroUsd(self.0.saturating_add(other.0))
    }
}

/// A text that is no amount of dollars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount in dollars such as 2 or 2.50, with at most six decimals")]
pub struct BadAmount;

impl FromStr for MicroUsd {
    type Err = BadAmount;

    /// Dollars as a decimal number, read exactly: `2`, `2.50`, `$0.000001`.
    fn from_str(text: &str) -> Result<Self, BadAmount> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let (dollars, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(dollars) || !are_digits(decimals) || decimals.len() > 6 {
            return Err(BadAmount);
        }
        let whole = dollars.parse::<u64>().ok().and_then(|dollars| dollars.checked_mul(1_000_000));
        let part = format!("{decimals:0<6}").parse::<u64>().ok();
        let amount = whole.zip(part).and_then(|(whole, part)| whole.checked_add(part));
        amount.map(MicroUsd).ok_or(BadAmount)
    }
}

impl fmt::Display for MicroUsd {
    /// Dollars with as many decimals as say something: at least two, at most the six there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, rest) = (self.0 / 1_000_000, self.0 % 1_000_000);
        let decimals = format!("{rest:06}");
        let cut = decimals.trim_end_matches('0').len().max(2);
        write!(f, "${dollars}.{}", decimals.get(..cut).unwrap_or(&decimals))
    }
}

impl AddAssign for MicroUsd {
    fn add_assign(&mut self, other: MicroUsd) {
        *self = self.saturating_add(other);
    }
}

impl Sum for MicroUsd {
    fn sum<I: Iterator<Item = MicroUsd>>(amounts: I) -> Self {
        amounts.fold(MicroUsd::default(), MicroUsd::saturating_add)
    }
}

/// What answers of models took, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Requests that were answered.
    pub calls: u32,
    /// Prompt tokens, cached ones included, as the provider counted them (our estimate where it did not).
    pub input_tokens: u64,
    /// Answer tokens, thinking included.
    pub output_tokens: u64,
    /// The part of the prompt that the provider had cached.
    pub cached_tokens: u64,
    /// The part of the prompt that the provider put into its cache, which some charge more for.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub cache_write_tokens: u64,
    /// What was paid, as far as prices are known.
    #[serde(default, skip_serializing_if = "is_free")]
    pub cost: MicroUsd,
    /// Requests of these whose price nobody knows; they are not in the cost.
    #[serde(default, skip_serializing_if = "is_none")]
    pub unpriced: u32,
}

fn is_nothing(tokens: &u64) -> bool {
    *tokens == 0
}

fn is_free(cost: &MicroUsd) -> bool {
    cost.0 == 0
}

fn is_none(requests: &u32) -> bool {
    *requests == 0
}

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Usage) {
        self.calls = self.calls.saturating_add(other.calls);
        self.input_tokens = self.input_tokens.saturating_add(other.input_tokens);
        self.output_tokens = self.output_tokens.saturating_add(other.output_tokens);
        self.cached_tokens = self.cached_tokens.saturating_add(other.cached_tokens);
        self.cache_write_tokens = self.cache_write_tokens.saturating_add(other.cache_write_tokens);
        self.cost += other.cost;
        self.unpriced = self.unpriced.saturating_add(other.unpriced);
    }
}

impl Sum for Usage {
    fn sum<I: Iterator<Item = Usage>>(usages: I) -> Self {
        usages.fold(Usage::default(), |mut total, usage| {
            total += usage;
            total
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_amount_of_dollars_is_refused() {
        for bad in ["", "$", ".", ".5", "2.", "-1", "+1", "1e3", "2,50", "1.0000001", " 2", "18446744073710"]
        {
            assert_eq!(bad.parse::<MicroUsd>(), Err(BadAmount), "{bad}");
        }
        for (text, expected) in [("2", 2_000_000), ("$2.5", 2_500_000), ("007.000001", 7_000_001)] {
            assert_eq!(text.parse(), Ok(MicroUsd(expected)), "{text}");
        }
    }

    #[test]
    fn money_is_written_in_dollars() {
        for (amount, expected) in [
            (0, "$0.00"),
            (1, "$0.000001"),
            (12_300, "$0.0123"),
            (500_000, "$0.50"),
            (2_000_000, "$2.00"),
            (1_234_567_891, "$1234.567891"),
        ] {
            assert_eq!(MicroUsd(amount).to_string(), expected);
            assert_eq!(expected.parse(), Ok(MicroUsd(amount)));
        }
    }
}
