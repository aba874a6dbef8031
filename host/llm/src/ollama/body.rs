//! The request on the wire.
//!
//! `keep_alive` is not sent: how long a model stays loaded is the server's owner's to say.

use serde_json::{Map, Value, json};

use super::dialect::{Dialect, Format};
use crate::{PromptTurn, Request, Speaker, ToolCall, called::called_tool};

/// The JSON body of a request.
pub(crate) fn write(request: &Request, dialect: Dialect) -> Value {
    let mut body = Map::new();
    let mut set = |field: &str, value: Value| body.insert(field.to_owned(), value);
    set("model", json!(request.model));
    set("messages", messages(request, dialect));
    set("stream", json!(true));
    // A prompt or an answer that outgrows the window is to be refused, not cut from the front. Before 0.12.6 nobody listens: see `cut`.
    set("truncate", json!(false));
    set("shift", json!(false));
    set("options", options(request, dialect));
    if let Some(schema) = &request.schema {
        match dialect.format {
            Format::Schema => {
                set("format", schema.clone());
            }
            Format::JsonTold => {
                set("format", json!("json"));
            }
            Format::Told => {}
        }
    }
    if let Some(think) = dialect.think.value(request.effort.as_deref()) {
        set("think", think);
    }
    if !request.tools.is_empty() {
        let tools = request.tools.iter().map(|tool| json!({ "type": "function", "function": tool }));
        set("tools", tools.collect());
    }
    Value::Object(body)
}

fn options(request: &Request, dialect: Dialect) -> Value {
    let mut options = Map::new();
    let mut set = |field: &str, value: Value| options.insert(field.to_owned(), value);
    set("num_ctx", json!(dialect.window));
    // 0 means no limit to some versions.
    set("num_predict", json!(request.max_tokens.max(1)));
    set("seed", json!(seed(request)));
    if let Some(temperature) = request.temperature {
        // As people write it: 0.7, not the 0.699999988… that widening the float gives.
        set("temperature", temperature.to_string().parse::<f64>().map_or(Value::Null, Value::from));
    }
    if !request.stop.is_empty() {
        set("stop", json!(request.stop));
    }
    Value::Object(options)
}

/// From the turn's seed, so that a turn that is run again draws the same, and other for every call of a turn. Not negative: some
/// versions take that for chance.
fn seed(request: &Request) -> u32 {
    let [a, b, c, d, ..] = request.facts.turn_seed;
    (u32::from_le_bytes([a, b, c, d]) ^ request.facts.call) & 0x7FFF_FFFF
}

fn messages(request: &Request, dialect: Dialect) -> Value {
    let mut turns: Vec<Value> =
        request.messages.iter().enumerate().map(|(place, turn)| message(request, place, turn)).collect();
    if !request.system.is_empty() {
        turns.insert(0, json!({ "role": "system", "content": request.system }));
    }
    if let Some(schema) = request.schema.as_ref().filter(|_| dialect.format != Format::Schema) {
        let told =
            format!("Answer with one JSON value and nothing else. It must meet this JSON Schema:\n{schema}");
        // Added to the last word rather than put after it: many chat templates refuse two user messages in a row.
        match (request.messages.last(), turns.last_mut()) {
            (Some(PromptTurn { speaker: Speaker::User, text, .. }), Some(last)) => {
                *last = json!({ "role": "user", "content": format!("{text}\n\n{told}") });
            }
            _ => turns.push(json!({ "role": "user", "content": told })),
        }
    }
    Value::Array(turns)
}

fn message(request: &Request, place: usize, turn: &PromptTurn) -> Value {
    match turn.speaker {
        Speaker::User => json!({ "role": "user", "content": turn.text }),
        Speaker::Tool => {
            json!({ "role": "tool", "content": turn.text, "tool_name": called_tool(&request.messages, place) })
        }
        Speaker::Assistant if turn.calls.is_empty() => json!({ "role": "assistant", "content": turn.text }),
        Speaker::Assistant => {
            let calls: Vec<Value> = turn.calls.iter().map(call).collect();
            json!({ "role": "assistant", "content": turn.text, "tool_calls": calls })
        }
    }
}

