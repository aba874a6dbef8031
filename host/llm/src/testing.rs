//! What tests of several protocols need.

use std::sync::{Arc, Mutex};

use amatelier_types::{MicroUsd, Phase, Role, Seed, Usage};

use crate::{
    Billing, CallFacts, Error, Finish, LookedUp, PromptTurn, Provider, Purpose, Reply, Request, Speaker,
    Stopped, Wire,
};

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

/// Hears everything.
#[derive(Debug, Default)]
pub(crate) struct Ear {
    stop_at: Option<u32>,
    heard: Mutex<Vec<String>>,
}

impl Ear {
    /// One that stops this request.
    pub(crate) fn stopping(n: u32) -> Self {
        Ear { stop_at: Some(n), ..Ear::default() }
    }

    /// What was heard, in order.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    fn hear(&self, line: String) {
        self.heard.lock().unwrap().push(line);
    }
}

#[async_trait::async_trait]
impl Wire for Ear {
    fn turned_to(&self, provider: &str, model: &str, billing: Billing) {
        self.hear(format!("turned to {provider}, {model}, {}", billing.name()));
    }

    async fn before_request(&self, n: u32) -> Result<(), Stopped> {
        self.hear(format!("before {n}"));
        if self.stop_at == Some(n) { Err(Stopped("enough".into())) } else { Ok(()) }
    }

    fn response_id(&self, n: u32, _id: &str) {
        self.hear(format!("id {n}"));
    }

    fn text(&self, n: u32, piece: &str) {
        self.hear(format!("text {n} {piece}"));
    }

    fn request_failed(&self, n: u32, _why: &str) {
        self.hear(format!("failed {n}"));
    }
}

/// A provider that sends so many requests and then ends so, always.
#[derive(Clone, Debug)]
pub(crate) struct Scripted {
    pub(crate) name: &'static str,
    pub(crate) requests: u32,
    pub(crate) ends: Result<String, Error>,
    pub(crate) context: u32,
    pub(crate) tools: bool,
    pub(crate) billing: Billing,
    /// Whether it still has an answer that is looked up.
    pub(crate) knows: bool,
}

impl Default for Scripted {
    fn default() -> Self {
        Scripted {
            name: "scripted",
            requests: 1,
            ends: Ok("yes".into()),
            context: 1000,
            tools: true,
            billing: Billing::Metered,
            knows: false,
        }
    }
}

impl Scripted {
    fn reply(&self, text: &str, model: &str) -> Reply {
        Reply {
            text: text.to_owned(),
            calls: Vec::new(),
            model: model.to_owned(),
            finish: Finish::Done,
            usage: Usage { calls: 1, input_tokens: 10, output_tokens: 5, ..Usage::default() },
            response_id: Some(format!("{}-1", self.name)),
            billed: Some(MicroUsd(42)),
        }
    }
}

#[async_trait::async_trait]
impl Provider for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    fn context_tokens(&self, _model: &str) -> u32 {
        self.context
    }

    fn has_tools(&self) -> bool {
        self.tools
    }

    fn billing(&self) -> Billing {
        self.billing
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        for n in 1..=self.requests {
            wire.before_request(n).await?;
            match &self.ends {
                Ok(text) if n == self.requests => {
                    let reply = self.reply(text, &request.model);
                    wire.response_id(n, reply.response_id.as_deref().unwrap());
                    wire.text(n, text);
                    return Ok(reply);
                }
                _ => wire.request_failed(n, "failed"),
            }
        }
        self.ends.clone().map(|text| self.reply(&text, &request.model))
    }

    async fn look_up(&self, _response_id: &str, request: &Request) -> LookedUp {
        match (&self.ends, self.knows) {
            (Ok(text), true) => LookedUp::Reply(Box::new(self.reply(text, &request.model))),
            _ => LookedUp::Unknown,
        }
    }
}
