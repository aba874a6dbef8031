//! Something bought, and what became of it.

use amatelier_types::{RoundtableId, Sparks, Timestamp};

use crate::{Bought, Effect, Lifetime, PurchaseId};

/// Where a bought thing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PossessionState {
    /// It happened when it was bought.
    Done,
    /// It is owned.
    Owned,
    /// It waits for a debate.
    Waiting,
    /// A debate that runs has it.
    Claimed(RoundtableId),
    /// A debate used it up.
    Used(RoundtableId),
    /// It was given up.
    Retired(String),
}

/// One purchase of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possession {
    /// The purchase.
    pub purchase: PurchaseId,
    /// The item's id.
    pub item: String,
    /// Its name when it was bought.
    pub name: String,
    /// Its category when it was bought.
    pub category: String,
    /// How long it lasts.
    pub lifetime: Lifetime,
    /// What was paid.
    pub price: Sparks,
    /// What it does.
    pub effects: Vec<Effect>,
    /// Where it stands.
    pub state: PossessionState,
    /// When it was bought.
    pub at: Timestamp,
}

impl Possession {
    pub(crate) fn of(bought: &Bought) -> Self {
        Possession {
            purchase: bought.purchase,
            item: bought.item.clone(),
            name: bought.name.clone(),
            category: bought.category.clone(),
            lifetime: bought.lifetime,
            price: bought.price,
            effects: bought.effects.clone(),
            state: match bought.lifetime {
                Lifetime::Once => PossessionState::Done,
                Lifetime::Consumable => PossessionState::Waiting,
                Lifetime::Permanent => PossessionState::Owned,
            },
            at: bought.at,
        }
    }

    /// Whether the member still has something of it.
    pub fn is_held(&self) -> bool {
        match self.state {
            PossessionState::Owned | PossessionState::Waiting | PossessionState::Claimed(_) => true,
            PossessionState::Done | PossessionState::Used(_) | PossessionState::Retired(_) => false,
        }
    }
}
