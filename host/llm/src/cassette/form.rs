//! What stands in a line.

use amatelier_types::{MemberName, Phase, Sha256, Usage};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{CallFacts, Error, Finish, PromptTurn, Purpose, Reply, Request, Speaker, Tool, ToolCall};

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    /// The version of the form.
    pub(super) cassette: u32,
    /// What wrote it.
    pub(super) program: String,
}

/// Every other line: a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Of the request.
    pub(super) hash: Sha256,
    /// How often the request was recorded, this time included.
    pub(super) occurrence: u32,
    pub(super) provider: String,
    pub(super) context_tokens: u32,
    pub(super) has_tools: bool,
    pub(super) occasion: Occasion,
    pub(super) request: Asked,
    pub(super) answer: Answer,
}

/// When a request was made. Not part of the request: it tells calls apart for people, and turns that ask the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Occasion {
    pub(super) member: MemberName,
    pub(super) purpose: String,
    pub(super) phase: Phase,
    pub(super) round: u32,
    pub(super) position: u32,
    pub(super) call: u32,
    /// The turn's seed.
    pub(super) turn: String,
}

impl Occasion {
    pub(super) fn of(facts: &CallFacts) -> Self {
        Occasion {
            member: facts.member.clone(),
            purpose: purpose(facts.purpose).to_owned(),
            phase: facts.phase,
            round: facts.round,
            position: facts.position,
            call: facts.call,
            turn: facts.turn_seed.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// Whether it is the same call of the same turn, run again or not.
    pub(super) fn is_turn_of(&self, other: &Occasion) -> bool {
        self.turn == other.turn && self.call == other.call
    }

    /// For people.
    pub(super) fn told(&self) -> String {
        let Occasion { member, purpose, phase, round, position, call, .. } = self;
        format!("{member}'s call {call} to {purpose} in round {round}, {phase}, place {position}")
    }
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Speak => "speak",
        Purpose::Moderate => "moderate",
        Purpose::Rule => "rule",
        Purpose::Summarise => "summarise",
        Purpose::Score => "score",
        Purpose::LookUp => "look-up",
    }
}

/// A request, as far as it makes a difference to the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) model: String,
    pub(super) system: String,
    pub(super) messages: Vec<Said>,
    pub(super) max_tokens: u32,
    pub(super) temperature: Option<f32>,
    pub(super) effort: Option<String>,
    pub(super) stop: Vec<String>,
    pub(super) schema: Option<Value>,
    pub(super) tools: Vec<Tool>,
}

/// A turn of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) speaker: String,
    pub(super) text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) calls: Vec<ToolCall>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) call_id: Option<String>,
}

impl Asked {
    pub(super) fn of(request: &Request) -> Self {
        let said = |turn: &PromptTurn| Said {
            speaker: match turn.speaker {
                Speaker::User => "user".into(),
                Speaker::Assistant => "assistant".into(),
                Speaker::Tool => "tool".into(),
            },
            text: turn.text.clone(),
            calls: turn.calls.clone(),
            call_id: turn.call_id.clone(),
        };
        Asked {
            model: request.model.clone(),
            system: request.system.clone(),
            messages: request.messages.iter().map(said).collect(),
            max_tokens: request.max_tokens,
            temperature: request.temperature,
            effort: request.effort.clone(),
            stop: request.stop.clone(),
            schema: request.schema.clone(),
            tools: request.tools.clone(),
        }
    }

    /// What two requests have in common exactly if they are the same.
    pub(super) fn hash(&self) -> Sha256 {
        // Nothing in it can fail to be written; were it otherwise, equal requests would still have equal hashes.
        Sha256::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Answer {
    Reply {
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<ToolCall>,
        model: String,
        finish: String,
        usage: Usage,
        response_id: Option<String>,
        /// What the provider charged, in millionths of a dollar, where it said so.
        billed: Option<u64>,
    },
    TooLong(u32),
    TimedOut(String),
    Unavailable(String),
    Invalid(String),
}

impl Answer {
    /// None for a call that was stopped: it may yet be made.
    pub(super) fn of(answered: &Result<Reply, Error>) -> Option<Self> {
        Some(match answered {
            Ok(reply) => Answer::Reply {
                text: reply.text.clone(),
                calls: reply.calls.clone(),
                model: reply.model.clone(),
                finish: reply.finish.name().to_owned(),
                usage: reply.usage,
                response_id: reply.response_id.clone(),
                billed: reply.billed.map(|billed| billed.0),
            },
            Err(Error::TooLong { limit }) => Answer::TooLong(*limit),
            Err(Error::TimedOut { timer, .. }) => Answer::TimedOut(timer.clone()),
            Err(Error::Unavailable { reason, .. }) => Answer::Unavailable(reason.clone()),
            Err(Error::Invalid { reason, .. }) => Answer::Invalid(reason.clone()),
            Err(Error::Stopped(_)) => return None,
        })
    }

    /// Whether the same call may have been answered later, when the provider was back.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Answer::TimedOut(_) | Answer::Unavailable(_))
    }

    /// As it came, from the provider that it came from; nothing is charged for it again.
    pub(super) fn played(&self, provider: &str) -> Result<Reply, Error> {
        let provider = provider.to_owned();
        match self.clone() {
            Answer::Reply { text, calls, model, finish, usage, response_id, billed: _ } => {
                let finish = finish_of(&finish);
                Ok(Reply { text, calls, model, finish, usage, response_id, billed: None })
            }
            Answer::TooLong(limit) => Err(Error::TooLong { limit }),
            Answer::TimedOut(timer) => Err(Error::TimedOut { provider, timer }),
            Answer::Unavailable(reason) => Err(Error::Unavailable { provider, reason }),
            Answer::Invalid(reason) => Err(Error::Invalid { provider, reason }),
        }
    }
}

/// An answer whose end has an unknown name is not known to be whole.
fn finish_of(name: &str) -> Finish {
    let all = [Finish::Done, Finish::Length, Finish::Refused];
    all.into_iter().find(|finish| finish.name() == name).unwrap_or(Finish::Broken)
}
