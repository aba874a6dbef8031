//! One object of an answer: a chunk of a stream, or the whole thing from a server that ignores `stream`.
//!
//! Nothing here can fail; whether what remains is an answer is decided by the reader of the whole stream.

use amatelier_types::MicroUsd;
use serde_json::Value;

use crate::http::{
    CallPiece, Counts,
    json::{arguments_of, count, name, present, text_of, word},
    money::micro_usd,
    said_error,
};

/// What one object said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chunk {
    /// The answer's id.
    pub(crate) id: Option<String>,
    /// The model that answers.
    pub(crate) model: Option<String>,
    /// The next piece of text.
    pub(crate) text: String,
    /// The next piece of a refusal.
    pub(crate) refusal: String,
    /// The next piece of thinking, which is paid for and not shown.
    pub(crate) thinking: String,
    /// The next pieces of calls.
    pub(crate) calls: Vec<CallPiece>,
    /// Why the answer ends; only on its last piece, and never empty.
    pub(crate) finish_reason: Option<String>,
    /// What it took.
    pub(crate) counts: Counts,
    /// What it cost, where the service says so.
    pub(crate) cost: Option<MicroUsd>,
    /// A failure under HTTP 200.
    pub(crate) error: Option<Value>,
    /// It has a `choices` list, as every answer does.
    pub(crate) is_answer: bool,
}

/// A piece of a call.
fn call_piece(place: usize, value: &Value) -> Option<CallPiece> {
    let function = value.get("function")?;
    let index = value.get("index").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
    Some(CallPiece {
        index: index.unwrap_or(place),
        id: name(value, "id"),
        name: name(function, "name"),
        arguments: arguments_of(function.get("arguments")),
    })
}

impl Chunk {
    /// Read an object.
    pub(crate) fn read(value: &Value) -> Self {
        let choices = value.get("choices").and_then(Value::as_array);
        // We ask for one choice; a server that sends more numbers them.
        let choice = choices.and_then(|choices| {
            choices.iter().find(|choice| choice.get("index").and_then(Value::as_u64).unwrap_or(0) == 0)
        });
        let said = choice.and_then(|choice| present(choice, "delta").or_else(|| present(choice, "message")));
        let piece = |field: &str| said.and_then(|said| said.get(field)).map(text_of).unwrap_or_default();
        let thinking = piece("reasoning_content");
        Chunk {
            id: name(value, "id"),
            model: name(value, "model"),
            text: piece("content"),
            refusal: piece("refusal"),
            thinking: if thinking.is_empty() { piece("reasoning") } else { thinking },
            calls: said
                .and_then(|said| said.get("tool_calls")?.as_array())
                .map(|calls| calls.iter().enumerate().filter_map(|(at, call)| call_piece(at, call)).collect())
                .unwrap_or_default(),
            finish_reason: choice.and_then(|choice| word(choice, "finish_reason")).map(str::to_owned),
            counts: value.get("usage").map(counts).unwrap_or_default(),
            cost: value.get("usage").and_then(cost),
            error: said_error(value),
            is_answer: choices.is_some(),
        }
    }
}

/// The provider's counts.
fn counts(usage: &Value) -> Counts {
    let input = count(usage, "prompt_tokens");
    let output = count(usage, "completion_tokens");
    let total = count(usage, "total_tokens");
    // Some services leave thinking out of `completion_tokens` and count it in the total only.
    let rest = total.zip(input).map(|(total, input)| total.saturating_sub(input));
    let detail = |field| usage.get("prompt_tokens_details").and_then(|details| count(details, field));
    Counts {
        input,
        output: output.max(rest.filter(|_| output.is_some())),
        cached: detail("cached_tokens"),
        cache_write: detail("cache_write_tokens"),
    }
}

