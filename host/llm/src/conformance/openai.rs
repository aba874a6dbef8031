//! Chat completions.

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{Counted, End, KEY, Part, Said, Scribe, Setting, Wrong};
use crate::{
    Provider,
    http::Framing,
    openai::{OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
};

pub(super) struct OpenAiScribe;

fn event(value: &Value) -> String {
    format!("data: {value}\n\n")
}

fn chunk(delta: Value, finish: Option<&str>) -> String {
    event(&json!({
        "id": "cmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "real-model",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }))
}

fn reason(end: End) -> &'static str {
    match end {
        End::Stop => "stop",
        End::Length => "length",
        End::Refused => "content_filter",
        End::Calls => "tool_calls",
    }
}

fn usage(counted: Counted) -> Value {
    json!({
        "prompt_tokens": counted.input,
        "completion_tokens": counted.output,
        "total_tokens": counted.input + counted.output,
        "prompt_tokens_details": {"cached_tokens": counted.cached, "cache_write_tokens": counted.cache_write},
    })
}

fn error(wrong: Wrong) -> (u16, Value) {
    let (status, kind, code, message) = match wrong {
        Wrong::RateLimited => (429, "rate_limit_error", "rate_limit_exceeded", "slow down"),
        Wrong::Overloaded => (503, "server_error", "overloaded", "the engine is overloaded"),
        Wrong::Internal => (500, "server_error", "internal", "the model fell over"),
        Wrong::MoneyGone => (429, "insufficient_quota", "insufficient_quota", "you exceeded your quota"),
        Wrong::TooLong => (
            400,
            "invalid_request_error",
            "context_length_exceeded",
            "This model's maximum context length is 8192 tokens, and 9000 were sent",
        ),
        Wrong::Schema => (400, "invalid_request_error", "unsupported", "response_format is not supported"),
        Wrong::BadKey => {
            (401, "authentication_error", "invalid_api_key", "Incorrect API key: sk-very-secret")
        }
    };
    (status, json!({"message": message, "type": kind, "param": null, "code": code}))
}

impl Scribe for OpenAiScribe {
    fn framing(&self) -> Framing {
        Framing::Events
    }

    fn provider(&self, setting: Setting) -> Box<dyn Provider> {
        let config = OpenAiCompatConfig {
            api_key: Some(setting.key),
            tools: true,
            timers: setting.timers,
            retry: setting.retry,
            ..OpenAiCompatConfig::new("tested", normalise_base_url(&setting.url).unwrap())
        };
        Box::new(OpenAiCompat::new(config).unwrap())
    }

    fn path(&self) -> &'static str {
        "/v1/chat/completions"
    }

    fn key_header(&self) -> (&'static str, String) {
        ("authorization", format!("Bearer {KEY}"))
    }

    fn frames(&self, said: &Said) -> Vec<String> {
        let mut frames = vec![chunk(json!({"role": "assistant", "content": ""}), None)];
        let mut calls = 0;
        for part in &said.parts {
            match part {
                Part::Text(text) => frames.push(chunk(json!({"content": text}), None)),
                Part::Thinking(text) => frames.push(chunk(json!({"reasoning_content": text}), None)),
                Part::Call { id, name, arguments } => {
                    let call = |fields: Value| chunk(json!({ "tool_calls": [fields] }), None);
                    let first = json!({"index": calls, "id": id, "type": "function", "function": {"name": name, "arguments": ""}});
                    frames.push(call(first));
                    // The name is repeated, as llama.cpp does.
                    frames.extend(arguments.iter().map(|piece| {
                        call(json!({"index": calls, "function": {"name": name, "arguments": piece}}))
                    }));
                    calls += 1;
                }
            }
        }
        frames.extend(said.end.map(|end| chunk(json!({}), Some(reason(end)))));
        let times = 1 + usize::from(said.counted_twice);
        for counted in said.counts.iter().cycle().take(said.counts.iter().count() * times) {
            frames.push(event(&json!({"id": "cmpl-1", "choices": [], "usage": usage(*counted)})));
        }
        frames.extend(said.marked.then(|| "data: [DONE]\n\n".to_owned()));
        frames
    }

    fn whole(&self, said: &Said) -> Option<String> {
        let texts = said.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(*text),
            _ => None,
        });
        let message = json!({"role": "assistant", "content": texts.collect::<String>()});
        let choice = json!({"index": 0, "message": message, "finish_reason": said.end.map(reason)});
        let whole = json!({
            "id": "cmpl-1", "object": "chat.completion", "model": "real-model",
            "choices": [choice], "usage": said.counts.map(usage),
        });
        Some(whole.to_string())
    }

    fn stray(&self) -> String {
        "event: news\nid: 7\ndata: {\"of\": \"the future\"}\n\n".into()
    }

    fn answer_id(&self) -> Option<&'static str> {
        Some("cmpl-1")
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
        event(&json!({ "error": error(wrong).1 }))
    }

    fn error_body(&self, wrong: Wrong) -> (u16, String) {
        let (status, error) = error(wrong);
        (status, json!({ "error": error }).to_string())
    }

    fn schema_forms(&self) -> usize {
        3
    }

    fn schema_in(&self, body: &Value) -> Option<Value> {
        body.pointer("/response_format/json_schema/schema").cloned()
    }

    fn tools_in(&self, body: &Value) -> Vec<String> {
        let tools = body["tools"].as_array().cloned().unwrap_or_default();
        tools.iter().filter_map(|tool| tool.pointer("/function/name")?.as_str().map(str::to_owned)).collect()
    }
}
