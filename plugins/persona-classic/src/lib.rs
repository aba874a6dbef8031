//! The persona `classic`: its character is its documents, its voice is a model.
//!
//! A turn is one request. The system prompt holds what stays the same throughout a debate (character, instructions, memory, skills), the
//! messages hold the briefing, the state of the debate and this round, and the last words are the task of the phase. Only the persona's
//! own documents instruct; what others said or wrote stands between tags. The answer is tidied, and a cut answer is never passed off
//! as a finished one. Asks for `llm.complete`; with `steward.read` it also knows the names of the registered files.
//!
//! Settings, all optional: `tone`, and the lengths `words-speak`, `words-rebuttal`, `words-floor` (such as `80-120`).

mod character;
mod occasion;
mod round;
mod tidy;

use amatelier_sdk::{
    Exchange, Move, Persona, Phase, Turn, chat,
    llm::{self, Finish, Reply},
    log, profile, settings, steward,
};
use character::Character;
use occasion::Occasion;

struct Classic;

impl Persona for Classic {
    fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
        let me = profile::name();
        let mut ask = llm::ask(character().system_prompt()).visible();
        for part in round::parts(&chat::briefing(), chat::state_of_debate().as_deref(), &heard(turn), &me) {
            ask = match part {
                round::Part::Others(text) => ask.user(text),
                round::Part::Own(text) => ask.assistant(text),
            };
        }
        let ask = ask.user(occasion(turn).instruction());
        let text = usable(ask.send_whole()?, &me)?;
        Ok(match turn.phase {
            Phase::Research if !tidy::asks(&text) => Move::Pass,
            _ if tidy::is_pass(&text) => Move::Pass,
            _ => Move::Say(text),
        })
    }

    fn answer(&self, so_far: &[Exchange], question: &str) -> Result<String, String> {
        let mut ask = llm::ask(character().system_prompt()).visible().user(occasion::PRIVATE);
        for exchange in so_far {
            ask = ask.user(exchange.question.as_str()).assistant(exchange.answer.as_str());
        }
        usable(ask.user(question).send_whole()?, &profile::name())
    }
}

amatelier_sdk::persona!(Classic);

/// What the model said, as it may be posted.
fn usable(reply: Reply, me: &str) -> Result<String, String> {
    if reply.finish == Finish::Refused {
        return Err("the model declined to answer".into());
    }
    let text = tidy::tidy(&reply.text, me);
    if text.is_empty() {
        return Err("the model's answer is empty".into());
    }
    if !reply.is_cut() {
        return Ok(text);
    }
    log::warn!("cut twice; posted with a mark");
    Ok(tidy::mark_as_cut(&text))
}

/// This round so far; in the first round with what research brought, as no state of the debate tells of it yet. What the operator said
/// in the round before comes first: it may have been said after the persona's last turn there.
fn heard(turn: &Turn) -> Vec<chat::Message> {
    let before = match turn.round.checked_sub(1) {
        Some(0) => chat::recall().round(0).all(),
        Some(round) => chat::recall().round(round).kind("interjection").all(),
        None => Vec::new(),
    };
    before.into_iter().chain(chat::recall().round(turn.round).all()).collect()
}

fn character() -> Character {
    Character {
        name: profile::name(),
        table: chat::members(),
        identity: profile::document("identity").unwrap_or_default(),
        instructions: profile::document("instructions").unwrap_or_default(),
        tone: settings::get("tone").unwrap_or_default(),
        heuristics: profile::heuristics(),
        memory: profile::memory(),
        skills: profile::skills(),
    }
}

fn occasion(turn: &Turn) -> Occasion {
    Occasion {
        turn: turn.clone(),
        words: settings::get(&format!("words-{}", turn.phase.name())),
        files: steward::files().into_iter().map(|file| file.name).collect(),
        requests_left: steward::requests_left(),
        advice: profile::advice(),
    }
}
