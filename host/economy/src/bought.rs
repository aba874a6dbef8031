//! A purchase.

use amatelier_types::{MemberName, Sparks, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Effect, Lifetime, Posting, PurchaseId, RequestId};

/// A member bought something. The effects are those that were checked then: a component that is swapped later changes nothing that was
/// bought before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Bought {
    /// The purchase.
    pub purchase: PurchaseId,
    /// Who.
    pub member: MemberName,
    /// The item's id in the catalog.
    pub item: String,
    /// Its name then.
    pub name: String,
    /// Its category then.
    pub category: String,
    /// How long it lasts.
    pub lifetime: Lifetime,
    /// The catalog's price then.
    pub listed: Sparks,
    /// What was paid.
    pub price: Sparks,
    /// What it does.
    pub effects: Vec<Effect>,
    /// What the buyer wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Skills that found a free slot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipped: Vec<String>,
    /// The request that it opened, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// What it cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postings: Vec<Posting>,
    /// When.
    pub at: Timestamp,
}
