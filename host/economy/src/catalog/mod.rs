//! The store's catalog: the one place for names and prices. It binds them to items that store components export.
//!
//! An item that the catalog does not name is not on sale, unless its component is listed under `open`: then it is, under its own name
//! and at the price its author suggests. The text is the operator's; what components export is not trusted and is bounded when it is
//! put on the [`Shelf`].

mod shelf;

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Bounds, words};

pub use shelf::{Shelf, ShelfProblem};

/// The catalog, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Components whose items are on sale whether the catalog names them or not.
    pub open: Vec<String>,
    /// What is on sale, in the order in which it is shown.
    pub entries: Vec<Entry>,
}

/// One line of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id in the store.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it costs.
    pub price: u32,
    /// What it does, for people; its component's own words where there are none.
    pub description: Option<String>,
    /// The component that exports it: an id or a path.
    pub component: String,
    /// Its id in that component.
    pub item: String,
}

/// Why a catalog was refused: everything that is wrong, one clause each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct BadCatalog(pub Vec<String>);

/// The file as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    /// For entries that name none.
    component: String,
    #[serde(default)]
    open: Vec<String>,
    #[serde(default, rename = "item")]
    items: Vec<FileEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct FileEntry {
    id: String,
    name: String,
    /// Wider than a price may be, so that a negative one is refused in words.
    price: i64,
    description: Option<String>,
    component: Option<String>,
    item: Option<String>,
}

impl Catalog {
    /// Read a catalog.
    ///
    /// # Errors
    /// A text that is no catalog; ids that are none or stand twice; prices, names and descriptions out of bounds.
    pub fn parse(text: &str, bounds: &Bounds) -> Result<Catalog, BadCatalog> {
        let file: File =
            toml::from_str(text).map_err(|error| BadCatalog(vec![error.to_string().trim().to_owned()]))?;
        let mut wrong = Vec::new();
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        if file.items.len() > usize::try_from(bounds.items).unwrap_or(usize::MAX) {
            wrong.push(format!("{} items; {} are the most", file.items.len(), bounds.items));
        }
        for entry in file.items {
            let id = words::excerpt(&entry.id, bounds.id_chars);
            if !words::is_id(&entry.id, bounds.id_chars) {
                wrong.push(format!(
                    "`{id}` is no id: lower-case letters, digits and dashes, starting with a letter"
                ));
            } else if !seen.insert(entry.id.clone()) {
                wrong.push(format!("{id} stands twice"));
            }
            if !words::is_text(&entry.name, bounds.name_chars) {
                wrong.push(format!("{id}: a name of 1 to {} characters is needed", bounds.name_chars));
            }
            if entry.description.as_ref().is_some_and(|text| !words::is_text(text, bounds.text_chars)) {
                wrong.push(format!("{id}: a description has 1 to {} characters", bounds.text_chars));
            }
            let price = u32::try_from(entry.price).ok().filter(|price| *price <= bounds.price);
            if price.is_none() {
                wrong.push(format!("{id}: a price of {} is not between 0 and {}", entry.price, bounds.price));
            }
            entries.push(Entry {
                item: entry.item.unwrap_or_else(|| entry.id.clone()),
                id: entry.id,
                name: entry.name,
                price: price.unwrap_or_default(),
                description: entry.description,
                component: entry.component.unwrap_or_else(|| file.component.clone()),
            });
        }
        if wrong.is_empty() { Ok(Catalog { open: file.open, entries }) } else { Err(BadCatalog(wrong)) }
    }

    /// The components that have to be asked for their items, each once.
    pub fn components(&self) -> Vec<&str> {
        let mut components = Vec::new();
        for component in self.entries.iter().map(|entry| &entry.component).chain(&self.open) {
            if !components.contains(&component.as_str()) {
                components.push(component.as_str());
            }
        }
        components
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLED: &str = include_str!("../../../../store/catalog.toml");

    #[test]
    fn the_bundled_catalog_has_the_eighteen_items_at_their_prices() {
        let catalog = Catalog::parse(BUNDLED, &Bounds::default()).unwrap();
        let prices: Vec<(&str, u32)> =
            catalog.entries.iter().map(|entry| (entry.id.as_str(), entry.price)).collect();
        assert_eq!(
            prices,
            [
                ("dev-call", 20),
                ("strategy-review", 10),
                ("private-request", 20),
                ("public-request", 0),
                ("code-review-framework", 15),
                ("debate-tactics", 12),
                ("evidence-gathering", 10),
                ("cross-cutting-analysis", 15),
                ("risk-assessment", 12),
                ("conciseness-training", 8),
                ("novelty-injection", 15),
                ("influence-mapping", 12),
                ("extra-budget", 8),
                ("tier-1", 25),
                ("tier-2", 100),
                ("tier-3", 250),
                ("extra-slot", 30),
                ("first-speaker", 6),
            ]
        );
        assert_eq!(catalog.components(), ["classic"]);
        assert!(catalog.entries.iter().all(|entry| entry.description.is_some() && entry.item == entry.id));
    }

    #[test]
    fn everything_that_is_wrong_with_a_catalog_is_said_at_once() {
        let long = "x".repeat(1_000_000);
        let text = format!(
            "component = 'classic'\n\
             [[item]]\nid = 'a'\nname = 'A'\nprice = -5\n\
             [[item]]\nid = 'a'\nname = ' '\nprice = 1601\n\
             [[item]]\nid = '../b'\nname = 'B'\nprice = 1\ndescription = '{long}'\n"
        );
        let BadCatalog(wrong) = Catalog::parse(&text, &Bounds::default()).unwrap_err();
        assert_eq!(
            wrong,
            [
                "a: a price of -5 is not between 0 and 1600",
                "a stands twice",
                "a: a name of 1 to 80 characters is needed",
                "a: a price of 1601 is not between 0 and 1600",
                "`../b` is no id: lower-case letters, digits and dashes, starting with a letter",
                "../b: a description has 1 to 2000 characters",
            ]
        );
        for unknown in [
            "component = 'c'\nprices = 3",
            "[[item]]\nid = 'a'",
            "component = 'c'\n[[item]]\nid = 'a'\nname = 'A'\nprice = 1\ncolour = 'red'",
        ] {
            assert!(Catalog::parse(unknown, &Bounds::default()).is_err(), "{unknown}");
        }
        let many = format!("component = 'c'\n{}", "[[item]]\nid = 'a'\nname = 'A'\nprice = 1\n".repeat(501));
        let BadCatalog(wrong) = Catalog::parse(&many, &Bounds::default()).unwrap_err();
        assert_eq!(wrong.first().unwrap(), "501 items; 500 are the most");
    }
}
