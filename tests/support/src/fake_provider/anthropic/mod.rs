//! Messages.

mod read;
mod strict;
mod write;

use amatelier_types::Usage;
use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    answer::Answer,
    asked::Asked,
    prompt::Prompt,
    protocol::Dialect,
    refusal::{Refusal, Refused, seconds},
    sent::Sent,
};
pub(super) use write::{event, events, usage};

/// The messages protocol.
pub(super) struct Anthropic;

impl Dialect for Anthropic {
    fn read(&self, sent: &Sent) -> Result<Prompt, String> {
        strict::check(sent)?;
        Ok(read::read(sent))
    }

    /// Of what stands before the last breakpoint, half was in the cache and the rest is put there.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        let input = asked.input_tokens() as u64;
        let marked: u64 = read::before_breakpoint(&asked.body).iter().map(|text| self.tokens(text)).sum();
        let cacheable = marked.min(input);
        Usage {
            calls: 1,
            input_tokens: input,
            cached_tokens: cacheable / 2,
            cache_write_tokens: cacheable - cacheable / 2,
            output_tokens: output,
            ..Usage::default()
        }
    }

    fn id(&self, asked: &Asked) -> String {
        format!("msg_{}", asked.key.short())
    }

    fn media_type(&self, asked: &Asked) -> &'static str {
        if asked.prompt.stream { "text/event-stream" } else { "application/json" }
    }

    fn headers(&self, asked: &Asked) -> Vec<(&'static str, String)> {
        vec![("request-id", format!("req_{}", asked.n))]
    }

    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes> {
        let id = self.id(asked);
        if !asked.prompt.stream {
            return vec![write::whole(asked, &id, answer).to_string().into()];
        }
        events(asked, &id, answer).iter().map(event).collect()
    }

    fn fail_inside(&self) -> Bytes {
        event(&json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}))
    }

    fn damaged(&self) -> Bytes {
        Bytes::from_static(b"event: message_start\ndata: {\"type\": \"message_start\", \"mess\n\n")
    }

    fn refuse(&self, refusal: &Refusal) -> Refused {
        let (status, kind, message): (u16, &str, String) = match refusal {
            Refusal::Status(status) => (*status, kind(*status), "out of order".into()),
            Refusal::RateLimit { .. } => {
                (429, "rate_limit_error", "This request would exceed your organization's rate limit.".into())
            }
            Refusal::TooLong { limit, tokens } => (
                400,
                "invalid_request_error",
                format!("prompt is too long: {} tokens > {limit} maximum", (*tokens).max(u64::from(*limit) + 1)),
            ),
            Refusal::WrongKey(key) => (401, "authentication_error", format!("invalid x-api-key: {key}")),
            Refusal::MoneyGone => (
                400,
                "invalid_request_error",
                "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or \
                 purchase credits."
                    .into(),
            ),
            Refusal::Overloaded => (529, "overloaded_error", "Overloaded".into()),
            Refusal::Invalid(reason) => (400, "invalid_request_error", reason.clone()),
            Refusal::NotFound(what) => (404, "not_found_error", what.clone()),
        };
        let headers = refusal.retry_after_ms().map(|wait| ("retry-after", seconds(wait)));
        let error = json!({"type": kind, "message": message});
        let body = json!({"type": "error", "error": error, "request_id": "req_refused"});
        Refused { status, headers: headers.into_iter().collect(), body }
    }
}

/// What an error of this status is called.
fn kind(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    }
}

/// The models.
pub(super) fn models() -> Value {
    let model = |id: &str, name: &str| {
        json!({
            "type": "model",
            "id": id,
            "display_name": name,
            "created_at": "2026-01-01T00:00:00Z",
            "max_input_tokens": 200_000,
            "max_tokens": 64_000,
        })
    };
    let (first, last) = ("claude-sonnet-4-5", "claude-haiku-4-5");
    let data = [model(first, "Claude Sonnet 4.5"), model(last, "Claude Haiku 4.5")];
    json!({"data": data, "has_more": false, "first_id": first, "last_id": last})
}
