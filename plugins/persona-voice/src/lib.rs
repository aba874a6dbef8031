//! How the personas that ship with the host speak through a model: what `classic` is, and what others build on. No component of its own.
//!
//! A turn is one request. The system prompt holds what stays the same throughout a debate (character, instructions, memory, skills), the
//! messages hold the briefing, the state of the debate and this round, and the last words are the task of the phase. Only the persona's
//! own documents instruct; what others said or wrote stands between tags. The answer is tidied, and a cut answer is never passed off
//! as a finished one. Where a model takes less, the oldest speeches of others are left out, and the request says which. Who may buy is
//! offered the store once in a debate, and its `[[buy: ID]]` tags are taken out of what it says.

mod buying;
mod character;
mod occasion;
mod round;
mod tidy;

use amatelier_sdk::{
    Exchange, Move, Phase, Turn, chat,
    llm::{self, Ask, Finish, Reply},
    log, profile, settings, steward,
};
use character::Character;
use occasion::Occasion;

/// Take a turn. `checked` is what the persona looked up itself before it speaks, in words of its own for its model; empty if nothing.
///
/// # Errors
/// The model gave no answer that can be used; the text says why.
pub fn take_turn(turn: &Turn, checked: &str) -> Result<Move, String> {
    let occasion = occasion(turn, checked);
    if turn.phase == Phase::Research && !occasion.can_look_up() {
        return Ok(Move::Pass);
    }
    let me = profile::name();
    let mut text = usable(debate(turn, &me, &occasion.instruction())?, &me)?;
    if turn.phase != Phase::Research {
        text = buying::buy(&text);
    }
    Ok(match turn.phase {
        Phase::Research if !tidy::asks(&text) => Move::Pass,
        _ if tidy::is_pass(&text) || text.is_empty() => Move::Pass,
        _ => Move::Say(text),
    })
}

/// The persona's side of a conversation outside a debate.
///
/// # Errors
/// As [`take_turn`].
pub fn answer(so_far: &[Exchange], question: &str) -> Result<String, String> {
    let mut ask = llm::ask(character().system_prompt()).visible().user(occasion::PRIVATE);
    for exchange in so_far {
        ask = ask.user(exchange.question.as_str()).assistant(exchange.answer.as_str());
    }
    usable(ask.user(question).send_whole()?, &profile::name())
}

/// Put the debate and the task to the model.
fn debate(turn: &Turn, me: &str, task: &str) -> Result<Reply, llm::Error> {
    let opening = llm::ask(character().system_prompt()).visible();
    let (briefing, state, found) = (chat::briefing(), chat::state_of_debate(), found_before(turn));
    let ask = |messages: &[chat::Message]| -> Ask {
        let parts = round::parts(&briefing, state.as_deref(), &found, messages, me);
        let told = parts.into_iter().fold(opening.clone(), |ask, part| match part {
            round::Part::Others(text) => ask.user(text),
            round::Part::Own(text) => ask.assistant(text),
        });
        told.user(task)
    };
    let heard: Vec<chat::Message> =
        heard(turn).into_iter().filter(|message| round::concerns(message, me)).collect();
    llm::fitting(&heard, |message| round::can_spare(message, me), ask)
}

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

/// Findings of earlier rounds: they were paid for, and no state of the debate need tell of them.
fn found_before(turn: &Turn) -> Vec<chat::Message> {
    if turn.round < 2 {
        return Vec::new();
    }
    let found = chat::recall().kind("finding").all();
    found.into_iter().filter(|finding| finding.round < turn.round).collect()
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

fn occasion(turn: &Turn, checked: &str) -> Occasion {
    Occasion {
        turn: turn.clone(),
        words: settings::get(&format!("words-{}", turn.phase.name())),
        files: steward::files().into_iter().map(|file| file.name).collect(),
        requests_left: steward::requests_left(),
        advice: profile::advice(),
        offer: buying::offer(turn),
        checked: checked.into(),
    }
}
