//! The `claude` command, or rather what stands in for it: a shell script that hands what it was started with to this provider and prints
//! what it is told to. So it has the same script, the same book and the same answers as everything else here, and no test ever starts
//! a program that could spend somebody's subscription.

mod arguments;
mod stand_in;
mod write;

use amatelier_types::{MicroUsd, Usage};
use axum::body::Bytes;
use serde_json::{Value, json};

use super::{
    answer::Answer,
    anthropic,
    asked::Asked,
    prompt::{Prompt, Said, told_schema},
    protocol::Dialect,
    refusal::{Refusal, Refused},
    sent::Sent,
};
use arguments::Arguments;
pub(super) use stand_in::StandIn;

/// What a token costs, in millionths of a dollar.
const INPUT: u64 = 3;
const OUTPUT: u64 = 15;

/// The command.
pub(super) struct Claude;

impl Dialect for Claude {
    /// The body holds the `arguments`, the `prompt` from stdin and the `key` of the environment.
    fn read(&self, sent: &Sent) -> Result<Prompt, String> {
        let arguments = Arguments::of(&sent.body["arguments"]);
        if arguments.value("--output-format") != Some("stream-json") {
            return Err("the stand-in prints stream-json only".into());
        }
        if !arguments.has("--verbose") {
            return Err("Error: When using --print, --output-format=stream-json requires --verbose".into());
        }
        if !arguments.has("-p") && !arguments.has("--print") {
            return Err("the stand-in has no terminal: it needs --print".into());
        }
        let system = ["--system-prompt", "--append-system-prompt"].map(|name| arguments.text(name));
        let mut messages: Vec<Said> =
            system.into_iter().flatten().map(|text| Said::new("system", text)).collect();
        let prompt = sent.text("prompt");
        messages.push(Said::new("user", said(&arguments, &prompt)));
        let told = messages.iter().rev().find_map(|said| told_schema(&said.text));
        let given = arguments.value("--json-schema").and_then(|schema| serde_json::from_str(schema).ok());
        Ok(Prompt {
            model: arguments.value("--model").unwrap_or_default().to_owned(),
            messages,
            schema: given.or(told),
            stream: arguments.has("--include-partial-messages"),
            key_seen: Some(sent.text("key")).filter(|key| !key.is_empty()),
            ..Prompt::default()
        })
    }

    /// Half of the system prompt is cached.
    fn bill(&self, asked: &Asked, output: u64) -> Usage {
        let input = asked.input_tokens() as u64;
        let system = asked.prompt.messages.first().filter(|said| said.role == "system");
        Usage {
            calls: 1,
            input_tokens: input,
            cached_tokens: system.map_or(0, |said| self.tokens(&said.text) / 2),
            output_tokens: output,
            cost: MicroUsd(input * INPUT + output * OUTPUT),
            ..Usage::default()
        }
    }

    fn id(&self, asked: &Asked) -> String {
        format!("msg_{}", asked.key.short())
    }

    fn media_type(&self, _asked: &Asked) -> &'static str {
        "application/x-ndjson"
    }

    /// What a session looks like: it begins, tells of a limit nobody has reached, speaks, and sums up.
    fn write(&self, asked: &Asked, answer: &Answer) -> Vec<Bytes> {
        let id = self.id(asked);
        let mut lines = vec![write::begun(asked)];
        if asked.prompt.stream {
            lines.extend(
                anthropic::events(asked, &id, answer).into_iter().map(|event| write::piece(asked, event)),
            );
        }
        lines.extend([
            write::limits(asked),
            write::message(asked, &id, answer),
            write::result(asked, answer),
        ]);
        lines.iter().map(line).collect()
    }

    fn fail_inside(&self) -> Bytes {
        let error =
            json!({"type": "error", "error": {"type": "api_error", "message": "Internal server error"}});
        let lines = write::failed(&format!("API Error: 500 {error}"), Some(500));
        lines.as_array().into_iter().flatten().flat_map(line).collect()
    }

    fn damaged(&self) -> Bytes {
        Bytes::from_static(b"{\"type\": \"assistant\", \"mess\n")
    }

    /// The status is what it ends with; the body is a list of what it prints before, or a text for stderr.
    fn refuse(&self, refusal: &Refusal) -> Refused {
        let api = |status: u16, kind: &str, message: &str| {
            let error = json!({"type": "error", "error": {"type": kind, "message": message}});
            write::failed(&format!("API Error: {status} {error}"), Some(status))
        };
        let body = match refusal {
            Refusal::Status(status) => api(*status, "api_error", "out of order"),
            Refusal::RateLimit { .. } => api(429, "rate_limit_error", "too many requests"),
            Refusal::TooLong { .. } => write::failed("Prompt is too long", Some(400)),
            Refusal::WrongKey(key) => {
                write::failed(&format!("Invalid API key {key} · Please run /login"), Some(401))
            }
            Refusal::MoneyGone => write::failed("Credit balance is too low", None),
            Refusal::Overloaded => api(529, "overloaded_error", "Overloaded"),
            Refusal::Invalid(reason) => json!(reason),
            Refusal::NotFound(what) => api(404, "not_found_error", what),
        };
        Refused { status: 1, headers: Vec::new(), body }
    }
}

/// What stands on stdin: plain words, or a message a line.
fn said(arguments: &Arguments<'_>, prompt: &str) -> String {
    if arguments.value("--input-format") != Some("stream-json") {
        return prompt.to_owned();
    }
    let messages = prompt.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let texts = messages.map(|line| match &line["message"]["content"] {
        Value::Array(blocks) => blocks.iter().filter_map(|block| block["text"].as_str()).collect::<String>(),
        content => content.as_str().unwrap_or_default().to_owned(),
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn line(object: &Value) -> Bytes {
    format!("{object}\n").into()
}
