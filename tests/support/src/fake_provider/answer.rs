//! An answer in the protocol's words: whole, or as the events of a stream.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::{asked::Asked, dice::Dice, reaction::Reaction, schema, speech};

/// How many words come in one event.
const WORDS: usize = 6;

/// What is said to a request.
pub(super) fn text(asked: &Asked, reaction: &Reaction) -> String {
    let mut dice = Dice::of(&asked.key);
    match (reaction, asked.schema()) {
        (Reaction::Say(words), _) => words.clone(),
        (Reaction::Call(..), _) => String::new(),
        (Reaction::Converge, Some(wanted)) => schema::value(wanted, "converged", &mut dice).to_string(),
        (Reaction::Converge, None) => format!("CONVERGED: {}", speech::sentence(&mut dice)),
        (_, Some(wanted)) => schema::value(wanted, "proceed", &mut dice).to_string(),
        (_, None) => speech::about(asked, &mut dice),
    }
}

/// The whole answer as one object.
pub(super) fn whole(asked: &Asked, text: &str) -> Value {
    let choice = json!({
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": "stop",
    });
    envelope("chat.completion", asked, json!([choice]), usage(asked, text))
}

/// The answer as the events of a stream, with the end mark.
pub(super) fn events(asked: &Asked, text: &str) -> Vec<Bytes> {
    let chunk = |delta: Value, finish: Value| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": finish});
        event(&envelope("chat.completion.chunk", asked, json!([choice]), Value::Null).to_string())
    };
    let mut events = vec![chunk(json!({"role": "assistant", "content": ""}), Value::Null)];
    events.extend(pieces(text).iter().map(|piece| chunk(json!({"content": piece}), Value::Null)));
    events.push(chunk(json!({}), json!("stop")));
    if asked.body["stream_options"]["include_usage"] == true {
        let last = envelope("chat.completion.chunk", asked, json!([]), usage(asked, text));
        events.push(event(&last.to_string()));
    }
    events.push(event("[DONE]"));
    events
}

/// A call of a tool as the events of a stream, with the end mark.
pub(super) fn call(asked: &Asked, name: &str, arguments: &str) -> Vec<Bytes> {
    let chunk = |delta: Value, finish: Value| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": finish});
        event(&envelope("chat.completion.chunk", asked, json!([choice]), Value::Null).to_string())
    };
    let (first, rest) = arguments.split_at(arguments.len() / 2);
    let begun = json!({"index": 0, "id": format!("call-{}", asked.n), "function": {"name": name, "arguments": first}});
    let more = json!({"index": 0, "function": {"arguments": rest}});
    vec![
        chunk(json!({"role": "assistant", "content": null, "tool_calls": [begun]}), Value::Null),
        chunk(json!({"tool_calls": [more]}), Value::Null),
        chunk(json!({}), json!("tool_calls")),
        event("[DONE]"),
    ]
}

fn event(data: &str) -> Bytes {
    format!("data: {data}\n\n").into()
}

fn envelope(object: &str, asked: &Asked, choices: Value, usage: Value) -> Value {
    json!({
        "id": format!("chatcmpl-{}", asked.key.short()),
        "object": object,
        "created": 0,
        "model": asked.body["model"],
        "choices": choices,
        "usage": usage,
    })
}

fn usage(asked: &Asked, text: &str) -> Value {
    let (input, output) = (asked.input_tokens(), text.split_whitespace().count());
    json!({"prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output})
}

/// The text in pieces that give it again when put together.
fn pieces(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    words.chunks(WORDS).map(|chunk| chunk.concat()).collect()
}
