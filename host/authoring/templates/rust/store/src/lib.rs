//! A canteen. It lists what there is, judges who may have it and promises what happens; the host sells, and bounds every promise.

// One Rust module per interface in wit/, such as `exports::amatelier::store::items`.
wit_bindgen::generate!({ path: "wit", world: "plugin", generate_all });

use exports::amatelier::store::items::{Answer, Buyer, Effect, Guest, Item, Request};

/// Sparks from which on nobody needs a discount.
const WEALTHY: i32 = 20;

struct Canteen;

export!(Canteen);

impl Guest for Canteen {
    /// The same at every call: the operator's catalog names these ids.
    fn list_items() -> Vec<Item> {
        vec![
            Item {
                id: "espresso".into(),
                category: "boosts".into(),
                lifetime: "consumable".into(),
                suggested_price: 4,
                name: "Espresso".into(),
                description: "One more floor turn in the next debate. A quarter off for whoever is short of sparks.".into(),
            },
            Item {
                id: "reading-lamp".into(),
                category: "boosts".into(),
                lifetime: "consumable".into(),
                suggested_price: 6,
                name: "Reading lamp".into(),
                description: "Two more requests to the Steward in the next debate.".into(),
            },
            Item {
                id: "suggestion-box".into(),
                category: "services".into(),
                lifetime: "once".into(),
                suggested_price: 2,
                name: "Suggestion box".into(),
                description: "Your suggestion reaches the operator, and nobody else. Write it in the note.".into(),
            },
        ]
    }

    fn may_buy(id: String, who: Buyer) -> Answer {
        match id.as_str() {
            "espresso" if who.balance < WEALTHY => Answer::PercentOff(25),
            "reading-lamp" if who.assignments == 0 => Answer::No("hold a debate first: the lamp is for those who know what they look for".into()),
            _ => Answer::Yes,
        }
    }

    fn redeem(id: String, _who: Buyer, note: String) -> Result<Vec<Effect>, String> {
        match id.as_str() {
            "espresso" => Ok(vec![Effect::FloorTurns(1)]),
            "reading-lamp" => Ok(vec![Effect::StewardRequests(2)]),
            "suggestion-box" if note.trim().is_empty() => Err("the box takes suggestions, not blank paper".into()),
            "suggestion-box" => Ok(vec![Effect::AskFor(Request { private: true, text: note })]),
            other => Err(format!("there is no `{other}` here")),
        }
    }
}
