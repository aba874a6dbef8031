//! One object of an answer: a piece of a stream, or the whole thing.
//!
//! Nothing here can fail: a field that is missing or of a type nobody expected is simply not there.

use serde_json::Value;

use super::signature;
use crate::http::{
    CallPiece, Counts,
    json::{arguments_of, count, name, word},
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
    /// The next piece of thinking, which is paid for and not shown.
    pub(crate) thinking: String,
    /// Further calls; each comes whole, and is numbered from 0 in each object.
    pub(crate) calls: Vec<CallPiece>,
    /// Why the answer ends; none while it goes on.
    pub(crate) finish_reason: Option<String>,
    /// Why the prompt got no answer at all.
    pub(crate) blocked: Option<String>,
    /// What it took so far.
    pub(crate) counts: Counts,
    /// It looks like an answer.
    pub(crate) is_answer: bool,
}

impl Chunk {
    /// Read an object.
    pub(crate) fn read(value: &Value) -> Self {
        let candidates = value.get("candidates").and_then(Value::as_array);
        // We ask for one; a service that sends more numbers them.
        let candidate = candidates.and_then(|list| {
            list.iter().find(|candidate| candidate.get("index").and_then(Value::as_u64).unwrap_or(0) == 0)
        });
        let feedback = value.get("promptFeedback");
        let mut chunk = Chunk {
            id: name(value, "responseId"),
            model: name(value, "modelVersion"),
            finish_reason: candidate
                .and_then(|candidate| word(candidate, "finishReason"))
                .filter(|reason| *reason != "FINISH_REASON_UNSPECIFIED")
                .map(str::to_owned),
            blocked: feedback.and_then(|feedback| word(feedback, "blockReason")).map(str::to_owned),
            counts: value.get("usageMetadata").map(counts).unwrap_or_default(),
            is_answer: candidates.is_some() || feedback.is_some() || value.get("usageMetadata").is_some(),
            ..Chunk::default()
        };
        let content = candidate.and_then(|candidate| candidate.get("content"));
        let parts = content.and_then(|content| content.get("parts")?.as_array()).into_iter().flatten();
        parts.for_each(|part| chunk.take(part));
        chunk
    }

    fn take(&mut self, part: &Value) {
        let place = self.calls.len();
        self.calls.extend(part.get("functionCall").and_then(|call| read_call(place, call, part)));
        let Some(text) = part.get("text").and_then(Value::as_str) else { return };
        match part.get("thought").and_then(Value::as_bool) {
            Some(true) => self.thinking.push_str(text),
            _ => self.text.push_str(text),
        }
    }
}

/// The call. Its signature, where it has one, is hidden in its id: see [`signature`].
fn read_call(place: usize, call: &Value, part: &Value) -> Option<CallPiece> {
    let arguments = arguments_of(call.get("args"));
    let signed = word(part, "thoughtSignature").unwrap_or_default();
    Some(CallPiece {
        index: place,
        id: Some(signature::put(&name(call, "id").unwrap_or_default(), signed)),
        name: Some(name(call, "name")?),
        arguments: if arguments.is_empty() { "{}".to_owned() } else { arguments },
    })
}

/// Running totals; the service leaves out what is 0.
fn counts(usage: &Value) -> Counts {
    let sum = |parts: [&str; 2]| {
        parts.into_iter().filter_map(|field| count(usage, field)).reduce(u64::saturating_add)
    };
    let input = sum(["promptTokenCount", "toolUsePromptTokenCount"]);
    let output = sum(["candidatesTokenCount", "thoughtsTokenCount"]);
    // Before the first word only the total counts the thinking.
    let rest = count(usage, "totalTokenCount").zip(input).map(|(total, input)| total.saturating_sub(input));
    let output = output.max(rest.filter(|rest| *rest > 0));
    Counts { input, output, cached: count(usage, "cachedContentTokenCount"), cache_write: None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(parts: Value) -> Chunk {
        Chunk::read(&json!({"candidates": [{"content": {"role": "model", "parts": parts}}]}))
    }

    #[test]
    fn text_thinking_and_calls_are_told_apart() {
        let chunk = said(json!([
            {"text": "Let me see. ", "thought": true},
            {"text": "Hel"},
            {"functionCall": {"name": "grep", "args": {"pattern": "x"}}, "thoughtSignature": "c2ln"},
            {"text": "lo", "thought": false},
            {"functionCall": {"id": "f-1", "name": "glob"}},
            {"functionCall": {"args": {}}},
            {"inlineData": {}}, 7, null,
        ]));
        assert_eq!((chunk.text.as_str(), chunk.thinking.as_str()), ("Hello", "Let me see. "));
        let call = |index, id: &str, name: &str, arguments: &str| CallPiece {
            index,
            id: Some(id.into()),
            name: Some(name.into()),
            arguments: arguments.into(),
        };
        let expected = [call(0, "~c2ln", "grep", r#"{"pattern":"x"}"#), call(1, "f-1", "glob", "{}")];
        assert_eq!(chunk.calls, expected);
    }

    #[test]
    fn counts_hold_thinking_tools_and_cache() {
        for (usage, expected) in [
            (
                json!({"promptTokenCount": 20, "candidatesTokenCount": 5, "thoughtsTokenCount": 7,
                       "cachedContentTokenCount": 12, "toolUsePromptTokenCount": 3, "totalTokenCount": 35}),
                Counts { input: Some(23), output: Some(12), cached: Some(12), cache_write: None },
            ),
            (
                json!({"promptTokenCount": 20, "totalTokenCount": 27}),
                Counts { input: Some(20), output: Some(7), ..Counts::default() },
            ),
            (
                json!({"promptTokenCount": 20, "totalTokenCount": 20}),
                Counts { input: Some(20), ..Counts::default() },
            ),
            (json!({"promptTokenCount": "20", "candidatesTokenCount": -1}), Counts::default()),
        ] {
            assert_eq!(Chunk::read(&json!({"usageMetadata": usage})).counts, expected, "{usage}");
        }
    }

    #[test]
    fn endings_and_blocks_are_read() {
        let end = Chunk::read(
            &json!({"candidates": [{"index": 1, "finishReason": "SAFETY"}, {"finishReason": "STOP"}],
            "modelVersion": "m-1", "responseId": "r-1"}),
        );
        assert_eq!(
            (end.finish_reason.as_deref(), end.model.as_deref(), end.id.as_deref()),
            (Some("STOP"), Some("m-1"), Some("r-1"))
        );
        let going_on = Chunk::read(&json!({"candidates": [{"finishReason": "FINISH_REASON_UNSPECIFIED"}]}));
        assert_eq!(going_on.finish_reason, None);
        let blocked = Chunk::read(&json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}));
        assert_eq!(blocked.blocked.as_deref(), Some("PROHIBITED_CONTENT"));
    }

    #[test]
    fn nothing_is_there_that_makes_no_sense() {
        for odd in
            [json!(null), json!([]), json!("x"), json!({"candidates": null}), json!({"responseId": "a\nb"})]
        {
            assert_eq!(Chunk::read(&odd), Chunk::default(), "{odd}");
        }
        let hollow = Chunk::read(&json!({"candidates": [{"content": {"parts": "x"}}, 3]}));
        assert_eq!(hollow, Chunk { is_answer: true, ..Chunk::default() });
    }
}
