//! A request as the provider saw it.

use amatelier_types::{Sha256, Usage};
use serde_json::Value;

use super::{
    answer::Answer,
    prompt::{Prompt, Said},
    protocol::Protocol,
};

/// A request and what became of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its place among all requests, from 1.
    pub n: usize,
    /// How often the same was asked up to now, this time included.
    pub times: usize,
    /// The same for two requests that put the same messages to the same model.
    pub key: Sha256,
    /// What it came in.
    pub protocol: Protocol,
    /// What it asks for.
    pub prompt: Prompt,
    /// What was sent.
    pub body: Value,
    /// What a server that keeps to the letter finds wrong with it. It is refused then.
    pub complaint: Option<String>,
    /// What it is answered, once and as far as it is answered at all.
    pub answer: Option<String>,
    /// What it is billed, once its answer is worked out, whether or not it arrives.
    pub usage: Option<Usage>,
    pub(super) worked_out: Option<Answer>,
    /// How many pieces of the answer have left.
    pub pieces: usize,
    /// Whether the answer was written to the end.
    pub finished: bool,
}

impl Asked {
    /// Whether one of its messages holds this text.
    pub fn says(&self, text: &str) -> bool {
        self.prompt.messages.iter().any(|said| said.text.contains(text))
    }

    /// The last message.
    pub fn last_message(&self) -> &str {
        self.prompt.messages.last().map_or("", |said| &said.text)
    }

    /// The model.
    pub fn model(&self) -> &str {
        &self.prompt.model
    }

    /// The schema that the answer has to meet, if one was sent.
    pub fn schema(&self) -> Option<&Value> {
        self.prompt.schema.as_ref()
    }

    /// The key that came with it, if one did.
    pub fn key_seen(&self) -> Option<&str> {
        self.prompt.key_seen.as_deref()
    }

    /// Tokens of the prompt as this provider counts them: its words.
    pub fn input_tokens(&self) -> usize {
        self.prompt.messages.iter().map(|said| self.protocol.dialect().tokens(&said.text) as usize).sum()
    }

    /// Tokens of the answer as they are billed; 0 without one.
    pub fn output_tokens(&self) -> usize {
        self.usage.map_or(0, |usage| usage.output_tokens as usize)
    }
}

/// Field names and separators take part, so that no two different conversations read the same.
pub(super) fn key(prompt: &Prompt) -> Sha256 {
    let model = Some(prompt.model.as_str()).filter(|model| !model.is_empty());
    let said: Vec<_> = prompt.messages.iter().map(|Said { role, text }| (role, text)).collect();
    Sha256::of(format!("{model:?} {said:?}").as_bytes())
}
