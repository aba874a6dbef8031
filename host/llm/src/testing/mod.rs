//! What tests of several protocols need.

mod ear;
mod log_ear;
mod scene;
mod scripted;
pub(crate) mod server;

use std::sync::Arc;

use amatelier_types::{Phase, Role, Seed};

pub(crate) use self::{
    ear::Ear,
    log_ear::{Log, LogEar},
    scene::Scene,
    scripted::Scripted,
};
use crate::{CallFacts, PromptTurn, Purpose, Request, Speaker};

/// The smallest request.
pub(crate) fn request(text: &str) -> Request {
    let facts = CallFacts {
        member: "elena".parse().unwrap(),
        role: Role::Worker,
        tagline: String::new(),
        purpose: Purpose::Speak,
        phase: Phase::Speak,
        round: 1,
        max_rounds: 3,
        position: 1,
        topic: "Bread".into(),
        briefing: String::new(),
        files: Vec::new(),
        purse: None,
        workers: Vec::new(),
        heard: Vec::new(),
        debate_seed: Seed(7),
        turn_seed: [7; 32],
        call: 1,
    };
    Request {
        model: "some-model".into(),
        system: String::new(),
        messages: vec![PromptTurn::said(Speaker::User, text)],
        max_tokens: 100,
        temperature: None,
        effort: None,
        stop: Vec::new(),
        schema: None,
        tools: Vec::new(),
        facts: Arc::new(facts),
    }
}
