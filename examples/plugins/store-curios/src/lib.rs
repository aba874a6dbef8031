//! The store `curios`: a louder gong, a lantern, and a wishing well. It needs no grant and has no settings.
//!
//! Meant to be put in the place of `charms`: `gong` is the id of an item there, too, but costs more and does two things here. The
//! lantern helps where a briefing registers files; the well takes a note, and hangs it on the board for all to read.

use amatelier_sdk::{
    Store,
    store::{
        Buyer, Effect, Item, Request,
        lifetime::{CONSUMABLE, ONCE},
    },
};

struct Curios;

impl Store for Curios {
    fn items(&self) -> Vec<Item> {
        vec![
            item(
                "gong",
                "positioning",
                CONSUMABLE,
                7,
                "Louder gong",
                "The first word in the next debate, and one more floor turn.",
            ),
            item(
                "lantern",
                "boosts",
                CONSUMABLE,
                6,
                "Lantern",
                "Two more requests to the Steward in the next debate.",
            ),
            item(
                "well",
                "services",
                ONCE,
                1,
                "Wishing well",
                "Your wish on the board, in the words of your note.",
            ),
        ]
    }

    fn redeem(&self, id: &str, _who: &Buyer, note: &str) -> Result<Vec<Effect>, String> {
        match (id, note.trim()) {
            ("gong", _) => Ok(vec![Effect::FirstSpeaker, Effect::FloorTurns(1)]),
            ("lantern", _) => Ok(vec![Effect::StewardRequests(2)]),
            ("well", "") => Err("a wish needs words: write it in the note".into()),
            ("well", wish) => Ok(vec![Effect::AskFor(Request { private: false, text: wish.into() })]),
            (other, _) => Err(format!("there is no `{other}` here")),
        }
    }
}

amatelier_sdk::store!(Curios);

fn item(id: &str, category: &str, lifetime: &str, price: u32, name: &str, description: &str) -> Item {
    Item {
        id: id.into(),
        category: category.into(),
        lifetime: lifetime.into(),
        suggested_price: price,
        name: name.into(),
        description: description.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redeem(id: &str, note: &str) -> Result<Vec<Effect>, String> {
        let who =
            Buyer { name: "ada".into(), balance: 30, tier: 0, assignments: 5, rank: 2, owned: Vec::new() };
        Curios.redeem(id, &who, note)
    }

    #[test]
    fn every_item_does_something_and_a_wish_needs_words() {
        for item in Curios.items() {
            assert!(redeem(&item.id, "a bell").is_ok_and(|effects| !effects.is_empty()), "{}", item.id);
        }
        assert!(redeem("well", " \n").unwrap_err().contains("needs words"));
        assert!(redeem("bell", "").is_err());
    }
}
