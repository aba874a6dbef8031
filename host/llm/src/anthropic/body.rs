//! The request on the wire.
//!
//! The service caches a prompt up to marked blocks, in the order tools, system, messages, and takes four marks. We set at most three,
//! each where a prefix ends that other requests repeat: after the tools (the same for every call of a role), after the system prompt (the
//! same for every call of a member), and in the messages (see [`super::messages`]). A prefix too short for the cache is not kept, and
//! costs nothing more.

use serde_json::{Map, Value, json};

use super::{
    dialect::{Dialect, SchemaForm, Thinking},
    effort,
    messages::{carries_tools, mark, messages, text},
};
use crate::Request;

/// The tool that a model must call where a schema is asked for as a tool.
pub(super) const ANSWER_TOOL: &str = "answer";

/// The JSON body.
pub(super) fn write(request: &Request, dialect: Dialect) -> Value {
    let mut body = Map::new();
    let mut set = |field: &str, value: Value| body.insert(field.to_owned(), value);
    set("model", json!(request.model));
    set("max_tokens", json!(request.max_tokens.max(1)));
    let told = request.schema.as_ref().filter(|_| dialect.schema == SchemaForm::Prompt).map(|schema| {
        format!("Answer with one JSON object and nothing else. It must meet this JSON Schema:\n{schema}")
    });
    set("messages", messages(request, told.as_deref(), dialect.caching));
    if !request.system.trim().is_empty() {
        let mut system = text(&request.system);
        if dialect.caching {
            mark(Some(&mut system));
        }
        set("system", json!([system]));
    }
    let thinks = dialect.thinks(request);
    let effort = request.effort.as_deref().unwrap_or_default();
    let mut output = Map::new();
    match dialect.thinking {
        Thinking::Budget if thinks => {
            let budget = effort::budget(effort, request.max_tokens);
            set("thinking", json!({ "type": "enabled", "budget_tokens": budget }));
        }
        Thinking::Adaptive if thinks => {
            set("thinking", json!({ "type": "adaptive" }));
            output.insert("effort".into(), json!(effort));
        }
        _ => {}
    }
    // A model that thinks takes no temperature but its own; others take up to 1.
    if let Some(temperature) = request.temperature.filter(|_| dialect.temperature && !thinks) {
        set("temperature", decimal(temperature.clamp(0.0, 1.0)));
    }
    let stops: Vec<&String> = request.stop.iter().filter(|stop| !stop.trim().is_empty()).collect();
    if !stops.is_empty() {
        set("stop_sequences", json!(stops));
    }
    if let Some(schema) = request.schema.as_ref().filter(|_| dialect.schema == SchemaForm::Format) {
        output.insert("format".into(), json!({ "type": "json_schema", "schema": schema }));
    }
    if !output.is_empty() {
        set("output_config", Value::Object(output));
    }
    let (tools, choice) = tools(request, dialect);
    if !tools.is_empty() {
        set("tools", Value::Array(tools));
    }
    if let Some(choice) = choice {
        set("tool_choice", choice);
    }
    set("stream", json!(true));
    Value::Object(body)
}

/// The tools, and what the model is to do with them where that is not its own choice.
fn tools(request: &Request, dialect: Dialect) -> (Vec<Value>, Option<Value>) {
    let mut tools: Vec<Value> = request
        .tools
        .iter()
        .map(|tool| json!({ "name": tool.name, "description": tool.description, "input_schema": tool.parameters }))
        .collect();
    let mut choice = None;
    if let Some(schema) = request.schema.as_ref().filter(|_| is_forced(request, dialect)) {
        let description = "Give your answer by calling this.";
        tools.push(json!({ "name": ANSWER_TOOL, "description": description, "input_schema": schema }));
        choice = Some(json!({ "type": "tool", "name": ANSWER_TOOL }));
    } else if tools.is_empty() && carries_tools(request) {
        // Earlier calls must be of tools that are named, even when no further call is wanted.
        let mut names: Vec<&str> =
            request.messages.iter().flat_map(|turn| &turn.calls).map(|call| call.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let named = |name| json!({ "name": name, "input_schema": { "type": "object" } });
        tools = names.into_iter().map(named).collect();
        choice = (!tools.is_empty()).then(|| json!({ "type": "none" }));
    }
    if dialect.caching {
        mark(tools.last_mut());
    }
    (tools, choice)
}

/// Whether the answer comes as the arguments of a call.
pub(super) fn is_forced(request: &Request, dialect: Dialect) -> bool {
    request.schema.is_some() && dialect.schema == SchemaForm::Tool && !carries_tools(request)
}

/// The number as people write it: 0.7, not the 0.699999988… that widening the float gives.
fn decimal(number: f32) -> Value {
    number.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}
