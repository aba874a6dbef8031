//! Ollama, as it is spoken natively: one JSON object a line.

mod lists;
mod write;

use amatelier_types::Usage;
use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    answer::Answer,
    asked::Asked,
    prompt::{Offer, Prompt, Said},
    protocol::Dialect,
    refusal::{Refusal, Refused, seconds},
    sent::Sent,
};
pub(super) use lists::{show, tags, version};
use write::{last, line, object, said};

/// Bytes that make a token. Who asks has to find out from the count whether the prompt was cut, so words would be too few.
const BYTES: usize = 4;

/// The room for a prompt where nobody asks for any, in tokens.
const CONTEXT: u64 = 4096;

/// The native `/api/chat`.
pub(super) struct Ollama;

impl Dialect for Ollama {
    /// What it does not know it ignores; since 0.12.6 it knows of prompts that are not to be cut.
    fn read(&self, sent: &Sent) -> Result<Prompt, String> {
        let body = &sent.body;
        let message = |message: &Value| {
            Said::new(
                message["role"].as_str().unwrap_or_default(),
                message["content"].as_str().unwrap_or_default(),
            )
        };
        let tools = body["tools"].as_array().into_iter().flatten().map(|tool| &tool["function"]);
        let prompt = Prompt {
            model: sent.text("model"),
            messages: body["messages"].as_array().into_iter().flatten().map(message).collect(),
            schema: Some(&body["format"]).filter(|format| format.is_object()).cloned(),
            tools: Offer::list(tools, "parameters"),
            // It streams unless it is told not to.
            stream: body["stream"] != false,
            thinks: body["think"] == true || body["think"].as_str().is_some_and(|think| think != "none"),
            key_seen: sent.bearer(),
            ..Prompt::default()
        };
        let tokens: u64 = prompt.messages.iter().map(|said| self.tokens(&said.text)).sum();
        if body["truncate"] == false && tokens > room(body) {
            return Err("the input length exceeds the context length".into());
        }
        Ok(prompt)
    }

    fn tokens(&self, text: &str) -> u64 {
        text.len().div_ceil(BYTES) as u64
    }

    /// A prompt that does not fit is cut unless it was not to be, and nothing but this count says so.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        let input = (asked.input_tokens() as u64).min(room(&asked.body));
        Usage { calls: 1, input_tokens: input, output_tokens: output, ..Usage::default() }
    }

    /// It has none.
    fn id(&self, _asked: &Asked) -> String {
        String::new()
    }

    fn media_type(&self, asked: &Asked) -> &'static str {
        if asked.prompt.stream { "application/x-ndjson" } else { "application/json; charset=utf-8" }
    }

    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes> {
        let thinking = answer.thought.as_ref().map(|thought| json!({"thinking": thought, "content": ""}));
        if !asked.prompt.stream {
            let mut message = said(answer, &answer.text);
            if let Some(thought) = &answer.thought {
                message["thinking"] = json!(thought);
            }
            return vec![line(last(asked, answer, message))];
        }
        let mut messages: Vec<Value> = thinking.into_iter().collect();
        if answer.call.is_some() {
            messages.push(said(answer, ""));
        }
        messages.extend(answer.pieces().iter().map(|piece| json!({"content": piece})));
        let lines = messages.into_iter().map(|message| line(object(asked, message)));
        lines.chain([line(last(asked, answer, json!({"content": ""})))]).collect()
    }

    fn fail_inside(&self) -> Bytes {
        line(json!({"error": "an error was encountered while running the model: unexpected EOF"}))
    }

    fn damaged(&self) -> Bytes {
        Bytes::from_static(b"{\"model\": \"fake\", \"mess\n")
    }

    fn refuse(&self, refusal: &Refusal) -> Refused {
        let (status, message): (u16, String) = match refusal {
            Refusal::Status(status) => (*status, "out of order".into()),
            Refusal::RateLimit { .. } => (429, "too many requests".into()),
            Refusal::TooLong { .. } => (400, "the input length exceeds the context length".into()),
            Refusal::WrongKey(key) => (401, format!("unauthorized: {key}")),
            // Only its models in the cloud cost anything.
            Refusal::MoneyGone => (
                429,
                "you have reached your weekly usage limit, upgrade for higher limits: https://ollama.com/upgrade".into(),
            ),
            Refusal::Overloaded => (503, "server busy, please try again.  maximum pending requests exceeded".into()),
            Refusal::Invalid(reason) => (400, reason.clone()),
            Refusal::NotFound(what) => (404, format!("model '{what}' not found")),
        };
        // It says nothing about waiting itself; whatever stands before it does.
        let headers = refusal.retry_after_ms().map(|wait| ("retry-after", seconds(wait)));
        Refused { status, headers: headers.into_iter().collect(), body: json!({"error": message}) }
    }
}

/// The room for a prompt, in tokens.
fn room(body: &Value) -> u64 {
    body["options"]["num_ctx"].as_u64().unwrap_or(CONTEXT)
}
