//! A chat completion: whole, or in chunks.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::super::{answer::Answer, asked::Asked};

/// The whole answer as one object.
pub(in super::super) fn whole(asked: &Asked, id: &str, answer: &Answer, usage: Value) -> Value {
    let mut message = json!({"role": "assistant", "content": answer.text});
    if let Some(call) = &answer.call {
        message["content"] = Value::Null;
        let function = json!({"name": call.name, "arguments": call.arguments});
        message["tool_calls"] = json!([{"id": call.id, "type": "function", "function": function}]);
    }
    let choice = json!({"index": 0, "message": message, "finish_reason": finish(answer)});
    envelope("chat.completion", asked, id, json!([choice]), usage)
}

/// The answer as the events of a stream, with the end mark; with usage where it was asked for.
pub(in super::super) fn chunks(asked: &Asked, id: &str, answer: &Answer, usage: Option<Value>) -> Vec<Bytes> {
    let chunk = |delta: Value, finish: Value| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": finish});
        event(&envelope("chat.completion.chunk", asked, id, json!([choice]), Value::Null))
    };
    let mut events = Vec::new();
    match &answer.call {
        Some(call) => {
            let (first, rest) = call.halves();
            let begun = json!({"index": 0, "id": call.id, "type": "function", "function": {"name": call.name, "arguments": first}});
            let more = json!({"index": 0, "function": {"arguments": rest}});
            let delta = json!({"role": "assistant", "content": null, "tool_calls": [begun]});
            events.extend([chunk(delta, Value::Null), chunk(json!({"tool_calls": [more]}), Value::Null)]);
        }
        None => {
            events.push(chunk(json!({"role": "assistant", "content": ""}), Value::Null));
            events.extend(answer.pieces().iter().map(|piece| chunk(json!({"content": piece}), Value::Null)));
        }
    }
    events.push(chunk(json!({}), json!(finish(answer))));
    if let Some(usage) = usage {
        events.push(event(&envelope("chat.completion.chunk", asked, id, json!([]), usage)));
    }
    events.push(Bytes::from_static(b"data: [DONE]\n\n"));
    events
}

/// The counts.
pub(in super::super) fn usage(asked: &Asked, answer: &Answer) -> Value {
    let taken = answer.usage;
    json!({
        "prompt_tokens": taken.input_tokens,
        "completion_tokens": taken.output_tokens,
        "total_tokens": taken.input_tokens + taken.output_tokens,
        "prompt_tokens_details": {"cached_tokens": taken.cached_tokens},
        "completion_tokens_details": {"reasoning_tokens": answer.thought_tokens(asked)},
    })
}

/// An event.
pub(in super::super) fn event(data: &Value) -> Bytes {
    format!("data: {data}\n\n").into()
}

fn finish(answer: &Answer) -> &'static str {
    answer.ending("stop", "length", "tool_calls")
}

fn envelope(object: &str, asked: &Asked, id: &str, choices: Value, usage: Value) -> Value {
    json!({
        "id": id,
        "object": object,
        "created": 0,
        "model": asked.model(),
        "choices": choices,
        "usage": usage,
    })
}
