//! The protocols, and what each has to be able to do.

use axum::body::Bytes;

use super::{
    answer::Answer,
    anthropic::Anthropic,
    asked::Asked,
    claude::Claude,
    gemini::Gemini,
    ollama::Ollama,
    openai::OpenAi,
    openrouter::OpenRouter,
    prompt::Prompt,
    refusal::{Refusal, Refused},
    sent::Sent,
};
use amatelier_types::Usage;

/// What a request was put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Protocol {
    /// Chat completions.
    OpenAi,
    /// Chat completions, billed.
    OpenRouter,
    /// Messages.
    Anthropic,
    /// `generateContent` and its stream.
    Gemini,
    /// The native `/api/chat`.
    Ollama,
    /// The stand-in for the `claude` command.
    ClaudeCode,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Protocol; 6] = [
        Protocol::OpenAi,
        Protocol::OpenRouter,
        Protocol::Anthropic,
        Protocol::Gemini,
        Protocol::Ollama,
        Protocol::ClaudeCode,
    ];

    /// What the provider that speaks it is called.
    pub fn name(self) -> &'static str {
        match self {
            Protocol::OpenAi => "openai",
            Protocol::OpenRouter => "openrouter",
            Protocol::Anthropic => "anthropic",
            Protocol::Gemini => "gemini",
            Protocol::Ollama => "ollama",
            Protocol::ClaudeCode => "claude-code",
        }
    }

    /// The key that tests use with it; none where there is no account. Nobody who runs these tests has one that looks like these.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Protocol::OpenAi => Some("sk-fake-openai-7Qd0wXzV3n"),
            Protocol::OpenRouter => Some("sk-or-fake-h2LrT9bKq5"),
            Protocol::Anthropic => Some("sk-ant-fake-Zm4uPe81Yc"),
            Protocol::Gemini => Some("AIzaFake-w6Gs3JtN0x"),
            Protocol::Ollama | Protocol::ClaudeCode => None,
        }
    }

    pub(super) fn dialect(self) -> &'static dyn Dialect {
        match self {
            Protocol::OpenAi => &OpenAi,
            Protocol::OpenRouter => &OpenRouter,
            Protocol::Anthropic => &Anthropic,
            Protocol::Gemini => &Gemini,
            Protocol::Ollama => &Ollama,
            Protocol::ClaudeCode => &Claude,
        }
    }
}

/// How a protocol is read and written.
pub(super) trait Dialect: Sync {
    /// What is asked for, or what the real server would refuse it for.
    fn read(&self, sent: &Sent) -> Result<Prompt, String>;

    /// How many tokens a text has; each word is one, unless the protocol needs a closer guess.
    fn tokens(&self, text: &str) -> u64 {
        text.split_whitespace().count() as u64
    }

    /// What an answer of so many tokens takes, as the provider will say.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        Usage {
            calls: 1,
            input_tokens: asked.input_tokens() as u64,
            output_tokens: output,
            ..Usage::default()
        }
    }

    /// The id of the answer.
    fn id(&self, asked: &Asked) -> String;

    /// The type of the body in which the answer comes.
    fn media_type(&self, asked: &Asked) -> &'static str;

    /// Headers of the answer.
    fn headers(&self, _asked: &Asked) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The answer to its end: in pieces, or as one object if it is not to be streamed.
    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes>;

    /// What stands in a stream in the place of its rest when the server fails in the middle.
    fn fail_inside(&self) -> Bytes;

    /// A piece of a stream that is damaged.
    fn damaged(&self) -> Bytes;

    /// A refusal.
    fn refuse(&self, refusal: &Refusal) -> Refused;
}
