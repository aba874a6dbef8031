//! What is asked.

use std::sync::Arc;

use serde_json::Value;

use crate::{CallFacts, Tool, ToolCall};

/// Who speaks in a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// What is put to the model.
    User,
    /// What the model said earlier.
    Assistant,
    /// What a call came to.
    Tool,
}

/// One entry of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptTurn {
    /// Who speaks.
    pub speaker: Speaker,
    /// What is said.
    pub text: String,
    /// What the model called with it.
    pub calls: Vec<ToolCall>,
    /// The call that this is the result of.
    pub call_id: Option<String>,
}

impl PromptTurn {
    /// Plain words.
    pub fn said(speaker: Speaker, text: impl Into<String>) -> Self {
        PromptTurn { speaker, text: text.into(), calls: Vec::new(), call_id: None }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The model, as the provider calls it.
    pub model: String,
    /// The system prompt; may be empty.
    pub system: String,
    /// Oldest first.
    pub messages: Vec<PromptTurn>,
    /// The longest answer wanted, in tokens.
    pub max_tokens: u32,
    /// 0 to 2; none means the model's default.
    pub temperature: Option<f32>,
    /// `low`, `medium`, `high` or `max`.
    pub effort: Option<String>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// JSON Schema that the answer must meet.
    pub schema: Option<Value>,
    /// What the model may call; only for a provider that [has tools](crate::Provider::has_tools).
    pub tools: Vec<Tool>,
    /// The occasion.
    pub facts: Arc<CallFacts>,
}
