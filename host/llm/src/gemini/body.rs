//! The request on the wire, in the dialect of one model.

use serde_json::{Map, Value, json};

use super::{
    dialect::{Dialect, SchemaForm},
    schema::subset,
    signature,
};
use crate::{PromptTurn, Request, Speaker, Tool, called::called_tool};

/// The most texts that may end an answer; more are refused.
const STOPS: usize = 5;

/// The JSON body of a request.
pub(crate) fn write(request: &Request, dialect: Dialect) -> Value {
    let mut body = Map::new();
    let mut set = |field: &str, value: Value| body.insert(field.to_owned(), value);
    set("contents", contents(request, dialect));
    if !request.system.is_empty() && dialect.system_field {
        set("systemInstruction", json!({ "parts": [{ "text": request.system }] }));
    }
    set("generationConfig", generation_config(request, dialect));
    if !request.tools.is_empty() {
        let tools: Vec<Value> = request.tools.iter().map(|tool| declaration(tool, dialect)).collect();
        set("tools", json!([{ "functionDeclarations": tools }]));
    }
    Value::Object(body)
}

fn generation_config(request: &Request, dialect: Dialect) -> Value {
    let mut config = Map::new();
    let mut set = |field: &str, value: Value| config.insert(field.to_owned(), value);
    set("maxOutputTokens", json!(request.max_tokens));
    if let Some(temperature) = request.temperature {
        // As people write it: 0.7, not the 0.699999988… that widening the float gives.
        set("temperature", temperature.to_string().parse::<f64>().map_or(Value::Null, Value::from));
    }
    if !request.stop.is_empty() {
        set("stopSequences", request.stop.iter().take(STOPS).cloned().collect());
    }
    if let Some(thinking) = dialect.thinking.config(request.effort.as_deref(), request.max_tokens) {
        set("thinkingConfig", thinking);
    }
    if let Some(schema) = &request.schema {
        if dialect.schema != SchemaForm::Told {
            set("responseMimeType", json!("application/json"));
        }
        match dialect.schema {
            SchemaForm::Json => {
                set("responseJsonSchema", schema.clone());
            }
            SchemaForm::Subset => {
                set("responseSchema", subset(schema));
            }
            SchemaForm::JsonTold | SchemaForm::Told => {}
        }
    }
    Value::Object(config)
}

fn declaration(tool: &Tool, dialect: Dialect) -> Value {
    let (field, parameters) = if dialect.json_parameters {
        ("parametersJsonSchema", tool.parameters.clone())
    } else {
        ("parameters", subset(&tool.parameters))
    };
    json!({ "name": tool.name, "description": tool.description, field: parameters })
}

/// The turns. The service wants them to alternate, so those of one side in a row become one; every result of one round of calls must
/// stand in the turn after it, which the same rule sees to.
fn contents(request: &Request, dialect: Dialect) -> Value {
    let mut contents: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut add = |role: &'static str, parts: Vec<Value>| match contents.last_mut() {
        Some((last, merged)) if *last == role => merged.extend(parts),
        _ if parts.is_empty() => {}
        _ => contents.push((role, parts)),
    };
    if !request.system.is_empty() && !dialect.system_field {
        add("user", vec![json!({ "text": request.system })]);
    }
    for (place, turn) in request.messages.iter().enumerate() {
        match turn.speaker {
            Speaker::User => add("user", vec![json!({ "text": turn.text })]),
            Speaker::Assistant => add("model", said(turn, dialect)),
            Speaker::Tool => add("user", vec![result(request, place, turn)]),
        }
    }
    if let Some(schema) =
        request.schema.as_ref().filter(|_| matches!(dialect.schema, SchemaForm::JsonTold | SchemaForm::Told))
    {
        let told =
            format!("Answer with one JSON value and nothing else. It must meet this JSON Schema:\n{schema}");
        add("user", vec![json!({ "text": told })]);
    }
    contents.into_iter().map(|(role, parts)| json!({ "role": role, "parts": parts })).collect()
}

