//! Something on sale.

use amatelier_types::Sparks;
use serde::Serialize;

use crate::Lifetime;

/// An item of a store component under the name and the price of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Offer {
    /// Its id in the store.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of thing it is.
    pub category: String,
    /// How long it lasts.
    pub lifetime: Lifetime,
    /// What it costs.
    pub price: Sparks,
    /// What it does, for people.
    pub description: String,
    /// The component that exports it: an id or a path.
    pub component: String,
    /// Its id in that component.
    pub item: String,
}
