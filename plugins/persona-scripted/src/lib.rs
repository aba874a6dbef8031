//! The persona `scripted`: says the lines of its settings. No model, no grants; for tests, demonstrations and theatre.
//!
//! The settings `research`, `speak`, `rebuttal` and `floor` hold a text, or a list of texts of which round 1 takes the first, round 2 the
//! second, and so on (research takes the first). `{round}`, `{name}` and `{topic}` are filled in. No line left, or an empty one, is a pass.

mod script;

use amatelier_sdk::{Exchange, Move, Persona, Turn, chat, profile, settings};

struct Scripted;

impl Persona for Scripted {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        let Some(script) = settings::get(turn.phase.name()) else { return Ok(Move::Pass) };
        Ok(match script::line(&script, turn.round) {
            Some(line) => Move::Say(script::fill(&line, turn.round, &profile::name(), &chat::topic())),
            None => Move::Pass,
        })
    }

    fn answer(&self, so_far: &[Exchange], _question: &str) -> Result<String, String> {
        let number = u32::try_from(so_far.len()).unwrap_or(u32::MAX).saturating_add(1);
        let script = settings::get("answer").unwrap_or_default();
        let line = script::line(&script, number).ok_or("the script has no `answer` for this question")?;
        Ok(script::fill(&line, number, &profile::name(), &chat::topic()))
    }
}

amatelier_sdk::persona!(Scripted);
