//! Anthropic's messages.

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{Counted, End, KEY, Part, Said, Scribe, Setting, Wrong};
use crate::{
    Provider,
    anthropic::{Anthropic, AnthropicConfig, normalise_base_url},
    http::Framing,
};

pub(super) struct AnthropicScribe;

/// The event's name is its data's type.
fn event(value: &Value) -> String {
    format!("event: {}\ndata: {value}\n\n", value["type"].as_str().unwrap())
}

fn reason(end: End) -> &'static str {
    match end {
        End::Stop => "end_turn",
        End::Length => "max_tokens",
        End::Refused => "refusal",
        End::Calls => "tool_use",
    }
}

/// The prompt's tokens are told at the start, in three parts; those of the answer are a placeholder there.
fn prompt(counted: Counted) -> Value {
    json!({
        "input_tokens": counted.input - counted.cached - counted.cache_write,
        "cache_creation_input_tokens": counted.cache_write,
        "cache_read_input_tokens": counted.cached,
        "output_tokens": 1,
    })
}

fn error(wrong: Wrong) -> (u16, Value) {
    let (status, kind, message) = match wrong {
        Wrong::RateLimited => (429, "rate_limit_error", "slow down"),
        Wrong::Overloaded => (529, "overloaded_error", "Overloaded"),
        Wrong::Internal => (500, "api_error", "Internal server error"),
        Wrong::MoneyGone => (400, "invalid_request_error", "Your credit balance is too low"),
        Wrong::TooLong => (400, "invalid_request_error", "prompt is too long: 9000 tokens > 8192 maximum"),
        Wrong::Schema => (400, "invalid_request_error", "output_config.format, tool_choice: not permitted"),
        Wrong::BadKey => (401, "authentication_error", "invalid x-api-key sk-very-secret"),
    };
    (status, json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req-9"}))
}

impl Scribe for AnthropicScribe {
    fn framing(&self) -> Framing {
        Framing::Events
    }

    fn provider(&self, setting: Setting) -> Box<dyn Provider> {
        let config = AnthropicConfig {
            api_key: Some(setting.key),
            timers: setting.timers,
            retry: setting.retry,
            ..AnthropicConfig::new("tested", normalise_base_url(&setting.url).unwrap())
        };
        Box::new(Anthropic::new(config).unwrap())
    }

    fn path(&self) -> &'static str {
        "/v1/messages"
    }

    fn key_header(&self) -> (&'static str, String) {
        ("x-api-key", KEY.into())
    }

    fn frames(&self, said: &Said) -> Vec<String> {
        let usage = said.counts.map_or(json!({"input_tokens": 0, "output_tokens": 0}), prompt);
        let message = json!({
            "id": "msg_1", "type": "message", "role": "assistant", "model": "real-model",
            "content": [], "stop_reason": null, "usage": usage,
        });
        let start = event(&json!({"type": "message_start", "message": message}));
        let mut frames = vec![start, event(&json!({"type": "ping"}))];
        for (index, part) in said.parts.iter().enumerate() {
            let (block, deltas) = match part {
                Part::Text(text) => {
                    (json!({"type": "text", "text": ""}), vec![json!({"type": "text_delta", "text": text})])
                }
                Part::Thinking(text) => (
                    json!({"type": "thinking", "thinking": "", "signature": ""}),
                    vec![
                        json!({"type": "thinking_delta", "thinking": text}),
                        json!({"type": "signature_delta", "signature": "c2lnbmVk"}),
                    ],
                ),
                Part::Call { id, name, arguments } => (
                    json!({"type": "tool_use", "id": id, "name": name, "input": {}}),
                    arguments
                        .iter()
                        .map(|piece| json!({"type": "input_json_delta", "partial_json": piece}))
                        .collect(),
                ),
            };
            frames
                .push(event(&json!({"type": "content_block_start", "index": index, "content_block": block})));
            let deltas = deltas
                .iter()
                .map(|delta| json!({"type": "content_block_delta", "index": index, "delta": delta}));
            frames.extend(deltas.map(|delta| event(&delta)));
            frames.push(event(&json!({"type": "content_block_stop", "index": index})));
        }
        if said.end.is_some() || said.counts.is_some() {
            let usage = said.counts.map(|counted| json!({"output_tokens": counted.output}));
            let delta = json!({
                "type": "message_delta",
                "delta": {"stop_reason": said.end.map(reason), "stop_sequence": null},
                "usage": usage,
            });
            frames.extend(std::iter::repeat_n(event(&delta), 1 + usize::from(said.counted_twice)));
        }
        frames.extend(said.marked.then(|| event(&json!({"type": "message_stop"}))));
        frames
    }

    fn whole(&self, said: &Said) -> Option<String> {
        let texts = said.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(json!({"type": "text", "text": text})),
            _ => None,
        });
        let usage = said.counts.map(|counted| {
            let mut usage = prompt(counted);
            usage["output_tokens"] = json!(counted.output);
            usage
        });
        let whole = json!({
            "id": "msg_1", "type": "message", "role": "assistant", "model": "real-model",
            "content": texts.collect::<Value>(), "stop_reason": said.end.map(reason), "usage": usage,
        });
        Some(whole.to_string())
    }

    fn stray(&self) -> String {
        event(&json!({"type": "content_block_news", "index": 0, "delta": {"type": "hologram"}}))
            + &event(&json!({"type": "content_block_delta", "index": 0, "delta": {"type": "smell_delta"}}))
    }

    fn answer_id(&self) -> Option<&'static str> {
        Some("msg_1")
    }

    fn usage(&self, counted: Counted) -> Usage {
        Usage {
            calls: 1,
            input_tokens: counted.input,
            output_tokens: counted.output,
            cached_tokens: counted.cached,
            cache_write_tokens: counted.cache_write,
            ..Usage::default()
        }
    }

    fn error_frame(&self, wrong: Wrong) -> String {
        event(&error(wrong).1)
    }

    fn error_body(&self, wrong: Wrong) -> (u16, String) {
        let (status, error) = error(wrong);
        (status, error.to_string())
    }

    fn schema_forms(&self) -> usize {
        2
    }

    fn schema_in(&self, body: &Value) -> Option<Value> {
        body.pointer("/output_config/format/schema").cloned()
    }

    fn tools_in(&self, body: &Value) -> Vec<String> {
        let tools = body["tools"].as_array().cloned().unwrap_or_default();
        tools.iter().filter_map(|tool| tool["name"].as_str().map(str::to_owned)).collect()
    }
}
