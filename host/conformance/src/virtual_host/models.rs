//! Models that answer from a list, and remember what they were asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use amatelier_llm::{
    CallFacts, Provider as _, Request, Stopped, Wire, estimate_tokens, rehearsal::Rehearsal,
};
use amatelier_runtime::{Completion, CompletionReply, ModelError, Models, Speaker, Suspended};
use amatelier_types::{MicroUsd, Usage};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The model says this, and ends as it says: `done`, `length`, `refused`, `broken`.
    Says {
        /// What it says.
        text: String,
        /// How it ends.
        finish: String,
    },
    /// There is no answer.
    Fails(ModelError),
}

impl Reply {
    /// A whole answer.
    pub fn says(text: impl Into<String>) -> Self {
        Reply::Says { text: text.into(), finish: "done".into() }
    }
}

/// What a model says, and in which order.
#[derive(Clone, Debug)]
pub enum Script {
    /// These, one after the other; then no model is there any more.
    InOrder(VecDeque<Reply>),
    /// The same to everybody.
    Always(Reply),
    /// What the embedded stand-in model says on the occasion, which meets whatever schema is asked for.
    Rehearsal,
}

impl Default for Script {
    fn default() -> Self {
        Script::InOrder(VecDeque::new())
    }
}

/// Models by a script. Cloning keeps the place in it apart: whoever plays on a copy of a host takes nothing away from the original.
#[derive(Debug)]
pub struct Answering(Arc<Mutex<Script>>);

impl Answering {
    /// Models that answer by this script.
    pub fn of(script: Script) -> Self {
        Answering(Arc::new(Mutex::new(script)))
    }

    /// How many answers nobody asked for; none where they never end.
    pub fn left(&self) -> Option<usize> {
        match &*self.script() {
            Script::InOrder(replies) => Some(replies.len()),
            Script::Always(_) | Script::Rehearsal => None,
        }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        // Nobody panics while taking an answer.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same script and the same place in it, shared.
    fn shared(&self) -> Self {
        Answering(self.0.clone())
    }
}

impl Clone for Answering {
    fn clone(&self) -> Self {
        Answering::of(self.script().clone())
    }
}

/// The models of one call.
pub(super) struct Voice {
    answering: Answering,
    facts: CallFacts,
    asked: Mutex<Vec<Completion>>,
}

impl Voice {
    pub(super) fn new(answering: &Answering, facts: CallFacts) -> Self {
        Voice { answering: answering.shared(), facts, asked: Mutex::default() }
    }

    /// What was asked, in order.
    pub(super) fn asked(&self) -> Vec<Completion> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn next(&self) -> Option<Reply> {
        match &mut *self.answering.script() {
            Script::InOrder(replies) => {
                let spent = || ModelError::Unavailable("the script has no more answers".into());
                Some(replies.pop_front().unwrap_or_else(|| Reply::Fails(spent())))
            }
            Script::Always(reply) => Some(reply.clone()),
            Script::Rehearsal => None,
        }
    }

    async fn rehearse(&self, what: &Completion, call: u32) -> Reply {
        let schema = match what.schema.as_deref().map(serde_json::from_str).transpose() {
            Ok(schema) => schema,
            Err(error) => {
                return Reply::Fails(ModelError::Invalid(format!("the schema is not JSON: {error}")));
            }
        };
        let message = |turn: &amatelier_runtime::PromptTurn| {
            let speaker = match turn.speaker {
                Speaker::User => amatelier_llm::Speaker::User,
                Speaker::Assistant => amatelier_llm::Speaker::Assistant,
            };
            amatelier_llm::PromptTurn::said(speaker, &turn.text)
        };
        let request = Request {
            model: Rehearsal::NAME.into(),
            system: what.system.clone(),
            messages: what.messages.iter().map(message).collect(),
            max_tokens: if what.max_tokens == 0 { ANSWER_TOKENS } else { what.max_tokens },
            temperature: what.temperature,
            effort: what.effort.clone(),
            stop: what.stop.clone(),
            schema,
            tools: Vec::new(),
            facts: Arc::new(CallFacts { call, ..self.facts.clone() }),
        };
        match Rehearsal.complete(&request, &Deaf).await {
            Ok(reply) => Reply::Says { text: reply.text, finish: reply.finish.name().into() },
            Err(amatelier_llm::Error::TooLong { limit }) => Reply::Fails(ModelError::TooLong(limit)),
            Err(error) => Reply::Fails(ModelError::Invalid(error.to_string())),
        }
    }
}

/// The longest answer where none is asked for, as in a debate.
const ANSWER_TOKENS: u32 = 4_096;

#[async_trait::async_trait]
impl Models for Voice {
    async fn complete(&self, what: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        let call = {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.push(what.clone());
            u32::try_from(asked.len()).unwrap_or(u32::MAX)
        };
        let reply = match self.next() {
            Some(reply) => reply,
            None => self.rehearse(&what, call).await,
        };
        Ok(match reply {
            Reply::Says { text, finish } => Ok(CompletionReply {
                text,
                model: "scripted".into(),
                finish,
                usage: Usage::default(),
                cost: MicroUsd(0),
            }),
            Reply::Fails(error) => Err(error),
        })
    }

    fn count_tokens(&self, text: &str) -> u32 {
        estimate_tokens(text)
    }
}

/// Nobody watches, and nothing is written down.
struct Deaf;

#[async_trait::async_trait]
impl Wire for Deaf {
    async fn before_request(&self, _: u32) -> Result<(), Stopped> {
        Ok(())
    }

    fn response_id(&self, _: u32, _: &str) {}

    fn text(&self, _: u32, _: &str) {}

    fn request_failed(&self, _: u32, _: &str) {}
}
