//! What is really on sale: the catalog's entries whose items are exported, and the items of open components.

use std::collections::BTreeMap;

use amatelier_types::StoreItem;

use super::Catalog;
use crate::{Bounds, Lifetime, Offer, words};

/// What is on sale, in the order in which it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The offers.
    pub offers: Vec<Offer>,
    /// What cannot be sold, and why.
    pub problems: Vec<ShelfProblem>,
}

/// Something that is not on sale though it is in the catalog, or wants to be on sale and may not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShelfProblem {
    /// The catalog names an item that nobody exports.
    #[error("{id}: component {component} exports no item {item}")]
    NotExported {
        /// Its id in the catalog.
        id: String,
        /// The component.
        component: String,
        /// The item.
        item: String,
    },
    /// An item is refused.
    #[error("item {item} of component {component} is not sold: {why}")]
    Refused {
        /// The component.
        component: String,
        /// The beginning of the item's id, escaped.
        item: String,
        /// What is wrong with it.
        why: String,
    },
}

impl Shelf {
    /// Put on the shelf what the catalog names and what open components export. `exports` has the items of each component that could
    /// be asked.
    pub fn of(catalog: &Catalog, exports: &BTreeMap<String, Vec<StoreItem>>, bounds: &Bounds) -> Shelf {
        let mut shelf = Shelf::default();
        for entry in &catalog.entries {
            let exported = exports
                .get(&entry.component)
                .and_then(|items| items.iter().find(|item| item.id == entry.item));
            let Some(item) = exported else {
                shelf.problems.push(ShelfProblem::NotExported {
                    id: entry.id.clone(),
                    component: entry.component.clone(),
                    item: entry.item.clone(),
                });
                continue;
            };
            // The catalog's words stand; the component's are looked at only where they are used.
            let described = match &entry.description {
                Some(own) => Ok(own.clone()),
                None => text("description", &item.description, bounds.text_chars),
            };
            match (kind(item, bounds), described) {
                (Ok((category, lifetime)), Ok(description)) => shelf.offers.push(Offer {
                    id: entry.id.clone(),
                    name: entry.name.clone(),
                    category,
                    lifetime,
                    price: entry.price.into(),
                    description,
                    component: entry.component.clone(),
                    item: entry.item.clone(),
                }),
                (Err(why), _) | (_, Err(why)) => shelf.refuse(&entry.component, &item.id, why, bounds),
            }
        }
        for component in &catalog.open {
            let named = |item: &StoreItem| {
                catalog.entries.iter().any(|entry| entry.component == *component && entry.item == item.id)
            };
            for item in exports.get(component).into_iter().flatten().filter(|item| !named(item)) {
                match shelf.offered(component, item, bounds) {
                    Ok(offer) => shelf.offers.push(offer),
                    Err(why) => shelf.refuse(component, &item.id, why, bounds),
                }
            }
        }
        shelf
    }

    /// What is on sale under this id.
    pub fn find(&self, id: &str) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    /// An item that the catalog does not name, under its own name and at its own price.
    fn offered(&self, component: &str, item: &StoreItem, bounds: &Bounds) -> Result<Offer, String> {
        if !words::is_id(&item.id, bounds.id_chars) {
            return Err("its id is none".to_owned());
        }
        if self.find(&item.id).is_some() {
            return Err("another item has its id".to_owned());
        }
        if self.offers.len() >= usize::try_from(bounds.items).unwrap_or(usize::MAX) {
            return Err(format!("{} items are on sale already", bounds.items));
        }
        if item.suggested_price > bounds.price {
            return Err(format!("a price of {} is not between 0 and {}", item.suggested_price, bounds.price));
        }
        let (category, lifetime) = kind(item, bounds)?;
        Ok(Offer {
            id: item.id.clone(),
            name: text("name", &item.name, bounds.name_chars)?,
            category,
            lifetime,
            price: item.suggested_price.into(),
            description: text("description", &item.description, bounds.text_chars)?,
            component: component.to_owned(),
            item: item.id.clone(),
        })
    }

    fn refuse(&mut self, component: &str, item: &str, why: String, bounds: &Bounds) {
        let item = words::excerpt(item, bounds.id_chars);
        self.problems.push(ShelfProblem::Refused { component: component.to_owned(), item, why });
    }
}

