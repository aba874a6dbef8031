//! The store `charms`: an hourglass, a gong, and a primer on asking questions. It needs no grant and has no settings.
//!
//! It shows what a store can do: an item with a number (`hourglass`), one that not everybody may have (`gong`), and one that brings a
//! skill at a price of the buyer's own (`primer`; the skill has to be installed, `skill-socratic` teaches it).

use amatelier_sdk::{
    Store,
    store::{
        Answer, Buyer, Effect, Item,
        lifetime::{CONSUMABLE, PERMANENT},
    },
};

/// The skill that the primer brings.
const SKILL: &str = "socratic-questions";

/// Settled debates below which somebody is new, and pays less for the primer.
const NEW: u32 = 3;

struct Charms;

impl Store for Charms {
    fn items(&self) -> Vec<Item> {
        vec![
            item(
                "hourglass",
                "boosts",
                CONSUMABLE,
                5,
                "Hourglass",
                "One more floor turn in the next debate.",
            ),
            item(
                "gong",
                "positioning",
                CONSUMABLE,
                4,
                "Gong",
                "The first word in the next debate. Not for whoever leads the board.",
            ),
            item(
                "primer",
                "skills",
                PERMANENT,
                9,
                "Primer",
                "Six questions to put to a claim. A quarter off for who has held fewer than three debates.",
            ),
        ]
    }

    fn may_buy(&self, id: &str, who: &Buyer) -> Answer {
        match id {
            "gong" if who.rank == 1 => Answer::No("whoever leads the board is heard without a gong".into()),
            "primer" if who.assignments < NEW => Answer::PercentOff(25),
            _ => Answer::Yes,
        }
    }

    fn redeem(&self, id: &str, _who: &Buyer, _note: &str) -> Result<Vec<Effect>, String> {
        match id {
            "hourglass" => Ok(vec![Effect::FloorTurns(1)]),
            "gong" => Ok(vec![Effect::FirstSpeaker]),
            "primer" => Ok(vec![Effect::GrantSkill(SKILL.into())]),
            other => Err(format!("there is no `{other}` here")),
        }
    }
}

amatelier_sdk::store!(Charms);

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

    fn buyer(rank: u32, assignments: u32) -> Buyer {
        Buyer { name: "ada".into(), balance: 30, tier: 0, assignments, rank, owned: Vec::new() }
    }

    #[test]
    fn every_item_does_something_and_nothing_else_is_sold() {
        for item in Charms.items() {
            assert_eq!(
                Charms.redeem(&item.id, &buyer(2, 5), "").map(|effects| effects.len()),
                Ok(1),
                "{}",
                item.id
            );
        }
        assert!(Charms.redeem("bell", &buyer(2, 5), "").is_err());
    }

    #[test]
    fn the_gong_is_not_for_the_leader_and_the_primer_is_cheaper_for_the_new() {
        assert!(matches!(Charms.may_buy("gong", &buyer(1, 5)), Answer::No(_)));
        assert_eq!(Charms.may_buy("gong", &buyer(2, 5)), Answer::Yes);
        assert_eq!(Charms.may_buy("primer", &buyer(1, 2)), Answer::PercentOff(25));
        assert_eq!(Charms.may_buy("primer", &buyer(1, 3)), Answer::Yes);
    }
}
