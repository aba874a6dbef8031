//! What a line of the command's output says.
//!
//! Lines are JSON objects. Kinds and fields that are not known are passed over; so are lines that are no JSON, and control sequences
//! around those that are.

use amatelier_types::{MicroUsd, Usage};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use crate::price::dollars_to_micro;

/// What matters of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// It has begun; the session's id.
    Began(Option<String>),
    /// The model that answers.
    Model(String),
    /// A piece of the answer.
    Piece(String),
    /// Why the model stopped.
    Stopped(String),
    /// The whole answer, again or at once; whether the command wrote it itself.
    Whole { text: String, is_synthetic: bool },
    /// The subscription's limit is used up.
    Limited,
    /// The end.
    Result(Box<Outcome>),
}

/// How it ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcome {
    pub(super) is_error: bool,
    /// `success`, `error_max_turns`, …
    pub(super) subtype: String,
    pub(super) text: String,
    pub(super) status: Option<u16>,
    pub(super) usage: Option<Usage>,
    pub(super) billed: Option<MicroUsd>,
    pub(super) session: Option<String>,
    pub(super) stop_reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tokens {
    input_tokens: u64,
    output_tokens: u64,
    cache_creation_input_tokens: u64,
    cache_read_input_tokens: u64,
}

#[derive(Deserialize)]
struct Cost<'a> {
    #[serde(borrow, default)]
    total_cost_usd: Option<&'a RawValue>,
}

impl Line {
    /// What this line says, in order; nothing for most.
    pub(super) fn read(line: &str) -> Vec<Line> {
        let json = line.find('{').and_then(|start| line.get(start..=line.rfind('}')?)).unwrap_or_default();
        let Ok(value) = serde_json::from_str::<Value>(json) else { return Vec::new() };
        // What a helper of the model says is not the answer.
        if !at(&value, "/parent_tool_use_id").is_null() {
            return Vec::new();
        }
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match at(&value, "/type").as_str().unwrap_or_default() {
            "system" if at(&value, "/subtype") == "init" => {
                vec![Line::Began(text(at(&value, "/session_id")))]
            }
            "stream_event" => event(at(&value, "/event")),
            "assistant" => whole(at(&value, "/message")),
            "rate_limit_event" if at(&value, "/rate_limit_info/status") == "rejected" => vec![Line::Limited],
            "result" => vec![Line::Result(Box::new(Outcome {
                is_error: at(&value, "/is_error").as_bool().unwrap_or_default(),
                subtype: text(at(&value, "/subtype")).unwrap_or_default(),
                text: text(at(&value, "/result"))
                    .or_else(|| errors(at(&value, "/errors")))
                    .unwrap_or_default(),
                status: at(&value, "/api_error_status")
                    .as_u64()
                    .and_then(|status| u16::try_from(status).ok()),
                usage: usage(at(&value, "/usage")),
                billed: cost(json),
                session: text(at(&value, "/session_id")),
                stop_reason: text(at(&value, "/stop_reason")),
            }))],
            _ => Vec::new(),
        }
    }
}

/// What stands there; null where nothing does.
fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

fn event(event: &Value) -> Vec<Line> {
    let said = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let found = match at(event, "/type").as_str().unwrap_or_default() {
        "message_start" => said(at(event, "/message/model")).map(Line::Model),
        "content_block_delta" if at(event, "/delta/type") == "text_delta" => {
            said(at(event, "/delta/text")).map(Line::Piece)
        }
        "message_delta" => said(at(event, "/delta/stop_reason")).map(Line::Stopped),
        _ => None,
    };
    found.into_iter().collect()
}

fn whole(message: &Value) -> Vec<Line> {
    let blocks = at(message, "/content").as_array().into_iter().flatten();
    let text: String = blocks
        .filter(|block| at(block, "/type") == "text")
        .filter_map(|block| at(block, "/text").as_str())
        .collect();
    let model = at(message, "/model").as_str().unwrap_or_default();
    let is_synthetic = model == "<synthetic>";
    let model = Some(model)
        .filter(|model| !model.is_empty() && !is_synthetic)
        .map(|model| Line::Model(model.to_owned()));
    let stopped = at(message, "/stop_reason").as_str().map(|reason| Line::Stopped(reason.to_owned()));
    let whole = (!text.is_empty()).then_some(Line::Whole { text, is_synthetic });
    model.into_iter().chain(whole).chain(stopped.filter(|_| !is_synthetic)).collect()
}

