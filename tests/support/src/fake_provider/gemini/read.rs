//! A request for content.

use serde_json::Value;

use super::super::{
    prompt::{Offer, Prompt, Said},
    sent::Sent,
};

/// Read it.
pub(super) fn read(sent: &Sent) -> Prompt {
    let body = &sent.body;
    let system = words(&body["systemInstruction"]);
    let mut messages: Vec<Said> =
        (!system.is_empty()).then(|| Said::new("system", system)).into_iter().collect();
    messages.extend(body["contents"].as_array().into_iter().flatten().flat_map(said));
    let config = &body["generationConfig"];
    let tools = body["tools"].as_array().into_iter().flatten();
    let tools: Vec<&Value> =
        tools.flat_map(|tool| tool["functionDeclarations"].as_array().into_iter().flatten()).collect();
    let parameters = if tools.iter().any(|tool| tool["parametersJsonSchema"].is_object()) {
        "parametersJsonSchema"
    } else {
        "parameters"
    };
    let (model, method) = target(sent);
    Prompt {
        model: model.to_owned(),
        messages,
        schema: schema(config).cloned(),
        tools: Offer::list(tools, parameters),
        stream: method == "streamGenerateContent",
        thinks: config["thinkingConfig"].is_object() && config["thinkingConfig"]["thinkingBudget"] != 0,
        key_seen: sent.header("x-goog-api-key").or_else(|| sent.parameter("key")).map(str::to_owned),
        ..Prompt::default()
    }
}

/// The model and the method.
pub(super) fn target(sent: &Sent) -> (&str, &str) {
    sent.target.split_once(':').unwrap_or((&sent.target, ""))
}

/// The schema of a structured answer, in either of its places.
pub(super) fn schema(config: &Value) -> Option<&Value> {
    config.get("responseJsonSchema").or_else(|| config.get("responseSchema"))
}

/// The results of functions are messages of their own.
fn said(content: &Value) -> Vec<Said> {
    let results = parts(content).filter_map(|part| part.get("functionResponse"));
    let mut said: Vec<Said> =
        results.map(|result| Said::new("tool", result["response"].to_string())).collect();
    let text = words(content);
    if said.is_empty() || !text.is_empty() {
        let role = if content["role"] == "model" { "assistant" } else { "user" };
        said.push(Said::new(role, text));
    }
    said
}

/// The parts of a content.
pub(super) fn parts(content: &Value) -> impl Iterator<Item = &Value> {
    content["parts"].as_array().into_iter().flatten()
}

fn words(content: &Value) -> String {
    parts(content).filter(|part| part["thought"] != true).filter_map(|part| part["text"].as_str()).collect()
}