/// `cost` is what the service took; with a key of one's own for the model behind it, that one's price comes on top.
fn cost(usage: &Value) -> Option<MicroUsd> {
    let own = micro_usd(usage.get("cost")?)?;
    let upstream = match usage.get("is_byok") {
        Some(Value::Bool(true)) => {
            usage.get("cost_details").and_then(|details| details.get("upstream_inference_cost"))
        }
        _ => None,
    };
    Some(MicroUsd(own.0.saturating_add(upstream.and_then(micro_usd).map_or(0, |upstream| upstream.0))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn content_may_be_a_string_null_or_a_list() {
        for (content, expected) in [
            (json!("hi"), "hi"),
            (json!(null), ""),
            (json!([{"type": "text", "text": "a"}, {"type": "image"}, "b"]), "ab"),
            (json!(7), ""),
        ] {
            let chunk = Chunk::read(&json!({"choices": [{"delta": {"content": content}}]}));
            assert_eq!(chunk.text, expected);
        }
    }

    #[test]
    fn whole_answers_and_chunks_are_read_alike() {
        let whole = json!({
            "id": "a-1", "model": "m", "created": "yesterday",
            "choices": [
                {"index": 1, "message": {"content": "other"}},
                {"index": 0, "delta": null, "message": {"content": "text", "refusal": null}, "finish_reason": "stop"},
            ],
            "usage": {"prompt_tokens": 10, "completion_tokens": 4.0, "prompt_tokens_details": {"cached_tokens": 8}},
        });
        let chunk = Chunk::read(&whole);
        assert_eq!((chunk.id.as_deref(), chunk.text.as_str()), (Some("a-1"), "text"));
        assert_eq!(chunk.finish_reason.as_deref(), Some("stop"));
        assert_eq!(
            chunk.counts,
            Counts { input: Some(10), output: Some(4), cached: Some(8), cache_write: None }
        );
    }

    #[test]
    fn nothing_is_there_that_makes_no_sense() {
        for odd in [
            json!(null),
            json!([]),
            json!("x"),
            json!({"choices": null, "usage": null, "error": null}),
            json!({"choices": "x", "id": 7, "model": "", "error": {}}),
            json!({"id": "a\nb", "model": "m".repeat(201)}),
            json!({"usage": {"prompt_tokens": 0, "completion_tokens": "4"}, "error": false}),
            json!({"usage": {"prompt_tokens": -4, "completion_tokens": 1e300}, "error": ""}),
        ] {
            assert_eq!(Chunk::read(&odd), Chunk::default(), "{odd}");
        }
        assert_eq!(Chunk::read(&json!({"choices": [{"finish_reason": ""}]})).finish_reason, None);
    }

    #[test]
    fn thinking_that_is_only_in_the_total_is_counted() {
        let counts = |usage| Chunk::read(&json!({ "usage": usage })).counts.output;
        let hidden = json!({"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 64});
        assert_eq!(counts(hidden), Some(54));
        let plain = json!({"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 14});
        assert_eq!(counts(plain), Some(4));
        assert_eq!(counts(json!({"prompt_tokens": 10, "total_tokens": 10})), None);
    }

    #[test]
    fn an_error_of_any_shape_is_kept() {
        for error in [json!("broke"), json!({"code": 1}), json!(true), json!(500)] {
            assert_eq!(Chunk::read(&json!({ "error": error })).error, Some(error));
        }
    }

    #[test]
    fn what_an_answer_cost_includes_what_ones_own_key_paid() {
        let cost = |usage| Chunk::read(&json!({ "usage": usage })).cost;
        let upstream = json!({"upstream_inference_cost": 0.002});
        for (usage, expected) in [
            (json!({"cost": 0.001}), Some(1000)),
            (json!({"cost": 0.001, "cost_details": upstream}), Some(1000)),
            (json!({"cost": 0.001, "is_byok": true, "cost_details": upstream}), Some(3000)),
            (json!({"cost": 0.001, "is_byok": true, "cost_details": null}), Some(1000)),
            (json!({"cost": -1}), None),
            (json!({}), None),
        ] {
            assert_eq!(cost(usage.clone()), expected.map(MicroUsd), "{usage}");
        }
    }
}
