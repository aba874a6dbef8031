//! Gemini, as it is spoken natively.

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

/// `generateContent` and its stream.
pub(super) struct Gemini;

impl Dialect for Gemini {
    fn read(&self, sent: &Sent) -> Result<Prompt, String> {
        strict::check(sent)?;
        Ok(read::read(sent))
    }

    /// Half of the system instruction is cached, without anybody's asking for it.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        let system = asked.prompt.messages.first().filter(|said| said.role == "system");
        Usage {
            calls: 1,
            input_tokens: asked.input_tokens() as u64,
            cached_tokens: system.map_or(0, |said| self.tokens(&said.text) / 2),
            output_tokens: output,
            ..Usage::default()
        }
    }

    fn id(&self, asked: &Asked) -> String {
        asked.key.short().to_string()
    }

    fn media_type(&self, asked: &Asked) -> &'static str {
        if asked.prompt.stream { "text/event-stream" } else { "application/json" }
    }

    /// A stream just ends: there is no mark.
    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes> {
        let id = self.id(asked);
        if asked.prompt.stream {
            write::chunks(asked, &id, answer).iter().map(write::event).collect()
        } else {
            vec![write::whole(asked, &id, answer).to_string().into()]
        }
    }

    fn fail_inside(&self) -> Bytes {
        let error = json!({"code": 503, "message": "The model is overloaded.", "status": "UNAVAILABLE"});
        write::event(&json!({"error": error}))
    }

    fn damaged(&self) -> Bytes {
        Bytes::from_static(b"data: {\"candidates\": [{\r\n\r\n")
    }

    fn refuse(&self, refusal: &Refusal) -> Refused {
        let (status, name, message): (u16, &str, String) = match refusal {
            Refusal::Status(status) => (*status, name(*status), "out of order".into()),
            Refusal::RateLimit { .. } => {
                (429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).".into())
            }
            Refusal::TooLong { limit, tokens } => (
                400,
                "INVALID_ARGUMENT",
                format!(
                    "The input token count ({}) exceeds the maximum number of tokens allowed ({limit}).",
                    (*tokens).max(u64::from(*limit) + 1)
                ),
            ),
            Refusal::WrongKey(key) => (
                400,
                "INVALID_ARGUMENT",
                format!("API key not valid: {key}. Please pass a valid API key."),
            ),
            Refusal::MoneyGone => (
                429,
                "RESOURCE_EXHAUSTED",
                "Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing."
                    .into(),
            ),
            Refusal::Overloaded => {
                (503, "UNAVAILABLE", "The model is overloaded. Please try again later.".into())
            }
            Refusal::Invalid(reason) => (400, "INVALID_ARGUMENT", reason.clone()),
            Refusal::NotFound(what) => (404, "NOT_FOUND", format!("{what} is not found for API version v1beta")),
        };
        let mut error = json!({"code": status, "message": message, "status": name});
        if let Some(wait) = refusal.retry_after_ms() {
            let hint = json!({
                "@type": "type.googleapis.com/google.rpc.RetryInfo",
                "retryDelay": format!("{}s", seconds(wait)),
            });
            error["details"] = json!([hint]);
        }
        if matches!(refusal, Refusal::WrongKey(_)) {
            let info =
                json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"});
            error["details"] = json!([info]);
        }
        Refused { status, headers: Vec::new(), body: json!({"error": error}) }
    }
}

/// What an error of this status is called.
fn name(status: u16) -> &'static str {
    match status {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        _ => "INTERNAL",
    }
}

/// The models; not all of them talk.
pub(super) fn models() -> Value {
    let model = |id: &str, input: u32, methods: &[&str]| {
        json!({
            "name": format!("models/{id}"),
            "displayName": id,
            "inputTokenLimit": input,
            "outputTokenLimit": 65_536,
            "supportedGenerationMethods": methods,
        })
    };
    json!({"models": [
        model("gemini-2.5-flash", 1_048_576, &["generateContent", "countTokens"]),
        model("gemini-2.5-pro", 1_048_576, &["generateContent", "countTokens"]),
        model("gemini-embedding-001", 2_048, &["embedContent"]),
    ]})
}
