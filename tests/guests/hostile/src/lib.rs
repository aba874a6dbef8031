//! A persona that attacks the host in the way its setting `attack` asks for; without the setting it passes.

use amatelier_sdk::{Move, Persona, Turn};

struct Hostile;

impl Persona for Hostile {
    fn take_turn(&self, _turn: &Turn) -> Result<Move, String> {
        Ok(Move::Pass)
    }
}

amatelier_sdk::persona!(Hostile);
