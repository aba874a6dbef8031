//! What crosses the border to a store component: its items, who buys, and what it promises. Nothing is checked yet.

use serde::{Deserialize, Serialize};

use crate::{MemberName, Sparks};

/// An item as a store component exports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct StoreItem {
    /// Unique in its component.
    pub id: String,
    /// What kind of thing it is, such as `boosts`.
    pub category: String,
    /// `once`, `consumable` or `permanent`.
    pub lifetime: String,
    /// What its author would ask for it; the catalog decides.
    pub suggested_price: u32,
    /// For people; the catalog may call it otherwise.
    pub name: String,
    /// What it does, for people.
    pub description: String,
}

/// Who wants to buy, as a store component is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The member.
    pub name: MemberName,
    /// What it has.
    pub balance: Sparks,
    /// Its tier, from 0.
    pub tier: u32,
    /// Debates that were settled with it.
    pub assignments: u32,
    /// Its place on the leaderboard, from 1.
    pub rank: u32,
    /// Ids of the items it owns, in order.
    pub owned: Vec<String>,
}

/// Whether a store component lets somebody buy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuyAnswer {
    /// At the catalog's price.
    Yes,
    /// At so many per cent less.
    PercentOff(u32),
    /// Not at all; the reason.
    No(String),
}

/// What a store component wants an item to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PromisedEffect {
    /// More floor turns in the next debate.
    FloorTurns(u32),
    /// More requests to the Steward in the next debate.
    StewardRequests(u32),
    /// The first word in the next debate.
    FirstSpeaker,
    /// A tier.
    UnlockTier(u32),
    /// More places for skills.
    SkillSlots(u32),
    /// A skill, by its id.
    GrantSkill(String),
    /// A session with the coach, by its kind.
    Coaching(String),
    /// A request, to the operator alone or to all.
    AskFor {
        /// Whether the operator alone reads it.
        private: bool,
        /// What is asked for.
        text: String,
    },
    /// Something that this host may not know.
    Other {
        /// What.
        kind: String,
        /// Its argument.
        text: String,
    },
}
