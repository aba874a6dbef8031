//! A store that attacks; without an attack it sells a bell and a whistle.

use amatelier_sdk::{
    Store, settings,
    store::{Answer, Buyer, Effect, Item, Request},
};

use crate::{ESCAPES, Hostile, MIB};

fn attack() -> String {
    settings::get("attack").unwrap_or_default()
}

fn item(id: &str) -> Item {
    Item {
        id: id.into(),
        category: "noises".into(),
        lifetime: "consumable".into(),
        suggested_price: 3,
        name: id.to_uppercase(),
        description: format!("A {id}.\r\nNothing more."),
    }
}

impl Store for Hostile {
    fn items(&self) -> Vec<Item> {
        let bell = item("bell");
        let only = |item: Item| vec![item];
        match attack().as_str() {
            "store-loop" => crate::endless_loop(),
            "store-flood" => vec![item("bell"); 100_000],
            "store-many" => (0..501).map(|number| item(&format!("bell-{number}"))).collect(),
            "store-megabyte" => only(Item { description: "x".repeat(MIB), ..bell }),
            "store-long" => only(Item { description: "x".repeat(2_001), ..bell }),
            "store-long-name" => only(Item { name: "x".repeat(81), ..bell }),
            "store-price" => only(Item { suggested_price: 4_000_000_000, ..bell }),
            "store-duplicates" => vec![bell.clone(), item("whistle"), bell],
            "store-id" => only(item("../../etc/passwd")),
            "store-lifetime" => only(Item { lifetime: "for ever".into(), ..bell }),
            "store-escapes" => only(Item { name: ESCAPES.into(), ..bell }),
            "store-escapes-below" => only(Item { description: ESCAPES.into(), ..bell }),
            "store-teaches" => only(Item { lifetime: "permanent".into(), ..bell }),
            _ => vec![bell, item("whistle")],
        }
    }

    fn may_buy(&self, id: &str, who: &Buyer) -> Answer {
        match attack().as_str() {
            "store-percent" => Answer::PercentOff(4_000_000_000),
            "store-reason" => Answer::No("no ".repeat(MIB / 4)),
            "store-escapes" => Answer::No(ESCAPES.into()),
            _ if who.balance < 0 => Answer::No(format!("{id} is not for {} with {}", who.name, who.balance)),
            _ if who.owned.is_empty() => Answer::Yes,
            _ => Answer::PercentOff(who.tier * 10 + who.assignments + who.rank),
        }
    }

    fn redeem(&self, id: &str, who: &Buyer, note: &str) -> Result<Vec<Effect>, String> {
        let ask = |text: String| Effect::AskFor(Request { private: true, text });
        Ok(match attack().as_str() {
            "store-effects" => vec![Effect::FirstSpeaker; 300_000],
            "store-some-effects" => vec![Effect::FirstSpeaker; 17],
            "store-mint" => {
                vec![Effect::Other(("mint".into(), "1000000 sparks".into())), Effect::FloorTurns(u32::MAX)]
            }
            "store-request" => vec![ask("x".repeat(2_001))],
            // No attack: it sells what the hostile teacher teaches.
            "store-teaches" => vec![Effect::GrantSkill("whistling".into())],
            "store-turns" => vec![Effect::FloorTurns(u32::MAX)],
            "store-lasting" => vec![Effect::SkillSlots(1)],
            "store-escapes" => vec![Effect::GrantSkill(ESCAPES.into())],
            "store-refuses" => return Err(format!("sold out, {}", who.name)),
            _ => vec![
                Effect::FloorTurns(2),
                Effect::StewardRequests(1),
                Effect::FirstSpeaker,
                Effect::UnlockTier(1),
                Effect::SkillSlots(1),
                Effect::GrantSkill(id.into()),
                Effect::Coaching("strategy".into()),
                ask(note.into()),
                Effect::Other(("applause".into(), String::new())),
            ],
        })
    }
}
