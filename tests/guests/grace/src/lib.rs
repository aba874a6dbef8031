//! Takes the place of `ada` in tests that replace a component: the same inputs, other words.

use amatelier_sdk::{Move, Persona, Turn, chat, settings};

struct Grace;

impl Persona for Grace {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        let mood = settings::get("mood").unwrap_or_else(|| "calm".into());
        Ok(Move::Say(format!("Grace, {mood}, in round {}: {} I doubt it.", turn.round, chat::topic())))
    }
}

amatelier_sdk::persona!(Grace);
