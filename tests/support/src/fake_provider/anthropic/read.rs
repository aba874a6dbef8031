//! A request for a message.

use serde_json::Value;

use super::super::{
    prompt::{Offer, Prompt, Said},
    sent::Sent,
};

/// Read it.
pub(super) fn read(sent: &Sent) -> Prompt {
    let body = &sent.body;
    let system = text_of(&body["system"]);
    let mut messages: Vec<Said> =
        (!system.is_empty()).then(|| Said::new("system", system)).into_iter().collect();
    messages.extend(body["messages"].as_array().into_iter().flatten().flat_map(said));
    Prompt {
        model: sent.text("model"),
        messages,
        schema: schema(body).cloned(),
        tools: Offer::list(body["tools"].as_array().into_iter().flatten(), "input_schema"),
        stream: body["stream"] == true,
        thinks: matches!(body["thinking"]["type"].as_str(), Some("enabled" | "adaptive")),
        key_seen: sent.header("x-api-key").map(str::to_owned).or_else(|| sent.bearer()),
        ..Prompt::default()
    }
    .forced(body["tool_choice"]["name"].as_str())
}

/// The schema of a structured answer.
pub(super) fn schema(body: &Value) -> Option<&Value> {
    let format = &body["output_config"]["format"];
    (format["type"] == "json_schema").then(|| &format["schema"])
}

/// The texts up to the last block that is marked for the cache, in the order in which they are cached.
pub(super) fn before_breakpoint(body: &Value) -> Vec<String> {
    let messages = body["messages"].as_array().into_iter().flatten();
    let contents = std::iter::once(&body["system"]).chain(messages.map(|message| &message["content"]));
    let blocks: Vec<(String, bool)> = contents
        .flat_map(|content| match content {
            Value::Array(blocks) => {
                blocks.iter().map(|block| (block_text(block), block["cache_control"].is_object())).collect()
            }
            content => vec![(text_of(content), false)],
        })
        .collect();
    let marked = blocks.iter().rposition(|(_, marked)| *marked);
    // A mark on the whole request stands for one on its last block.
    let marked = if body["cache_control"].is_object() { blocks.len().checked_sub(1) } else { marked };
    let count = marked.map_or(0, |at| at + 1);
    blocks.into_iter().take(count).map(|(text, _)| text).collect()
}

/// The results of tools are messages of their own, before the words that come with them.
fn said(message: &Value) -> Vec<Said> {
    let role = message["role"].as_str().unwrap_or_default();
    let blocks = message["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    let (results, rest): (Vec<&Value>, Vec<&Value>) =
        blocks.iter().partition(|block| block["type"] == "tool_result");
    let mut said: Vec<Said> =
        results.iter().map(|result| Said::new("tool", text_of(&result["content"]))).collect();
    let words: String = match &message["content"] {
        Value::String(text) => text.clone(),
        _ => rest.iter().map(|block| text_of(block)).collect(),
    };
    if results.is_empty() || !words.is_empty() {
        said.push(Said::new(role, words));
    }
    said
}

fn block_text(block: &Value) -> String {
    if block["type"] == "tool_result" { text_of(&block["content"]) } else { text_of(block) }
}

/// The text of a string, a text block, or a list of them.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(blocks) => blocks.iter().map(text_of).collect(),
        Value::Object(block) => block.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}
