//! The persona `challenger`: looks a number up before it disputes it.
//!
//! It speaks as `classic` does. Before it speaks it goes through the numbers that others named in this round, searches the registered files
//! for the lines they are about, and puts at most two of those lines to the Steward, those first that say something else. What was looked
//! up goes to its model, and what the model leaves out of its speech is added: a number is disputed or confirmed with file and line
//! whatever the model makes of it. None of that needs a model: it is words, figures and a search. Without files, without grants, or with
//! no request left it debates like `classic`.
//!
//! A component of its own and no mode of `classic`, because what it may do is not what every persona may: it imports the Steward's
//! searches and spends the member's requests by itself, and a team that does not want that should see it in the component's name and
//! grants. The voice they share is a library, `persona-voice`.
//!
//! Asks for `llm.complete`, `steward.read` and `steward.ask`. Settings: those of `classic`.

mod check;
mod claim;
mod desk;
mod figure;
mod table;
mod words;

use amatelier_sdk::{Exchange, Move, Persona, Phase, Turn, chat, log, profile, prompt, rights, steward};
use check::Check;
use claim::Claim;

/// Lines put to the Steward in one turn.
const ASKED: usize = 2;

struct Challenger;

impl Persona for Challenger {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        let checks = match turn.phase {
            Phase::Research => Vec::new(),
            _ => checked(turn.round),
        };
        if checks.is_empty() {
            return persona_voice::take_turn(turn, "");
        }
        if !rights::has("llm.complete") {
            return Ok(Move::Say(check::lines(&checks)));
        }
        Ok(check::complete(persona_voice::take_turn(turn, &briefed(&checks))?, &checks))
    }

    fn answer(&self, so_far: &[Exchange], question: &str) -> Result<String, String> {
        persona_voice::answer(so_far, question)
    }
}

amatelier_sdk::persona!(Challenger);

/// What the model is told about it.
fn briefed(checks: &[Check]) -> String {
    format!(
        "You looked up numbers that others named in this round. Say so, by name: dispute what the files contradict and build on what they \
         bear out. Write figures and places (file:line) exactly as they stand here.\n{}",
        prompt::fenced("checked", &check::lines(checks))
    )
}

/// The numbers of this round that were looked up, each with the line that the Steward found.
fn checked(round: u32) -> Vec<Check> {
    if steward::files().is_empty() {
        return Vec::new();
    }
    let me = profile::name();
    let heard = chat::recall().round(round).all();
    let said_already = |check: &Check| {
        heard.iter().any(|message| message.author == me && check::names(&message.text, &check.place()))
    };
    let claims: Vec<Claim> = claim::claims(&heard, &me);
    let mut found = check::against(&claims, &mut desk::Registered::default());
    found.retain(|check| !said_already(check));
    found.truncate(ASKED);
    found.retain(|check| is_found_already(check, &heard) || asked(check));
    found
}

/// Whether the Steward gave this line before, in this round: it is not asked twice.
fn is_found_already(check: &Check, heard: &[chat::Message]) -> bool {
    let given = format!("\n{} (of ", check.place());
    heard.iter().any(|message| message.kind == "finding" && message.text.contains(&given))
}

/// Put the line to the Steward; whether it is there.
fn asked(check: &Check) -> bool {
    if steward::requests_left() == 0 {
        return false;
    }
    match steward::ask(&format!("lines {0}-{0} of {1}", check.line, check.file)) {
        Ok(finding) => {
            finding.citations.iter().any(|cited| cited.file == check.file && cited.first_line == check.line)
        }
        Err(error) => {
            log::info!("{}: {error}", check.place());
            false
        }
    }
}