/// A call, with its arguments as the object that the protocol wants.
fn call(call: &ToolCall) -> Value {
    let arguments = serde_json::from_str(&call.arguments).ok().filter(Value::is_object);
    json!({ "function": { "name": call.name, "arguments": arguments.unwrap_or_else(|| json!({})) } })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{CallFacts, Tool, testing::request};

    fn full() -> Request {
        Request {
            system: "Be brief.".into(),
            temperature: Some(0.7),
            effort: Some("low".into()),
            stop: vec!["END".into()],
            schema: Some(json!({"type": "object"})),
            ..request("Why?")
        }
    }

    fn base() -> Dialect {
        Dialect::first(8192)
    }

    #[test]
    fn a_plain_request_says_no_more_than_it_must() {
        assert_eq!(
            write(&request("Why?"), base()),
            json!({
                "model": "some-model",
                "messages": [{"role": "user", "content": "Why?"}],
                "stream": true, "truncate": false, "shift": false,
                "options": {"num_ctx": 8192, "num_predict": 100, "seed": 0x0707_0706},
            })
        );
    }

    #[test]
    fn every_wish_is_written() {
        let body = write(&full(), base());
        assert_eq!(body["messages"][0], json!({"role": "system", "content": "Be brief."}));
        assert_eq!(body["options"]["temperature"], json!(0.7));
        assert_eq!(body["options"]["stop"], json!(["END"]));
        assert_eq!((&body["think"], &body["format"]), (&json!("low"), &json!({"type": "object"})));
    }

    #[test]
    fn the_seed_repeats_with_the_turn_and_differs_between_its_calls() {
        let seed = |turn: u8, call| {
            let facts = CallFacts { turn_seed: [turn; 32], call, ..(*request("Why?").facts).clone() };
            super::seed(&Request { facts: Arc::new(facts), ..request("Why?") })
        };
        assert_eq!(seed(200, 1), seed(200, 1));
        assert_ne!(seed(200, 1), seed(200, 2));
        assert_ne!(seed(200, 1), seed(201, 1));
        assert!(seed(255, 1) <= 0x7FFF_FFFF);
    }

    #[test]
    fn tools_their_calls_and_results_are_written_as_the_protocol_has_them() {
        let mut asked = request("Where?");
        asked.tools = vec![Tool {
            name: "grep".into(),
            description: "Looks for lines.".into(),
            parameters: json!({"type": "object"}),
        }];
        let call = |name: &str, arguments: &str| ToolCall {
            id: "call-0".into(),
            name: name.into(),
            arguments: arguments.into(),
        };
        asked.messages.extend([
            PromptTurn {
                calls: vec![call("grep", r#"{"pattern":"x"}"#)],
                ..PromptTurn::said(Speaker::Assistant, "")
            },
            PromptTurn { call_id: Some("call-0".into()), ..PromptTurn::said(Speaker::Tool, "line 3") },
            PromptTurn {
                calls: vec![call("glob", "not json")],
                ..PromptTurn::said(Speaker::Assistant, "Hm.")
            },
            PromptTurn { call_id: Some("call-0".into()), ..PromptTurn::said(Speaker::Tool, "none") },
        ]);
        let body = write(&asked, base());
        assert_eq!(body["tools"][0]["function"]["name"], "grep");
        assert_eq!(
            body["messages"].as_array().unwrap()[1..],
            [
                json!({"role": "assistant", "content": "", "tool_calls": [
                    {"function": {"name": "grep", "arguments": {"pattern": "x"}}}]}),
                json!({"role": "tool", "content": "line 3", "tool_name": "grep"}),
                json!({"role": "assistant", "content": "Hm.", "tool_calls": [{"function": {"name": "glob", "arguments": {}}}]}),
                json!({"role": "tool", "content": "none", "tool_name": "glob"}),
            ]
        );
    }

    #[test]
    fn a_schema_finds_a_way_into_every_dialect() {
        for (format, expected) in [(Format::JsonTold, json!("json")), (Format::Told, Value::Null)] {
            let body = write(&full(), Dialect { format, ..base() });
            assert_eq!(body["format"], expected);
            let text = body["messages"][1]["content"].as_str().unwrap();
            assert!(text.starts_with("Why?\n\n") && text.ends_with(r#"{"type":"object"}"#), "{text}");
        }
        let mut answered = full();
        answered.messages.push(PromptTurn::said(Speaker::Assistant, "Because."));
        let body = write(&answered, Dialect { format: Format::Told, ..base() });
        assert_eq!(body["messages"][3]["role"], "user");
    }
}
