//! Gemini's contents.

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{Counted, End, KEY, Part, Said, Scribe, Setting, Wrong};
use crate::{
    Provider,
    gemini::{Gemini, GeminiConfig, gemini_base_url},
    http::Framing,
};

pub(super) struct GeminiScribe;

fn event(value: &Value) -> String {
    format!("data: {value}\n\n")
}

/// An object; what it says besides its parts goes in with them.
fn object(parts: Option<Value>, finish: Option<&str>, usage: Option<Value>) -> Value {
    let mut candidate = json!({"index": 0});
    if let Some(part) = parts {
        candidate["content"] = json!({"role": "model", "parts": [part]});
    }
    if let Some(finish) = finish {
        candidate["finishReason"] = json!(finish);
    }
    let mut object = json!({"responseId": "resp-1", "modelVersion": "real-model", "candidates": [candidate]});
    if let Some(usage) = usage {
        object["usageMetadata"] = usage;
    }
    object
}

fn reason(end: End) -> &'static str {
    match end {
        End::Stop | End::Calls => "STOP",
        End::Length => "MAX_TOKENS",
        End::Refused => "SAFETY",
    }
}

/// Part of the answer is thinking, and part of the prompt comes from tools.
fn usage(counted: Counted) -> Value {
    json!({
        "promptTokenCount": counted.input - 1,
        "toolUsePromptTokenCount": 1,
        "cachedContentTokenCount": counted.cached,
        "candidatesTokenCount": counted.output - 2,
        "thoughtsTokenCount": 2,
        "totalTokenCount": counted.input + counted.output,
    })
}

fn part(part: &Part) -> Value {
    match part {
        Part::Text(text) => json!({ "text": text }),
        Part::Thinking(text) => json!({"text": text, "thought": true}),
        Part::Call { id, name, arguments } => {
            let arguments: Value = serde_json::from_str(&arguments.concat()).unwrap();
            let function = json!({"id": id, "name": name, "args": arguments});
            json!({"functionCall": function, "thoughtSignature": "c2lnbmVk"})
        }
    }
}

fn objects(said: &Said) -> Vec<Value> {
    let mut objects: Vec<Value> =
        said.parts.iter().map(|said| object(Some(part(said)), None, None)).collect();
    // Counts are totals up to there, in every object that has any.
    if said.counted_twice {
        objects.push(object(None, None, said.counts.map(usage)));
    }
    if said.end.is_some() || said.counts.is_some() {
        objects.push(object(None, said.end.map(reason), said.counts.map(usage)));
    }
    objects
}

fn error(wrong: Wrong) -> (u16, Value) {
    let (code, name, message) = match wrong {
        Wrong::RateLimited => {
            (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan.")
        }
        Wrong::Overloaded => (503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
        Wrong::Internal => (500, "INTERNAL", "An internal error has occurred."),
        Wrong::MoneyGone => (429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."),
        Wrong::TooLong => (
            400,
            "INVALID_ARGUMENT",
            "The input token count (9000) exceeds the maximum number of tokens allowed (8192).",
        ),
        Wrong::Schema => (
            400,
            "INVALID_ARGUMENT",
            "Invalid JSON payload received. Unknown name \"response_schema\" at 'generation_config': Cannot find field.",
        ),
        Wrong::BadKey => (400, "INVALID_ARGUMENT", "API key not valid: sk-very-secret"),
    };
    let details = match wrong {
        Wrong::BadKey => json!([{"reason": "API_KEY_INVALID"}]),
        Wrong::RateLimited => {
            json!([{"violations": [{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel"}]}])
        }
        _ => json!([]),
    };
    (code, json!({"error": {"code": code, "message": message, "status": name, "details": details}}))
}

impl Scribe for GeminiScribe {
    fn framing(&self) -> Framing {
        Framing::EventsOrList
    }

    fn provider(&self, setting: Setting) -> Box<dyn Provider> {
        let config = GeminiConfig {
            api_key: Some(setting.key),
            timers: setting.timers,
            retry: setting.retry,
            ..GeminiConfig::new("tested", gemini_base_url(&setting.url).unwrap())
        };
        Box::new(Gemini::new(config).unwrap())
    }

    fn path(&self) -> &'static str {
        "/v1beta/models/some-model:streamGenerateContent"
    }

    fn key_header(&self) -> (&'static str, String) {
        ("x-goog-api-key", KEY.into())
    }

    fn frames(&self, said: &Said) -> Vec<String> {
        objects(said).iter().map(event).collect()
    }

    /// The list of a service that did not see how it was asked.
    fn whole(&self, said: &Said) -> Option<String> {
        let objects: Vec<String> = objects(said).iter().map(Value::to_string).collect();
        Some(format!("[{}]\n", objects.join("\n,\r\n")))
    }

    fn stray(&self) -> String {
        "event: news\nid: 7\ndata: {\"of\": \"the future\"}\n\n".into()
    }

    fn answer_id(&self) -> Option<&'static str> {
        Some("resp-1")
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
        event(&error(wrong).1)
    }

    /// Refusals of a stream come in a list.
    fn error_body(&self, wrong: Wrong) -> (u16, String) {
        let (status, error) = error(wrong);
        (status, json!([error]).to_string())
    }

    fn schema_forms(&self) -> usize {
        2
    }

    fn schema_in(&self, body: &Value) -> Option<Value> {
        body.pointer("/generationConfig/responseJsonSchema").cloned()
    }

    fn tools_in(&self, body: &Value) -> Vec<String> {
        let tools = body.pointer("/tools/0/functionDeclarations").and_then(Value::as_array).cloned();
        tools.unwrap_or_default().iter().filter_map(|tool| tool["name"].as_str().map(str::to_owned)).collect()
    }
}
