//! A message: whole, or as events.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::super::{answer::Answer, asked::Asked};

/// The whole message as one object.
pub(super) fn whole(asked: &Asked, id: &str, answer: &Answer) -> Value {
    let mut content = Vec::new();
    if let Some(thought) = &answer.thought {
        content.push(json!({"type": "thinking", "thinking": thought, "signature": "c2lnbmVk"}));
    }
    match &answer.call {
        Some(call) => {
            content
                .push(json!({"type": "tool_use", "id": call.id, "name": call.name, "input": call.object()}));
        }
        None => content.push(json!({"type": "text", "text": answer.text})),
    }
    let mut message = envelope(asked, id, content);
    message["stop_reason"] = json!(stop_reason(answer));
    message["usage"] = usage(answer, answer.usage.output_tokens);
    message
}

/// The events of a stream, as the data that they carry.
pub(in super::super) fn events(asked: &Asked, id: &str, answer: &Answer) -> Vec<Value> {
    let mut start = envelope(asked, id, Vec::new());
    // Output is counted as it grows; of it there is hardly any yet.
    start["usage"] = usage(answer, 1);
    let mut events = vec![json!({"type": "message_start", "message": start})];
    let mut blocks = 0;
    if let Some(thought) = &answer.thought {
        let empty = json!({"type": "thinking", "thinking": "", "signature": ""});
        let deltas = [
            json!({"type": "thinking_delta", "thinking": thought}),
            json!({"type": "signature_delta", "signature": "c2lnbmVk"}),
        ];
        events.extend(block(blocks, empty, &deltas));
        blocks += 1;
    }
    events.push(json!({"type": "ping"}));
    match &answer.call {
        Some(call) => {
            let empty = json!({"type": "tool_use", "id": call.id, "name": call.name, "input": {}});
            let (first, rest) = call.halves();
            let deltas =
                ["", first, rest].map(|piece| json!({"type": "input_json_delta", "partial_json": piece}));
            events.extend(block(blocks, empty, &deltas));
        }
        None => {
            let deltas: Vec<Value> =
                answer.pieces().iter().map(|piece| json!({"type": "text_delta", "text": piece})).collect();
            events.extend(block(blocks, json!({"type": "text", "text": ""}), &deltas));
        }
    }
    events.push(json!({
        "type": "message_delta",
        "delta": {"stop_reason": stop_reason(answer), "stop_sequence": null},
        "usage": usage(answer, answer.usage.output_tokens),
    }));
    events.push(json!({"type": "message_stop"}));
    events
}

/// The counts; input leaves out what the cache read and wrote.
pub(in super::super) fn usage(answer: &Answer, output: u64) -> Value {
    let taken = answer.usage;
    json!({
        "input_tokens": taken.input_tokens - taken.cached_tokens - taken.cache_write_tokens,
        "cache_creation_input_tokens": taken.cache_write_tokens,
        "cache_read_input_tokens": taken.cached_tokens,
        "output_tokens": output,
    })
}

/// An event.
pub(in super::super) fn event(data: &Value) -> Bytes {
    let name = data["type"].as_str().unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n").into()
}

fn block(index: usize, empty: Value, deltas: &[Value]) -> Vec<Value> {
    let mut events = vec![json!({"type": "content_block_start", "index": index, "content_block": empty})];
    let delta = |delta: &Value| json!({"type": "content_block_delta", "index": index, "delta": delta});
    events.extend(deltas.iter().map(delta));
    events.push(json!({"type": "content_block_stop", "index": index}));
    events
}

fn stop_reason(answer: &Answer) -> &'static str {
    answer.ending("end_turn", "max_tokens", "tool_use")
}

fn envelope(asked: &Asked, id: &str, content: Vec<Value>) -> Value {
    json!({
        "id": id,
        "type": "message",
        "role": "assistant",
        "model": asked.model(),
        "content": content,
        "stop_reason": null,
        "stop_sequence": null,
    })
}