/// What the model said and called.
fn said(turn: &PromptTurn, dialect: Dialect) -> Vec<Value> {
    let mut parts = Vec::new();
    if !turn.text.is_empty() {
        parts.push(json!({ "text": turn.text }));
    }
    for (nth, call) in turn.calls.iter().enumerate() {
        let (own, signature) = signature::split(&call.id);
        let arguments = serde_json::from_str(&call.arguments).ok().filter(Value::is_object);
        let arguments = arguments.unwrap_or_else(|| json!({}));
        let mut part = Map::new();
        part.insert("functionCall".into(), named(&call.name, own, "args", arguments));
        // Of calls made together only the first is signed.
        let placeholder = (dialect.placeholder_signature && nth == 0).then_some(signature::PLACEHOLDER);
        if let Some(signature) = signature.or(placeholder) {
            part.insert("thoughtSignature".into(), json!(signature));
        }
        parts.push(Value::Object(part));
    }
    parts
}

/// What a call came to. A result without a call, which only a damaged prompt has, is told as words.
fn result(request: &Request, place: usize, turn: &PromptTurn) -> Value {
    let Some(name) = called_tool(&request.messages, place) else { return json!({ "text": turn.text }) };
    let (own, _) = signature::split(turn.call_id.as_deref().unwrap_or_default());
    json!({ "functionResponse": named(name, own, "response", json!({ "result": turn.text })) })
}

/// A function's name, with its call's id where the service gave one, and what is said about it.
fn named(name: &str, id: &str, field: &str, value: Value) -> Value {
    let mut function = Map::from_iter([("name".to_owned(), json!(name)), (field.to_owned(), value)]);
    if let Some(id) = foreign(id) {
        function.insert("id".into(), json!(id));
    }
    Value::Object(function)
}