fn kind(item: &StoreItem, bounds: &Bounds) -> Result<(String, Lifetime), String> {
    if !words::is_id(&item.category, bounds.id_chars) {
        return Err("its category is no id".to_owned());
    }
    let lifetime = item.lifetime.parse::<Lifetime>().map_err(|bad| bad.to_string())?;
    Ok((item.category.clone(), lifetime))
}

fn text(what: &str, text: &str, most: u32) -> Result<String, String> {
    if words::is_text(text, most) {
        Ok(text.to_owned())
    } else {
        Err(format!("its {what} has not 1 to {most} characters"))
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Sparks;

    use super::*;

    fn item(id: &str) -> StoreItem {
        StoreItem {
            id: id.into(),
            category: "boosts".into(),
            lifetime: "consumable".into(),
            suggested_price: 7,
            name: "Its own name".into(),
            description: "Its own words.".into(),
        }
    }

    fn shelf(catalog: &str, exports: &[(&str, Vec<StoreItem>)]) -> Shelf {
        let bounds = Bounds::default();
        let exports = exports.iter().map(|(name, items)| ((*name).to_owned(), items.clone())).collect();
        Shelf::of(&Catalog::parse(catalog, &bounds).unwrap(), &exports, &bounds)
    }

    const CATALOG: &str = "component = 'classic'\nopen = ['mine.wasm']\n\
        [[item]]\nid = 'extra-budget'\nname = 'More floor'\nprice = 8\n\
        [[item]]\nid = 'gone'\nname = 'Gone'\nprice = 8\n";

    #[test]
    fn names_and_prices_are_the_catalogs_and_the_rest_is_the_components() {
        let shelf = shelf(
            CATALOG,
            &[
                ("classic", vec![item("extra-budget"), item("unlisted")]),
                ("mine.wasm", vec![item("lucky-charm")]),
            ],
        );
        let seen: Vec<(&str, &str, Sparks)> =
            shelf.offers.iter().map(|offer| (offer.id.as_str(), offer.name.as_str(), offer.price)).collect();
        assert_eq!(
            seen,
            [("extra-budget", "More floor", Sparks(8)), ("lucky-charm", "Its own name", Sparks(7))]
        );
        assert_eq!(shelf.find("extra-budget").unwrap().description, "Its own words.");
        let problems: Vec<String> = shelf.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, ["gone: component classic exports no item gone"]);
    }

    #[test]
    fn a_swapped_component_changes_what_is_on_sale() {
        let before = shelf(CATALOG, &[("mine.wasm", vec![item("lucky-charm")])]);
        let after = shelf(CATALOG, &[("mine.wasm", vec![item("rain-maker")])]);
        assert!(before.find("lucky-charm").is_some() && before.find("rain-maker").is_none());
        assert!(after.find("lucky-charm").is_none() && after.find("rain-maker").is_some());
    }

    #[test]
    fn hostile_items_are_not_sold() {
        let long = "x".repeat(1_000_000);
        let hostile = vec![
            StoreItem { id: "../../etc".into(), ..item("") },
            StoreItem { id: long.clone(), ..item("") },
            StoreItem { suggested_price: u32::MAX, ..item("absurd") },
            StoreItem { name: long.clone(), ..item("loud") },
            StoreItem { description: "\u{1b}[2J".into(), ..item("escape") },
            StoreItem { lifetime: "eternal".into(), ..item("eternal") },
            StoreItem { category: "a b".into(), ..item("strange") },
            item("extra-budget"),
            item("fair"),
            item("fair"),
        ];
        let shelf = shelf(CATALOG, &[("classic", vec![item("extra-budget")]), ("mine.wasm", hostile)]);
        let ids: Vec<&str> = shelf.offers.iter().map(|offer| offer.id.as_str()).collect();
        assert_eq!(ids, ["extra-budget", "fair"]);
        let problems: Vec<String> = shelf.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 10);
        assert!(problems.iter().all(|problem| problem.len() < 300), "{problems:?}");
        assert!(problems.contains(&"item absurd of component mine.wasm is not sold: a price of 4294967295 is not between 0 and 1600".to_owned()));
        assert!(problems.contains(&"item eternal of component mine.wasm is not sold: `eternal` is no lifetime: `once`, `consumable` or `permanent`".to_owned()));
    }
}
