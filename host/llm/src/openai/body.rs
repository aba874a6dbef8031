//! The request on the wire.

use serde_json::{Map, Value, json};

use super::dialect::{Dialect, SchemaForm};
use crate::{PromptTurn, Request, Speaker, ToolCall};

/// The JSON body of a request.
pub(crate) fn write(request: &Request, dialect: Dialect) -> Value {
    let mut body = Map::new();
    let mut set = |field: &str, value: Value| body.insert(field.to_owned(), value);
    set("model", json!(request.model));
    set("messages", messages(request, dialect));
    let limit = if dialect.completion_tokens { "max_completion_tokens" } else { "max_tokens" };
    set(limit, json!(request.max_tokens));
    if let Some(temperature) = request.temperature.filter(|_| dialect.temperature) {
        set("temperature", decimal(temperature));
    }
    if let Some(effort) = request.effort.as_ref().filter(|_| dialect.effort) {
        set("reasoning_effort", json!(effort));
    }
    if !request.stop.is_empty() {
        set("stop", json!(request.stop));
    }
    if let Some(format) = request.schema.as_ref().and_then(|schema| response_format(schema, dialect.schema)) {
        set("response_format", format);
    }
    if !request.tools.is_empty() {
        let tools = request.tools.iter().map(|tool| json!({ "type": "function", "function": tool }));
        set("tools", tools.collect());
    }
    set("stream", json!(true));
    if dialect.stream_options {
        set("stream_options", json!({ "include_usage": true }));
    }
    if dialect.store {
        set("store", json!(true));
    }
    Value::Object(body)
}

fn response_format(schema: &Value, form: SchemaForm) -> Option<Value> {
    Some(match form {
        SchemaForm::Nested => {
            let named = json!({ "name": "answer", "strict": true, "schema": schema });
            json!({ "type": "json_schema", "json_schema": named })
        }
        SchemaForm::Flat => json!({ "type": "json_schema", "schema": schema }),
        SchemaForm::Object => json!({ "type": "json_object" }),
        SchemaForm::Prompt => return None,
    })
}

fn messages(request: &Request, dialect: Dialect) -> Value {
    let mut messages: Vec<PromptTurn> = request.messages.clone();
    if let Some(schema) = request.schema.as_ref().filter(|_| dialect.schema.is_told()) {
        let told =
            format!("Answer with one JSON object and nothing else. It must meet this JSON Schema:\n{schema}");
        // Added to the last word rather than put after it: many chat templates refuse two user messages in a row.
        match messages.last_mut() {
            Some(turn) if turn.speaker == Speaker::User => {
                turn.text.push_str("\n\n");
                turn.text.push_str(&told);
            }
            _ => messages.push(PromptTurn::said(Speaker::User, told)),
        }
    }
    let system = (!request.system.is_empty()).then(|| json!({ "role": "system", "content": request.system }));
    system.into_iter().chain(messages.iter().map(message)).collect()
}

fn message(turn: &PromptTurn) -> Value {
    match turn.speaker {
        Speaker::User => json!({ "role": "user", "content": turn.text }),
        Speaker::Tool => json!({ "role": "tool", "tool_call_id": turn.call_id, "content": turn.text }),
        Speaker::Assistant if turn.calls.is_empty() => json!({ "role": "assistant", "content": turn.text }),
        Speaker::Assistant => {
            let calls = turn.calls.iter().map(|ToolCall { id, name, arguments }| {
                let function = json!({ "name": name, "arguments": arguments });
                json!({ "id": id, "type": "function", "function": function })
            });
            let content = (!turn.text.is_empty()).then_some(&turn.text);
            json!({ "role": "assistant", "content": content, "tool_calls": calls.collect::<Vec<_>>() })
        }
    }
}

/// The number as people write it: 0.7, not the 0.699999988… that widening the float gives.
fn decimal(number: f32) -> Value {
    number.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::request, *};

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

    #[test]
    fn a_plain_request_says_no_more_than_it_must() {
        assert_eq!(
            write(&request("Why?"), Dialect::default()),
            json!({
                "model": "some-model",
                "messages": [{"role": "user", "content": "Why?"}],
                "max_tokens": 100,
                "stream": true,
                "stream_options": {"include_usage": true},
            })
        );
    }

    #[test]
    fn every_wish_is_written() {
        let body = write(&full(), Dialect::default());
        assert_eq!(body["messages"][0], json!({"role": "system", "content": "Be brief."}));
        assert_eq!(body["temperature"], json!(0.7));
        assert_eq!(body["reasoning_effort"], "low");
        assert_eq!(body["stop"], json!(["END"]));
        assert_eq!(body["response_format"]["json_schema"]["schema"], json!({"type": "object"}));
    }

    #[test]
    fn tools_their_calls_and_results_are_written_as_the_protocol_has_them() {
        let call = ToolCall { id: "c1".into(), name: "grep".into(), arguments: r#"{"pattern":"x"}"#.into() };
        let mut asked = request("Where?");
        asked.tools = vec![crate::Tool {
            name: "grep".into(),
            description: "Looks for lines.".into(),
            parameters: json!({"type": "object"}),
        }];
        asked.messages.extend([
            PromptTurn { calls: vec![call], ..PromptTurn::said(Speaker::Assistant, "") },
            PromptTurn { call_id: Some("c1".into()), ..PromptTurn::said(Speaker::Tool, "line 3") },
        ]);
        let body = write(&asked, Dialect::default());
        assert_eq!(body["tools"][0]["function"]["name"], "grep");
        assert_eq!(
            body["messages"][1],
            json!({"role": "assistant", "content": null, "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "grep", "arguments": "{\"pattern\":\"x\"}"}}
            ]})
        );
        assert_eq!(body["messages"][2], json!({"role": "tool", "tool_call_id": "c1", "content": "line 3"}));
    }

    #[test]
    fn a_schema_told_in_the_prompt_joins_the_last_word_of_the_user() {
        let dialect = Dialect { schema: SchemaForm::Object, ..Dialect::default() };
        let body = write(&full(), dialect);
        assert_eq!(body["response_format"], json!({"type": "json_object"}));
        assert_eq!(body["messages"].as_array().unwrap().len(), 2);
        let text = body["messages"][1]["content"].as_str().unwrap();
        assert!(text.starts_with("Why?\n\n") && text.ends_with(r#"{"type":"object"}"#), "{text}");

        let flat = write(&full(), Dialect { schema: SchemaForm::Flat, ..dialect });
        assert_eq!(flat["response_format"], json!({"type": "json_schema", "schema": {"type": "object"}}));
        assert_eq!(flat["messages"][1]["content"], "Why?");
        let prompt = write(&full(), Dialect { schema: SchemaForm::Prompt, ..dialect });
        assert_eq!(prompt["response_format"], Value::Null);
        assert_eq!(prompt["messages"], body["messages"]);

        let mut answered = full();
        answered.messages.push(PromptTurn::said(Speaker::Assistant, "Because."));
        let body = write(&answered, dialect);
        assert_eq!(body["messages"][3]["role"], "user");
    }
}
