//! Chat completions.

mod lists;
mod read;
mod write;

use amatelier_types::Usage;
use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    answer::Answer,
    asked::Asked,
    prompt::Prompt,
    protocol::Dialect,
    refusal::{Refusal, Refused},
    sent::Sent,
};
pub(super) use lists::{models, stored};
pub(super) use read::read;
pub(super) use write::{chunks, event, whole};

/// Chat completions as most servers have them.
pub(super) struct OpenAi;

impl Dialect for OpenAi {
    fn read(&self, sent: &Sent) -> Result<Prompt, String> {
        read(sent)
    }

    /// Half of the first message is cached where a key for the cache is sent.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        let keyed = asked.body["prompt_cache_key"].is_string();
        let first = asked.prompt.messages.first().filter(|_| keyed);
        Usage {
            calls: 1,
            input_tokens: asked.input_tokens() as u64,
            cached_tokens: first.map_or(0, |said| self.tokens(&said.text) / 2),
            output_tokens: output,
            ..Usage::default()
        }
    }

    fn id(&self, asked: &Asked) -> String {
        format!("chatcmpl-{}", asked.key.short())
    }

    fn media_type(&self, asked: &Asked) -> &'static str {
        if asked.prompt.stream { "text/event-stream" } else { "application/json" }
    }

    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes> {
        let usage = write::usage(asked, answer);
        if !asked.prompt.stream {
            return vec![whole(asked, &self.id(asked), answer, usage).to_string().into()];
        }
        let wanted = asked.body["stream_options"]["include_usage"] == true;
        chunks(asked, &self.id(asked), answer, wanted.then_some(usage))
    }

    fn fail_inside(&self) -> Bytes {
        event(
            &json!({"error": {"message": "The server had an error while answering.", "type": "server_error"}}),
        )
    }

    fn damaged(&self) -> Bytes {
        Bytes::from_static(b"data: {\"choices\": [{\n\n")
    }

    fn refuse(&self, refusal: &Refusal) -> Refused {
        let (status, kind, code, message): (u16, &str, Value, String) = match refusal {
            Refusal::Status(status) => (*status, "fake", Value::Null, "out of order".into()),
            Refusal::RateLimit { .. } => {
                (429, "requests", json!("rate_limit_exceeded"), "too many requests".into())
            }
            Refusal::TooLong { limit, .. } => (
                400,
                "invalid_request_error",
                json!("context_length_exceeded"),
                format!("maximum context length is {limit} tokens"),
            ),
            Refusal::WrongKey(key) => (
                401,
                "invalid_request_error",
                json!("invalid_api_key"),
                format!("Incorrect API key provided: {key}"),
            ),
            Refusal::MoneyGone => (
                429,
                "insufficient_quota",
                json!("insufficient_quota"),
                "You exceeded your current quota, please check your plan and billing details.".into(),
            ),
            Refusal::Overloaded => {
                (503, "server_error", Value::Null, "The engine is currently overloaded.".into())
            }
            Refusal::Invalid(reason) => (400, "invalid_request_error", Value::Null, reason.clone()),
            Refusal::NotFound(what) => {
                (404, "invalid_request_error", json!("not_found"), format!("{what} not found"))
            }
        };
        let headers = refusal.retry_after_ms().map(|wait| ("retry-after-ms", wait.to_string()));
        let error = json!({"message": message, "type": kind, "param": null, "code": code});
        Refused { status, headers: headers.into_iter().collect(), body: json!({"error": error}) }
    }
}
