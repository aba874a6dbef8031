//! The same question in every protocol, and what is heard back.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::super::{FakeProvider, Protocol};

/// What came back.
#[derive(Debug)]
pub(super) struct Heard {
    /// The status; the exit code of a command.
    pub(super) status: u16,
    /// The headers; what a command has on stderr.
    pub(super) head: String,
    pub(super) body: String,
}

/// A question with a system prompt, which is to be answered in a stream.
pub(super) fn question(protocol: Protocol, text: &str) -> Value {
    let (system, model) = ("You are ada, a member.", "fake-1");
    let user = json!({"role": "user", "content": text});
    match protocol {
        Protocol::OpenAi | Protocol::OpenRouter => json!({
            "model": model,
            "messages": [{"role": "system", "content": system}, user],
            "stream": true,
            "stream_options": {"include_usage": true},
        }),
        Protocol::Anthropic => {
            json!({"model": model, "max_tokens": 100, "system": system, "messages": [user], "stream": true})
        }
        Protocol::Gemini => json!({
            "systemInstruction": {"parts": [{"text": system}]},
            "contents": [{"role": "user", "parts": [{"text": text}]}],
        }),
        Protocol::Ollama => {
            json!({"model": model, "messages": [{"role": "system", "content": system}, user]})
        }
        Protocol::ClaudeCode => json!({
            "arguments": ["--print", "--verbose", "--output-format", "stream-json", "--model", model, "--system-prompt", system],
            "prompt": text,
        }),
    }
}

/// Ask that the answer meet this schema.
pub(super) fn with_schema(protocol: Protocol, mut question: Value, schema: &Value) -> Value {
    match protocol {
        Protocol::OpenAi | Protocol::OpenRouter => {
            let named = json!({"name": "answer", "schema": schema});
            question["response_format"] = json!({"type": "json_schema", "json_schema": named});
        }
        Protocol::Anthropic => {
            question["output_config"] = json!({"format": {"type": "json_schema", "schema": schema}});
        }
        Protocol::Gemini => {
            question["generationConfig"] =
                json!({"responseMimeType": "application/json", "responseJsonSchema": schema});
        }
        Protocol::Ollama => question["format"] = schema.clone(),
        Protocol::ClaudeCode => {
            let prompt = question["prompt"].as_str().unwrap();
            question["prompt"] =
                json!(format!("{prompt}\n\nKeep to this JSON Schema:\n{schema}\nNothing else."));
        }
    }
    question
}

/// Offer a tool.
pub(super) fn with_tool(protocol: Protocol, mut question: Value, name: &str) -> Value {
    let schema = json!({"type": "object"});
    question["tools"] = match protocol {
        Protocol::Anthropic => json!([{"name": name, "input_schema": schema}]),
        Protocol::Gemini => {
            json!([{"functionDeclarations": [{"name": name, "parametersJsonSchema": schema}]}])
        }
        Protocol::ClaudeCode => return question,
        _ => json!([{"type": "function", "function": {"name": name, "parameters": schema}}]),
    };
    question
}

/// Put a question, with a key.
pub(super) fn ask(provider: &FakeProvider, protocol: Protocol, question: &Value) -> Heard {
    let (path, headers) = match protocol {
        Protocol::OpenAi => ("/v1/chat/completions", "authorization: Bearer k-openai\r\n"),
        Protocol::OpenRouter => {
            ("/openrouter/api/v1/chat/completions", "authorization: Bearer k-openrouter\r\n")
        }
        Protocol::Anthropic => {
            ("/anthropic/v1/messages", "x-api-key: k-anthropic\r\nanthropic-version: 2023-06-01\r\n")
        }
        Protocol::Gemini => {
            ("/gemini/v1beta/models/fake-1:streamGenerateContent?alt=sse", "x-goog-api-key: k-gemini\r\n")
        }
        Protocol::Ollama => ("/ollama/api/chat", "authorization: Bearer k-ollama\r\n"),
        Protocol::ClaudeCode => return run(provider, question),
    };
    send(provider, "POST", path, headers, &question.to_string())
}

/// A request over HTTP/1.0, so that the body is everything up to the end of the connection.
pub(super) fn send(provider: &FakeProvider, method: &str, path: &str, headers: &str, body: &str) -> Heard {
    let mut stream = TcpStream::connect(provider.address).unwrap();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.0\r\n{headers}content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).unwrap();
    let mut answer = String::new();
    // A connection that is cut is an error here; what came before it is what the test looks at.
    let _ = stream.read_to_string(&mut answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Heard { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

fn run(provider: &FakeProvider, question: &Value) -> Heard {
    let arguments =
        question["arguments"].as_array().unwrap().iter().map(|argument| argument.as_str().unwrap());
    let mut command = Command::new(provider.claude_command());
    command.args(arguments).env_clear().env("ANTHROPIC_API_KEY", "k-claude-code");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(question["prompt"].as_str().unwrap().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Heard {
        // None when it was killed.
        status: output.status.code().map_or(999, |code| u16::try_from(code).unwrap()),
        head: String::from_utf8(output.stderr).unwrap(),
        body: String::from_utf8(output.stdout).unwrap(),
    }
}

impl Heard {
    /// The objects of the answer.
    pub(super) fn objects(&self) -> Vec<Value> {
        let lines = self.body.lines().map(|line| line.strip_prefix("data: ").unwrap_or(line));
        lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// The words of the answer.
    pub(super) fn text(&self, protocol: Protocol) -> String {
        let place = match protocol {
            Protocol::OpenAi | Protocol::OpenRouter => "/choices/0/delta/content",
            Protocol::Anthropic => "/delta/text",
            Protocol::Gemini => "/candidates/0/content/parts/0/text",
            Protocol::Ollama => "/message/content",
            Protocol::ClaudeCode => "/result",
        };
        let objects = self.objects();
        objects.iter().filter_map(|object| object.pointer(place)?.as_str()).collect()
    }

    /// Why it ended, in the protocol's words.
    pub(super) fn ending(&self, protocol: Protocol) -> Option<String> {
        let place = match protocol {
            Protocol::OpenAi | Protocol::OpenRouter => "/choices/0/finish_reason",
            Protocol::Anthropic => "/delta/stop_reason",
            Protocol::Gemini => "/candidates/0/finishReason",
            Protocol::Ollama => "/done_reason",
            Protocol::ClaudeCode => "/stop_reason",
        };
        self.objects().iter().rev().find_map(|object| Some(object.pointer(place)?.as_str()?.to_owned()))
    }
}