fn errors(errors: &Value) -> Option<String> {
    let lines: Vec<&str> = errors.as_array()?.iter().filter_map(Value::as_str).collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// Its count leaves cached tokens out of those of the prompt; ours does not.
fn usage(value: &Value) -> Option<Usage> {
    let tokens = Tokens::deserialize(value.as_object().map(|_| value)?).ok()?;
    let (cached, written) = (tokens.cache_read_input_tokens, tokens.cache_creation_input_tokens);
    Some(Usage {
        calls: 1,
        input_tokens: tokens.input_tokens.saturating_add(cached).saturating_add(written),
        output_tokens: tokens.output_tokens,
        cached_tokens: cached,
        cache_write_tokens: written,
        ..Usage::default()
    })
}

/// Read from its digits: a float on the way could lose some.
fn cost(json: &str) -> Option<MicroUsd> {
    let cost: Cost<'_> = serde_json::from_str(json).ok()?;
    dollars_to_micro(cost.total_cost_usd?.get()).map(MicroUsd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_strange_ones_passed_over() {
        let piece = |text: &str| vec![Line::Piece(text.into())];
        for (line, expected) in [
            (
                r#"{"type":"system","subtype":"init","session_id":"s-1","tools":[]}"#,
                vec![Line::Began(Some("s-1".into()))],
            ),
            (r#"{"type":"system","subtype":"hook_started"}"#, vec![]),
            (
                r#"{"type":"stream_event","event":{"type":"message_start","message":{"model":"m-1"}},"parent_tool_use_id":null}"#,
                vec![Line::Model("m-1".into())],
            ),
            (
                r#"{"type":"stream_event","event":{"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}}}"#,
                piece("Hi"),
            ),
            (
                r#"{"type":"stream_event","event":{"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"x"}}}"#,
                vec![],
            ),
            (
                r#"{"type":"stream_event","parent_tool_use_id":"t","event":{"type":"content_block_delta","delta":{"type":"text_delta","text":"x"}}}"#,
                vec![],
            ),
            (
                r#"{"type":"stream_event","event":{"type":"message_delta","delta":{"stop_reason":"end_turn"}}}"#,
                vec![Line::Stopped("end_turn".into())],
            ),
            (
                r#"{"type":"assistant","message":{"model":"m-1","content":[{"type":"thinking"},{"type":"text","text":"a"},{"type":"text","text":"b"}]}}"#,
                vec![Line::Model("m-1".into()), Line::Whole { text: "ab".into(), is_synthetic: false }],
            ),
            (
                r#"{"type":"assistant","message":{"model":"<synthetic>","stop_reason":"stop_sequence","content":[{"type":"text","text":"Limit reached"}]}}"#,
                vec![Line::Whole { text: "Limit reached".into(), is_synthetic: true }],
            ),
            (r#"{"type":"rate_limit_event","rate_limit_info":{"status":"rejected"}}"#, vec![Line::Limited]),
            (r#"{"type":"rate_limit_event","rate_limit_info":{"status":"allowed"}}"#, vec![]),
            (
                "\u{1b}[?1004l{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\"}}\u{1b}[0m",
                vec![Line::Limited],
            ),
            (r#"{"type":"tomorrow"}"#, vec![]),
            ("[1]", vec![]),
            ("not json", vec![]),
            ("}{", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(Line::read(line), expected, "{line}");
        }
    }

    #[test]
    fn the_result_is_read_with_its_cost_to_the_millionth() {
        let line = r#"{"type":"result","subtype":"success","is_error":false,"result":"Hi","session_id":"s","stop_reason":"end_turn",
            "total_cost_usd":0.0123456,"usage":{"input_tokens":3,"cache_creation_input_tokens":10,"cache_read_input_tokens":100,
            "output_tokens":7,"server_tool_use":{"web_search_requests":0}}}"#;
        let usage = Usage {
            calls: 1,
            input_tokens: 113,
            output_tokens: 7,
            cached_tokens: 100,
            cache_write_tokens: 10,
            ..Usage::default()
        };
        let expected = Outcome {
            subtype: "success".into(),
            text: "Hi".into(),
            usage: Some(usage),
            billed: Some(MicroUsd(12_346)),
            session: Some("s".into()),
            stop_reason: Some("end_turn".into()),
            ..Outcome::default()
        };
        assert_eq!(Line::read(line), [Line::Result(Box::new(expected))]);
        let failed = r#"{"type":"result","subtype":"error_during_execution","is_error":true,"errors":["a","b"],"api_error_status":529,
            "usage":null,"total_cost_usd":null}"#;
        let expected = Outcome {
            is_error: true,
            subtype: "error_during_execution".into(),
            text: "a; b".into(),
            status: Some(529),
            ..Outcome::default()
        };
        assert_eq!(Line::read(failed), [Line::Result(Box::new(expected))]);
    }
}
