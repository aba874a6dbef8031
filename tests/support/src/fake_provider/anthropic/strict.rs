//! What the real server refuses a request for. A client that gets one of these wrong would only find out with real money.

use serde_json::Value;

use super::{super::sent::Sent, read::schema};

/// Marks for the cache that one request may have.
const BREAKPOINTS: usize = 4;

/// The least budget for thinking, in tokens.
const LEAST_BUDGET: u64 = 1024;

/// What a schema of a structured answer may not say.
const NOT_IN_SCHEMAS: [&str; 9] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "maxItems",
    "uniqueItems",
];

/// Check it.
pub(super) fn check(sent: &Sent) -> Result<(), String> {
    let body = &sent.body;
    if sent.header("anthropic-version") != Some("2023-06-01") {
        return Err("anthropic-version: header is required".into());
    }
    let Some(longest) = body["max_tokens"].as_u64().filter(|tokens| *tokens > 0) else {
        return Err("max_tokens: Field required".into());
    };
    if body["model"].as_str().is_none_or(str::is_empty) {
        return Err("model: Field required".into());
    }
    let messages = body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
    conversation(messages)?;
    let thinking = &body["thinking"];
    if matches!(body["tool_choice"]["type"].as_str(), Some("any" | "tool")) && thinking.is_object() {
        return Err("Thinking may not be enabled when tool_choice forces tool use.".into());
    }
    if thinking["type"] == "enabled" {
        let budget = thinking["budget_tokens"].as_u64().unwrap_or(0);
        if budget < LEAST_BUDGET {
            return Err(format!(
                "thinking.enabled.budget_tokens: Input should be greater than or equal to {LEAST_BUDGET}"
            ));
        }
        if budget >= longest {
            return Err("`max_tokens` must be greater than `thinking.budget_tokens`".into());
        }
        if body["temperature"].as_f64().is_some_and(|temperature| temperature != 1.0) {
            return Err("`temperature` may only be set to 1 when thinking is enabled".into());
        }
    }
    if count(body, "cache_control") > BREAKPOINTS {
        return Err(format!("A maximum of {BREAKPOINTS} blocks with cache_control may be provided"));
    }
    schema(body).map_or(Ok(()), allowed)
}

fn conversation(messages: &[Value]) -> Result<(), String> {
    let Some(first) = messages.first() else {
        return Err("messages: at least one message is required".into());
    };
    if first["role"] != "user" {
        return Err("messages: first message must use the \"user\" role".into());
    }
    let mut open: Vec<&Value> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        if !matches!(message["role"].as_str(), Some("user" | "assistant")) {
            return Err(format!("messages.{at}.role: Input should be 'user' or 'assistant'"));
        }
        let blocks = message["content"].as_array().map(Vec::as_slice).unwrap_or_default();
        let empty = |text: &Value| text.as_str().is_some_and(str::is_empty);
        if empty(&message["content"]) || blocks.iter().any(|block| empty(&block["text"])) {
            return Err(format!("messages.{at}: text content blocks must be non-empty"));
        }
        let answered: Vec<&Value> = ids(blocks, "tool_result", "tool_use_id");
        if let Some(id) = open.iter().find(|id| !answered.contains(id)) {
            return Err(format!(
                "messages.{at}: `tool_use` ids were found without `tool_result` blocks immediately after: {id}"
            ));
        }
        if let Some(id) = answered.iter().find(|id| !open.contains(id)) {
            return Err(format!(
                "messages.{at}: unexpected `tool_use_id` found in `tool_result` blocks: {id}"
            ));
        }
        open = ids(blocks, "tool_use", "id");
    }
    Ok(())
}

fn ids<'a>(blocks: &'a [Value], kind: &str, field: &str) -> Vec<&'a Value> {
    blocks.iter().filter(|block| block["type"] == kind).map(|block| &block[field]).collect()
}

/// How often a field stands anywhere in a value.
fn count(value: &Value, field: &str) -> usize {
    match value {
        Value::Object(fields) => {
            let inside: usize = fields.values().map(|value| count(value, field)).sum();
            inside + usize::from(fields.contains_key(field))
        }
        Value::Array(values) => values.iter().map(|value| count(value, field)).sum(),
        _ => 0,
    }
}

fn allowed(schema: &Value) -> Result<(), String> {
    let wrong = |what: String| Err(format!("output_config.format.schema: {what}"));
    if schema["type"] == "object" && schema["additionalProperties"] != false {
        return wrong("For 'object' type, 'additionalProperties' must be explicitly set to false".into());
    }
    if let Some(word) = NOT_IN_SCHEMAS.iter().find(|word| schema.get(**word).is_some()) {
        return wrong(format!("property '{word}' is not supported"));
    }
    if schema["minItems"].as_u64().is_some_and(|least| least > 1) {
        return wrong("For 'array' type, 'minItems' values other than 0 or 1 are not supported".into());
    }
    let named = ["properties", "$defs"]
        .map(|field| schema[field].as_object().into_iter().flat_map(|all| all.values()));
    let listed = ["anyOf", "allOf"].map(|field| schema[field].as_array().into_iter().flatten());
    let inner = named.into_iter().flatten().chain(listed.into_iter().flatten()).chain(schema.get("items"));
    inner.into_iter().try_for_each(allowed)
}
