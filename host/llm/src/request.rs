//! What is asked.

use std::sync::Arc;

use serde_json::Value;

use crate::CallFacts;

/// Who speaks in a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// What is put to the model.
    User,
    /// What the model said earlier.
    Assistant,
}

/// One entry of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptTurn {
    /// Who speaks.
    pub speaker: Speaker,
    /// What is said.
    pub text: String,
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
    /// The occasion.
    pub facts: Arc<CallFacts>,
}
