//! The words of a request as blocks.
//!
//! Roles must alternate and start with the user, so neighbours of one role become one message of several blocks; results of tools are the
//! user's blocks. Empty texts are refused by the service and left out.
//!
//! One block may be marked as the end of what the next request will repeat. In a loop of tools that is the last block: the next request
//! adds the call and its result. Otherwise it is the end of the turn before the last one: the last turn is what is asked this time.

use serde_json::{Map, Value, json};

use crate::{PromptTurn, Request, Speaker, ToolCall};

/// Stands where the model would speak first, which the service does not take.
const OPENING: &str = "(The conversation begins.)";

/// Whether tools are offered, were called, or answered.
pub(super) fn carries_tools(request: &Request) -> bool {
    !request.tools.is_empty()
        || request.messages.iter().any(|turn| turn.speaker == Speaker::Tool || !turn.calls.is_empty())
}

/// The messages; `told` is added to the last turn, `marked` says whether the stable prefix is.
pub(super) fn messages(request: &Request, told: Option<&str>, marked: bool) -> Value {
    let turns = request.messages.len();
    let repeated = if request.tools.is_empty() { turns.saturating_sub(1) } else { turns };
    let mut blocks: Vec<(&'static str, Value)> = Vec::new();
    for (place, turn) in request.messages.iter().enumerate() {
        blocks.extend(blocks_of(turn));
        if marked && place + 1 == repeated {
            mark(blocks.last_mut().map(|(_, block)| block));
        }
    }
    blocks.extend(told.map(|told| ("user", text(told))));
    if blocks.first().is_none_or(|(role, _)| *role != "user") {
        blocks.insert(0, ("user", text(OPENING)));
    }
    let mut messages: Vec<(&str, Vec<Value>)> = Vec::new();
    for (role, block) in blocks {
        match messages.last_mut() {
            Some((last, blocks)) if *last == role => blocks.push(block),
            _ => messages.push((role, vec![block])),
        }
    }
    messages.into_iter().map(|(role, content)| json!({ "role": role, "content": content })).collect()
}

/// Mark a block as the end of a prefix that is worth keeping.
pub(super) fn mark(block: Option<&mut Value>) {
    if let Some(Value::Object(fields)) = block {
        fields.insert("cache_control".into(), json!({ "type": "ephemeral" }));
    }
}

/// A block of text.
pub(super) fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn blocks_of(turn: &PromptTurn) -> Vec<(&'static str, Value)> {
    let said = (!turn.text.trim().is_empty()).then_some(turn.text.as_str());
    match turn.speaker {
        Speaker::User => said.map(|said| ("user", text(said))).into_iter().collect(),
        Speaker::Tool => {
            let id = tidy_id(turn.call_id.as_deref().unwrap_or_default());
            vec![("user", json!({ "type": "tool_result", "tool_use_id": id, "content": turn.text }))]
        }
        Speaker::Assistant => {
            // White space at the end of the model's own words is refused where they are the last ones.
            let said = said.map(|said| text(said.trim_end()));
            said.into_iter().chain(turn.calls.iter().map(call)).map(|block| ("assistant", block)).collect()
        }
    }
}

fn call(call: &ToolCall) -> Value {
    let input = match serde_json::from_str(&call.arguments) {
        Ok(Value::Object(fields)) => fields,
        _ if call.arguments.trim().is_empty() => Map::new(),
        // What the model wrote was no object; it is shown what it wrote.
        _ => Map::from_iter([("arguments".to_owned(), Value::String(call.arguments.clone()))]),
    };
    json!({ "type": "tool_use", "id": tidy_id(&call.id), "name": call.name, "input": input })
}

/// The service takes letters, digits, `_` and `-` in an id.
fn tidy_id(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::request;

    fn said(speaker: Speaker, text: &str) -> PromptTurn {
        PromptTurn::said(speaker, text)
    }

    fn written(turns: Vec<PromptTurn>) -> Value {
        messages(&Request { messages: turns, ..request("") }, None, false)
    }

    #[test]
    fn neighbours_of_one_role_become_one_message() {
        use Speaker::{Assistant, User};
        let turns = vec![
            said(User, "a"),
            said(User, "b"),
            said(User, " "),
            said(Assistant, "c \n"),
            said(Assistant, ""),
        ];
        assert_eq!(
            written(turns),
            json!([
                {"role": "user", "content": [text("a"), text("b")]},
                {"role": "assistant", "content": [text("c")]},
            ])
        );
    }

    #[test]
    fn the_user_always_begins() {
        let opening = json!({"role": "user", "content": [text(OPENING)]});
        assert_eq!(written(vec![])[0], opening);
        let turns = written(vec![said(Speaker::Assistant, "c")]);
        assert_eq!((&turns[0], &turns[1]["role"]), (&opening, &json!("assistant")));
    }

    #[test]
    fn results_of_several_calls_are_one_message_of_the_user() {
        let call = |id: &str, arguments: &str| ToolCall {
            id: id.into(),
            name: "grep".into(),
            arguments: arguments.into(),
        };
        let result = |id: &str| PromptTurn { call_id: Some(id.into()), ..said(Speaker::Tool, "none") };
        let calls = vec![call("a", r#"{"x":1}"#), call("b:1", ""), call("c", "[1]")];
        let turns = vec![
            said(Speaker::User, "Where?"),
            PromptTurn { calls, ..said(Speaker::Assistant, "Let me see.") },
            result("a"),
            result("b:1"),
            result("c"),
            said(Speaker::User, "Well?"),
        ];
        let written = written(turns);
        assert_eq!(
            written[1]["content"],
            json!([
                text("Let me see."),
                {"type": "tool_use", "id": "a", "name": "grep", "input": {"x": 1}},
                {"type": "tool_use", "id": "b_1", "name": "grep", "input": {}},
                {"type": "tool_use", "id": "c", "name": "grep", "input": {"arguments": "[1]"}},
            ])
        );
        let result = |id: &str| json!({"type": "tool_result", "tool_use_id": id, "content": "none"});
        assert_eq!(written[2]["content"], json!([result("a"), result("b_1"), result("c"), text("Well?")]));
    }

    #[test]
    fn the_mark_stands_where_the_next_request_will_differ() {
        let turns =
            vec![said(Speaker::User, "briefing"), said(Speaker::User, "state"), said(Speaker::User, "speak")];
        let plain = Request { messages: turns, ..request("") };
        let marks = |request: &Request| {
            let messages = messages(request, Some("told"), true);
            let blocks = messages[0]["content"].as_array().unwrap().clone();
            let is_marked = |block: &Value| block.get("cache_control").is_some();
            blocks
                .iter()
                .filter(|block| is_marked(block))
                .map(|block| block["text"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(marks(&plain), ["state"]);
        let tool = crate::Tool { name: "grep".into(), description: String::new(), parameters: json!({}) };
        assert_eq!(marks(&Request { tools: vec![tool], ..plain }), ["speak"]);
        assert!(marks(&request("alone")).is_empty());
    }
}
