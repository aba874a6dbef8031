//! Ollama's lines.

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{Counted, End, KEY, Part, Said, Scribe, Setting, Wrong};
use crate::{
    Provider,
    http::Framing,
    ollama::{Ollama, OllamaConfig, ollama_base_url},
    testing::server::{Asides, ok},
};

pub(super) struct OllamaScribe;

fn line(message: Value) -> String {
    let line = json!({"model": "real-model", "created_at": "2026-08-14T09:31:07Z", "message": message, "done": false});
    format!("{line}\n")
}

fn reason(end: End) -> &'static str {
    match end {
        End::Stop | End::Calls => "stop",
        End::Length => "length",
        End::Refused => "content_filter",
    }
}

fn error(wrong: Wrong) -> (u16, Value) {
    let (status, message) = match wrong {
        Wrong::RateLimited => (429, "too many requests"),
        Wrong::Overloaded => (503, "server busy, please try again. maximum pending requests exceeded"),
        Wrong::Internal => (500, "llama runner process has terminated"),
        Wrong::MoneyGone => (429, "you have reached your weekly usage limit, upgrade for higher limits"),
        Wrong::TooLong => (
            400,
            r#"{"error":{"code":400,"message":"request (9000 tokens) exceeds the available context size (8192 tokens)","type":"exceed_context_size_error"}}"#,
        ),
        Wrong::Schema => (400, "invalid JSON schema in format"),
        Wrong::BadKey => (401, "unauthorized: sk-very-secret"),
    };
    (status, json!({ "error": message }))
}

impl Scribe for OllamaScribe {
    fn framing(&self) -> Framing {
        Framing::Lines
    }

    fn provider(&self, setting: Setting) -> Box<dyn Provider> {
        let config = OllamaConfig {
            api_key: Some(setting.key),
            timers: setting.timers,
            retry: setting.retry,
            ..OllamaConfig::new("tested", ollama_base_url(&setting.url).unwrap())
        };
        Box::new(Ollama::new(config).unwrap())
    }

    fn path(&self) -> &'static str {
        "/api/chat"
    }

    fn asides(&self) -> Asides {
        let show = json!({"model_info": {"general.architecture": "llama", "llama.context_length": 131_072}});
        vec![("/api/show", ok(show.to_string())), ("/api/version", ok(r#"{"version":"0.34.2"}"#))]
    }

    fn key_header(&self) -> (&'static str, String) {
        ("authorization", format!("Bearer {KEY}"))
    }

    fn frames(&self, said: &Said) -> Vec<String> {
        let mut frames: Vec<String> = said
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => line(json!({"role": "assistant", "content": text})),
                Part::Thinking(text) => line(json!({"role": "assistant", "content": "", "thinking": text})),
                Part::Call { id, name, arguments } => {
                    let arguments: Value = serde_json::from_str(&arguments.concat()).unwrap();
                    let function = json!({"index": 0, "name": name, "arguments": arguments});
                    let call = json!({"id": id, "function": function});
                    line(json!({"role": "assistant", "content": "", "tool_calls": [call]}))
                }
            })
            .collect();
        // The last line holds the reason, the counts and the mark: it has all of them, or is not there.
        if let Some(end) = said.end {
            let mut last = json!({
                "model": "real-model", "message": {"role": "assistant", "content": ""},
                "done": true, "done_reason": reason(end), "total_duration": 4_883_583_458_u64,
            });
            if let Some(counted) = said.counts {
                last["prompt_eval_count"] = json!(counted.input);
                last["prompt_eval_cached_count"] = json!(counted.cached);
                last["eval_count"] = json!(counted.output);
            }
            frames.extend(std::iter::repeat_n(format!("{last}\n"), 1 + usize::from(said.counted_twice)));
        }
        frames
    }

    fn whole(&self, _said: &Said) -> Option<String> {
        None
    }

    fn stray(&self) -> String {
        "{\"of\": \"the future\"}\n".into()
    }

    fn answer_id(&self) -> Option<&'static str> {
        None
    }

    fn usage(&self, counted: Counted) -> Usage {
        Usage {
            calls: 1,
            input_tokens: counted.input,
            output_tokens: counted.output,
            cached_tokens: counted.cached,
            ..Usage::default()
        }
    }

    fn error_frame(&self, wrong: Wrong) -> String {
        format!("{}\n", error(wrong).1)
    }

    fn error_body(&self, wrong: Wrong) -> (u16, String) {
        let (status, error) = error(wrong);
        (status, error.to_string())
    }

    fn schema_forms(&self) -> usize {
        2
    }

    fn schema_in(&self, body: &Value) -> Option<Value> {
        body.get("format").cloned()
    }

    fn tools_in(&self, body: &Value) -> Vec<String> {
        let tools = body["tools"].as_array().cloned().unwrap_or_default();
        tools.iter().filter_map(|tool| tool.pointer("/function/name")?.as_str().map(str::to_owned)).collect()
    }
}
