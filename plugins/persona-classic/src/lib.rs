//! The persona `classic`: its character is its documents, its voice is a model.
//!
//! Everything it does is in `persona-voice`. Asks for `llm.complete`; with `steward.read` it also knows the names of the registered files,
//! with `steward.ask` how many questions it has left; with `market.read` and `market.buy` it is offered the store, and with `notebook` it
//! remembers what was refused there.
//!
//! Settings, all optional: `tone`, and the lengths `words-speak`, `words-rebuttal`, `words-floor` (such as `80-120`).

use amatelier_sdk::{Exchange, Move, Persona, Turn};

struct Classic;

impl Persona for Classic {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        persona_voice::take_turn(turn, "")
    }

    fn answer(&self, so_far: &[Exchange], question: &str) -> Result<String, String> {
        persona_voice::answer(so_far, question)
    }
}

amatelier_sdk::persona!(Classic);
