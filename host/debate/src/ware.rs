//! What is on sale, as it was when the debate opened: a catalog that is edited later, or a component that is swapped, changes the next
//! debate.

use serde::{Deserialize, Serialize};

/// An item of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ware {
    /// Its id in the catalog.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of thing it is.
    pub category: String,
    /// `once`, `consumable` or `permanent`.
    pub lifetime: String,
    /// Sparks.
    pub price: u32,
    /// What it does, for people.
    pub description: String,
    /// The component that exports it, an id or a path.
    pub component: String,
    /// Its id in that component.
    pub item: String,
}