/// An id that the service itself gave. Ours, made from a call's place, mean nothing to it, and not every model knows the field.
fn foreign(id: &str) -> Option<&str> {
    let ours = id.strip_prefix("call-").is_some_and(|place| place.parse::<usize>().is_ok());
    (!id.is_empty() && !ours).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ToolCall, testing::request};

    fn full() -> Request {
        Request {
            system: "Be brief.".into(),
            temperature: Some(0.7),
            effort: Some("low".into()),
            stop: vec!["END".into()],
            schema: Some(json!({"type": "object", "additionalProperties": false})),
            ..request("Why?")
        }
    }

    fn base() -> Dialect {
        Dialect::first("gemini-3-pro")
    }

    fn call(id: &str, name: &str, arguments: &str) -> ToolCall {
        ToolCall { id: id.into(), name: name.into(), arguments: arguments.into() }
    }

    fn result_of(id: &str, text: &str) -> PromptTurn {
        PromptTurn { call_id: Some(id.into()), ..PromptTurn::said(Speaker::Tool, text) }
    }

    #[test]
    fn a_plain_request_says_no_more_than_it_must() {
        assert_eq!(
            write(&request("Why?"), base()),
            json!({
                "contents": [{"role": "user", "parts": [{"text": "Why?"}]}],
                "generationConfig": {"maxOutputTokens": 100},
            })
        );
    }

    #[test]
    fn every_wish_is_written() {
        assert_eq!(
            write(&full(), base()),
            json!({
                "contents": [{"role": "user", "parts": [{"text": "Why?"}]}],
                "systemInstruction": {"parts": [{"text": "Be brief."}]},
                "generationConfig": {
                    "maxOutputTokens": 100, "temperature": 0.7, "stopSequences": ["END"],
                    "thinkingConfig": {"thinkingLevel": "low"},
                    "responseMimeType": "application/json",
                    "responseJsonSchema": {"type": "object", "additionalProperties": false},
                },
            })
        );
    }

    #[test]
    fn turns_of_one_side_in_a_row_become_one() {
        let mut asked = request("a");
        asked.messages.extend([
            PromptTurn::said(Speaker::User, "b"),
            PromptTurn::said(Speaker::Assistant, "c"),
            PromptTurn::said(Speaker::Assistant, ""),
            PromptTurn::said(Speaker::User, "d"),
        ]);
        assert_eq!(
            write(&asked, base())["contents"],
            json!([
                {"role": "user", "parts": [{"text": "a"}, {"text": "b"}]},
                {"role": "model", "parts": [{"text": "c"}]},
                {"role": "user", "parts": [{"text": "d"}]},
            ])
        );
    }

    #[test]
    fn tools_their_calls_and_results_are_written_as_the_protocol_has_them() {
        let mut asked = request("Where?");
        asked.tools = vec![Tool {
            name: "grep".into(),
            description: "Looks for lines.".into(),
            parameters: json!({"type": "object", "additionalProperties": false}),
        }];
        let calls = vec![call("call-0~c2ln", "grep", r#"{"pattern":"x"}"#), call("f-7", "glob", "not json")];
        asked.messages.extend([
            PromptTurn { calls, ..PromptTurn::said(Speaker::Assistant, "Looking.") },
            result_of("call-0~c2ln", "line 3"),
            result_of("f-7", "nothing"),
            result_of("lost", "?"),
        ]);
        let body = write(&asked, base());
        assert_eq!(
            body["tools"],
            json!([{"functionDeclarations": [{"name": "grep", "description": "Looks for lines.",
                "parametersJsonSchema": {"type": "object", "additionalProperties": false}}]}])
        );
        assert_eq!(
            body["contents"][1],
            json!({"role": "model", "parts": [
                {"text": "Looking."},
                {"functionCall": {"name": "grep", "args": {"pattern": "x"}}, "thoughtSignature": "c2ln"},
                {"functionCall": {"name": "glob", "args": {}, "id": "f-7"}},
            ]})
        );
        assert_eq!(
            body["contents"][2],
            json!({"role": "user", "parts": [
                {"functionResponse": {"name": "grep", "response": {"result": "line 3"}}},
                {"functionResponse": {"name": "glob", "response": {"result": "nothing"}, "id": "f-7"}},
                {"text": "?"},
            ]})
        );

        let older = write(&asked, Dialect { json_parameters: false, ..base() });
        assert_eq!(older["tools"][0]["functionDeclarations"][0]["parameters"], json!({"type": "object"}));
    }

    #[test]
    fn a_lost_signature_is_stood_for_when_the_model_insists() {
        let mut asked = request("Where?");
        let calls = vec![call("call-0", "grep", "{}"), call("call-1", "glob", "{}")];
        asked.messages.push(PromptTurn { calls, ..PromptTurn::said(Speaker::Assistant, "") });
        let signatures = |dialect| {
            let parts = write(&asked, dialect)["contents"][1]["parts"].clone();
            [parts[0]["thoughtSignature"].clone(), parts[1]["thoughtSignature"].clone()]
        };
        assert_eq!(signatures(base()), [Value::Null, Value::Null]);
        let insisting = Dialect { placeholder_signature: true, ..base() };
        assert_eq!(signatures(insisting), [json!(signature::PLACEHOLDER), Value::Null]);
    }

    #[test]
    fn a_schema_finds_a_way_into_every_dialect() {
        let schema = json!({"type": "object"});
        for (form, mime, json_schema, old_schema, told) in [
            (SchemaForm::Json, true, full().schema, None, false),
            (SchemaForm::Subset, true, None, Some(schema), false),
            (SchemaForm::JsonTold, true, None, None, true),
            (SchemaForm::Told, false, None, None, true),
        ] {
            let body = write(&full(), Dialect { schema: form, ..base() });
            let config = &body["generationConfig"];
            assert_eq!(config.get("responseMimeType").is_some(), mime, "{form:?}");
            assert_eq!(config.get("responseJsonSchema"), json_schema.as_ref(), "{form:?}");
            assert_eq!(config.get("responseSchema"), old_schema.as_ref(), "{form:?}");
            let parts = body["contents"][0]["parts"].as_array().unwrap();
            assert_eq!(parts.len() == 2 && parts[1]["text"].as_str().unwrap().contains("JSON Schema"), told);
        }
    }

    #[test]
    fn a_model_without_a_system_prompt_hears_it_first() {
        let body = write(&full(), Dialect { system_field: false, ..base() });
        assert_eq!(body.get("systemInstruction"), None);
        assert_eq!(body["contents"][0]["parts"], json!([{"text": "Be brief."}, {"text": "Why?"}]));
    }
}
