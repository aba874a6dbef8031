//! The lines that are printed.

use amatelier_types::MicroUsd;
use serde_json::{Value, json};

use super::super::{answer::Answer, anthropic::usage, asked::Asked};

/// The first line.
pub(super) fn begun(asked: &Asked) -> Value {
    json!({
        "type": "system",
        "subtype": "init",
        "cwd": "/",
        "session_id": session(asked),
        "tools": [],
        "mcp_servers": [],
        "model": asked.model(),
        "permissionMode": "default",
        "apiKeySource": "none",
    })
}

/// A piece of the answer as it comes.
pub(super) fn piece(asked: &Asked, event: Value) -> Value {
    json!({"type": "stream_event", "event": event, "session_id": session(asked), "parent_tool_use_id": null})
}

/// A line of a kind that did not always exist.
pub(super) fn limits(asked: &Asked) -> Value {
    let limit = json!({"status": "allowed", "rateLimitType": "five_hour"});
    json!({"type": "rate_limit_event", "rate_limit_info": limit, "session_id": session(asked)})
}

/// The whole answer.
pub(super) fn message(asked: &Asked, id: &str, answer: &Answer) -> Value {
    let message = json!({
        "id": id,
        "type": "message",
        "role": "assistant",
        "model": asked.model(),
        "content": [{"type": "text", "text": answer.text}],
        "stop_reason": stop_reason(answer),
        "usage": usage(answer, answer.usage.output_tokens),
    });
    json!({"type": "assistant", "message": message, "parent_tool_use_id": null, "session_id": session(asked)})
}

/// The last line, with what it took.
pub(super) fn result(asked: &Asked, answer: &Answer) -> Value {
    let taken = answer.usage;
    let of_model = json!({
        "inputTokens": taken.input_tokens - taken.cached_tokens,
        "outputTokens": taken.output_tokens,
        "cacheReadInputTokens": taken.cached_tokens,
        "cacheCreationInputTokens": 0,
        "costUSD": dollars(taken.cost),
    });
    let mut result = json!({
        "type": "result",
        "subtype": "success",
        "is_error": false,
        "duration_ms": 2,
        "duration_api_ms": 1,
        "num_turns": 1,
        "result": answer.text,
        "stop_reason": stop_reason(answer),
        "session_id": session(asked),
        "total_cost_usd": dollars(taken.cost),
        "usage": usage(answer, taken.output_tokens),
        "modelUsage": {asked.model(): of_model},
        "permission_denials": [],
    });
    // Only what was asked for by the option comes as an object, too.
    let wanted =
        asked.body["arguments"].as_array().into_iter().flatten().any(|argument| argument == "--json-schema");
    if wanted && let Ok(value) = serde_json::from_str::<Value>(&answer.text) {
        result["structured_output"] = value;
    }
    result
}

/// The last lines of a session in which nothing was said: what the command says in the model's place, and what came of it.
pub(super) fn failed(reason: &str, status: Option<u16>) -> Value {
    let message = json!({
        "id": "synthetic",
        "type": "message",
        "role": "assistant",
        "model": "<synthetic>",
        "content": [{"type": "text", "text": reason}],
        "stop_reason": "stop_sequence",
        "usage": {"input_tokens": 0, "output_tokens": 0},
    });
    let said =
        json!({"type": "assistant", "message": message, "parent_tool_use_id": null, "session_id": "refused"});
    let result = json!({
        "type": "result",
        "subtype": "success",
        "is_error": true,
        "api_error_status": status,
        "duration_ms": 2,
        "duration_api_ms": 0,
        "num_turns": 1,
        "result": reason,
        "session_id": "refused",
        "total_cost_usd": 0,
        "usage": {"input_tokens": 0, "output_tokens": 0},
        "permission_denials": [],
    });
    json!([said, result])
}

fn stop_reason(answer: &Answer) -> &'static str {
    answer.ending("end_turn", "max_tokens", "end_turn")
}

fn session(asked: &Asked) -> String {
    format!("session-{}", asked.key.short())
}

fn dollars(cost: MicroUsd) -> f64 {
    cost.0 as f64 / 1e6
}
