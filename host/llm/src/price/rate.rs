//! What is known of a price.

use super::Price;

/// What is known of a model's price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// This.
    Known(Price),
    /// Nothing: counted, never shown, with the dearest price there is.
    Unknown(Price),
}

impl Rate {
    /// What is counted against caps.
    pub fn counted(&self) -> Price {
        match self {
            Rate::Known(price) | Rate::Unknown(price) => *price,
        }
    }

    /// What is shown.
    pub fn known(&self) -> Option<Price> {
        match self {
            Rate::Known(price) => Some(*price),
            Rate::Unknown(_) => None,
        }
    }
}
