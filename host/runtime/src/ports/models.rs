//! Language models, as a call may ask them.
//!
//! Plain mirrors of the `llm` contract. The engine behind the port owns keys, prices, caps, retries and the journal; the runtime only
//! checks the grant, counts the calls and remembers how the last one ended.

use amatelier_types::{MicroUsd, Usage};

/// The port to the models.
#[async_trait::async_trait]
pub trait Models: Send + Sync {
    /// Ask a model. The inner result is what the guest is told; the outer error ends the call without the guest ever seeing it.
    async fn complete(&self, request: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended>;

    /// An estimate of how many tokens a text takes in the member's own model.
    fn count_tokens(&self, text: &str) -> u32;
}

/// The debate was suspended (a pause, a cap, a shutdown): the store is dropped and no answer is written. Says why, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("suspended: {0}")]
pub struct Suspended(pub String);

/// Who speaks in a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// What is put to the model.
    User,
    /// What the model said earlier.
    Assistant,
}

/// One entry of a prompt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PromptTurn {
    /// Who speaks.
    pub speaker: Speaker,
    /// What is said.
    pub text: String,
}

/// One request, already checked: at least one message, a temperature between 0 and 2, no tools, sizes within the limits of the call.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// A label of the team's model map; none means the member's own.
    pub model: Option<String>,
    /// The system prompt.
    pub system: String,
    /// Oldest first, at least one.
    pub messages: Vec<PromptTurn>,
    /// The longest answer wanted, in tokens; 0 means the host's default.
    pub max_tokens: u32,
    /// 0 to 2; none means the model's default.
    pub temperature: Option<f32>,
    /// `low`, `medium`, `high`, `max`.
    pub effort: Option<String>,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// JSON Schema of the answer, as text; not checked yet.
    pub schema: Option<String>,
    /// Show the text to whoever is watching while it arrives.
    pub visible: bool,
    /// Messages of the debate that its author left out so that it fits, by their numbers. Says something about the prompt; is no part of it.
    pub left_out: Vec<u32>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionReply {
    /// What the model said.
    pub text: String,
    /// The model that answered, as its provider calls it.
    pub model: String,
    /// `done`, `length`, `refused`, `broken`.
    pub finish: String,
    /// What it took.
    pub usage: Usage,
    /// What it cost; 0 where the price is unknown or nothing was paid.
    pub cost: MicroUsd,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// This model, or any, is not granted; the text names what.
    #[error("{0} is not granted")]
    Denied(String),
    /// The prompt is longer than the model takes; the value is its limit in tokens.
    #[error("the prompt is longer than the model's {0} tokens")]
    TooLong(u32),
    /// The provider stopped talking.
    #[error("the model stopped talking")]
    TimedOut,
    /// The provider is down, or refuses us, after every retry.
    #[error("the model is unavailable: {0}")]
    Unavailable(String),
    /// The request makes no sense, or the answer never met the schema.
    #[error("the request was invalid: {0}")]
    Invalid(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}
