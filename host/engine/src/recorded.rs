//! What is asked of a model and what it answers, as the journal keeps them.

use amatelier_llm::{Error as LlmError, PromptTurn, Reply, Speaker, Tool, ToolCall};
use amatelier_runtime::{CompletionReply, ModelError, Suspended};
use amatelier_types::{MicroUsd, Sha256, Usage};
use serde::{Deserialize, Serialize};

use crate::inquiry::Inquiry;

/// The host function, as `calls.function` names it.
pub(crate) const COMPLETE: &str = "llm.complete";

/// A request, exactly as it was made.
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Tool>,
    /// What the model called, by the place of its message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<(usize, ToolCall)>,
    /// What its author says it leaves out: part of the record, and none of the prompt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<u32>,
}

impl RecordedRequest {
    pub(crate) fn of(inquiry: &Inquiry) -> Self {
        let turns = inquiry.messages.iter().enumerate();
        let calls = turns.flat_map(|(place, turn)| turn.calls.iter().map(move |call| (place, call.clone())));
        RecordedRequest {
            model: inquiry.model.clone(),
            system: inquiry.system.clone(),
            messages: inquiry.messages.iter().map(|turn| (speaker(turn), turn.text.clone())).collect(),
            max_tokens: inquiry.max_tokens,
            temperature: inquiry.temperature,
            effort: inquiry.effort.clone(),
            stop: inquiry.stop.clone(),
            schema: inquiry.schema.clone(),
            tools: inquiry.tools.clone(),
            calls: calls.collect(),
            left_out: inquiry.left_out.clone(),
        }
    }

    /// Its bytes, and their hash: two requests with the same hash are the same request.
    pub(crate) fn bytes(&self) -> Result<(Vec<u8>, Sha256), serde_json::Error> {
        let bytes = serde_json::to_vec(self)?;
        let hash = Sha256::of(&bytes);
        Ok((bytes, hash))
    }
}

/// Who speaks; with a result, the call that it is the result of.
fn speaker(turn: &PromptTurn) -> String {
    match turn.speaker {
        Speaker::User => "user".into(),
        Speaker::Assistant => "assistant".into(),
        Speaker::Tool => format!("tool {}", turn.call_id.as_deref().unwrap_or_default()),
    }
}

/// What the component was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RecordedAnswer {
    /// An answer.
    Reply {
        text: String,
        model: String,
        finish: String,
        usage: Usage,
        cost: MicroUsd,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<ToolCall>,
    },
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
    /// What a provider said.
    ///
    /// # Errors
    /// It was stopped before the request left: there is no answer.
    pub(crate) fn of(replied: Result<Reply, LlmError>) -> Result<Self, Suspended> {
        Ok(match replied {
            Ok(reply) => RecordedAnswer::Reply {
                text: reply.text,
                model: reply.model,
                finish: reply.finish.name().into(),
                usage: reply.usage,
                cost: reply.usage.cost,
                calls: reply.calls,
            },
            Err(LlmError::Stopped(stopped)) => return Err(Suspended(stopped.to_string())),
            Err(LlmError::TooLong { limit }) => RecordedAnswer::TooLong(limit),
            Err(LlmError::TimedOut { .. }) => RecordedAnswer::TimedOut,
            Err(error @ LlmError::Unavailable { .. }) => RecordedAnswer::Unavailable(error.to_string()),
            Err(error @ LlmError::Invalid { .. }) => RecordedAnswer::Invalid(error.to_string()),
        })
    }

    pub(crate) fn usage(&self) -> Usage {
        match self {
            RecordedAnswer::Reply { usage, .. } => *usage,
            _ => Usage::default(),
        }
    }

    /// What the component is told.
    pub(crate) fn told(self) -> Result<CompletionReply, ModelError> {
        match self {
            RecordedAnswer::Reply { text, model, finish, usage, cost, calls: _ } => {
                Ok(CompletionReply { text, model, finish, usage, cost })
            }
            RecordedAnswer::TooLong(limit) => Err(ModelError::TooLong(limit)),
            RecordedAnswer::TimedOut => Err(ModelError::TimedOut),
            RecordedAnswer::Unavailable(reason) => Err(ModelError::Unavailable(reason)),
            RecordedAnswer::Invalid(reason) => Err(ModelError::Invalid(reason)),
        }
    }
}
