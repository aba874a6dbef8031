//! What is asked of a model and what it answers, as the journal keeps them.

use amatelier_runtime::{Completion, CompletionReply, ModelError, Speaker};
use amatelier_types::{MicroUsd, Sha256, Usage};
use serde::{Deserialize, Serialize};

/// The host function, as `calls.function` names it.
pub(crate) const COMPLETE: &str = "llm.complete";

/// A request, exactly as the component made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RecordedRequest {
    pub model: Option<String>,
    pub system: String,
    /// Who speaks, and what.
    pub messages: Vec<(String, String)>,
    pub max_tokens: u32,
    pub temperature: Option<f32>,
    pub effort: Option<String>,
    pub stop: Vec<String>,
    pub schema: Option<String>,
    /// What its author says it leaves out: part of the record, and none of the prompt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<u32>,
}

impl RecordedRequest {
    pub(crate) fn of(request: &Completion) -> Self {
        let speaker = |speaker| match speaker {
            Speaker::User => "user",
            Speaker::Assistant => "assistant",
        };
        RecordedRequest {
            model: request.model.clone(),
            system: request.system.clone(),
            messages: request
                .messages
                .iter()
                .map(|turn| (speaker(turn.speaker).into(), turn.text.clone()))
                .collect(),
            max_tokens: request.max_tokens,
            temperature: request.temperature,
            effort: request.effort.clone(),
            stop: request.stop.clone(),
            schema: request.schema.clone(),
            left_out: request.left_out.clone(),
        }
    }

    /// Its bytes, and their hash: two requests with the same hash are the same request.
    pub(crate) fn bytes(&self) -> Result<(Vec<u8>, Sha256), serde_json::Error> {
        let bytes = serde_json::to_vec(self)?;
        let hash = Sha256::of(&bytes);
        Ok((bytes, hash))
    }
}

/// What the component was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RecordedAnswer {
    /// An answer.
    Reply { text: String, model: String, finish: String, usage: Usage, cost: MicroUsd },
    /// The prompt is too long.
    TooLong(u32),
    /// The provider stopped talking.
    TimedOut,
    /// The provider is down.
    Unavailable(String),
    /// The request makes no sense.
    Invalid(String),
}

impl RecordedAnswer {
    pub(crate) fn usage(&self) -> Usage {
        match self {
            RecordedAnswer::Reply { usage, .. } => *usage,
            _ => Usage::default(),
        }
    }

    /// What the component is told.
    pub(crate) fn told(self) -> Result<CompletionReply, ModelError> {
        match self {
            RecordedAnswer::Reply { text, model, finish, usage, cost } => {
                Ok(CompletionReply { text, model, finish, usage, cost })
            }
            RecordedAnswer::TooLong(limit) => Err(ModelError::TooLong(limit)),
            RecordedAnswer::TimedOut => Err(ModelError::TimedOut),
            RecordedAnswer::Unavailable(reason) => Err(ModelError::Unavailable(reason)),
            RecordedAnswer::Invalid(reason) => Err(ModelError::Invalid(reason)),
        }
    }
}
