//! The objects of an answer.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::super::{answer::Answer, asked::Asked};

/// The message, with its calls: whole, and with their arguments as objects where they are some.
pub(super) fn said(answer: &Answer, text: &str) -> Value {
    let mut message = json!({"content": text});
    if let Some(call) = &answer.call {
        let arguments = call.object().unwrap_or_else(|| json!(call.arguments));
        message["tool_calls"] =
            json!([{"function": {"index": 0, "name": call.name, "arguments": arguments}}]);
    }
    message
}

/// A line of an answer.
pub(super) fn object(asked: &Asked, mut message: Value) -> Value {
    message["role"] = json!("assistant");
    json!({"model": asked.model(), "created_at": "2026-01-01T00:00:00Z", "message": message, "done": false})
}

/// The last line, with the counts.
pub(super) fn last(asked: &Asked, answer: &Answer, message: Value) -> Value {
    let mut last = object(asked, message);
    last["done"] = json!(true);
    last["done_reason"] = json!(answer.ending("stop", "length", "stop"));
    last["total_duration"] = json!(4_000_000);
    last["load_duration"] = json!(1_000_000);
    last["prompt_eval_count"] = json!(answer.usage.input_tokens);
    last["prompt_eval_duration"] = json!(1_000_000);
    last["eval_count"] = json!(answer.usage.output_tokens);
    last["eval_duration"] = json!(2_000_000);
    last
}

/// A line.
pub(super) fn line(object: Value) -> Bytes {
    format!("{object}\n").into()
}
