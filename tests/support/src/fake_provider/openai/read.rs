//! A request for a chat completion.

use serde_json::Value;

use super::super::{
    prompt::{Offer, Prompt, Said, told_schema},
    sent::Sent,
};

/// Read it. Servers differ too much to be strict.
pub(in super::super) fn read(sent: &Sent) -> Result<Prompt, String> {
    let body = &sent.body;
    let messages: Vec<Said> = body["messages"].as_array().into_iter().flatten().map(message).collect();
    let format = &body["response_format"];
    let schema = match format["type"].as_str() {
        // Told in the prompt, by somebody who found that schemas are not understood here.
        Some("json_object") => messages.last().and_then(|said| told_schema(&said.text)),
        // With a name around it, or as it is.
        _ => format.pointer("/json_schema/schema").or_else(|| format.get("schema")).cloned(),
    };
    let tools = body["tools"].as_array().into_iter().flatten().map(|tool| &tool["function"]);
    Ok(Prompt {
        model: sent.text("model"),
        messages,
        schema,
        tools: Offer::list(tools, "parameters"),
        stream: body["stream"] == true,
        thinks: body["reasoning_effort"].as_str().is_some_and(|effort| effort != "none"),
        key_seen: sent.bearer(),
        ..Prompt::default()
    }
    .forced(body.pointer("/tool_choice/function/name").and_then(Value::as_str)))
}

fn message(message: &Value) -> Said {
    let text = match &message["content"] {
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        content => content.as_str().unwrap_or_default().to_owned(),
    };
    Said::new(message["role"].as_str().unwrap_or_default(), text)
}
