//! The smallest useful persona: one line out of the topic, the round and the setting `mood`. No model, no grants.

use amatelier_sdk::{Move, Persona, Turn, chat, settings};

struct Ada;

impl Persona for Ada {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        let mood = settings::get("mood").unwrap_or_else(|| "calm".into());
        Ok(Move::Say(format!("Ada, {mood}, in round {}: {} I say yes.", turn.round, chat::topic())))
    }
}

amatelier_sdk::persona!(Ada);
