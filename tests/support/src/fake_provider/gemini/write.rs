//! Content: whole, or in chunks.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::super::{answer::Answer, asked::Asked};

/// What a call is signed with; whoever goes on with it has to send it back.
pub(super) const SIGNATURE: &str = "c2lnbmVkIGJ5IHRoZSBmYWtl";

/// The whole answer as one object.
pub(super) fn whole(asked: &Asked, id: &str, answer: &Answer) -> Value {
    let parts = thoughts(answer).into_iter().chain(last_parts(answer, &answer.text)).collect();
    chunk(asked, id, answer, parts, Some(finish(answer)))
}

/// The answer as the data of events. Counts are totals up to there, and the reason for the end is in the last.
pub(super) fn chunks(asked: &Asked, id: &str, answer: &Answer) -> Vec<Value> {
    let mut texts = answer.pieces();
    let last = texts.pop().unwrap_or_default();
    let mut chunks: Vec<Value> =
        thoughts(answer).into_iter().map(|thought| chunk(asked, id, answer, vec![thought], None)).collect();
    chunks.extend(texts.iter().map(|text| chunk(asked, id, answer, vec![json!({"text": text})], None)));
    chunks.push(chunk(asked, id, answer, last_parts(answer, &last), Some(finish(answer))));
    chunks
}

/// An event, with the line ends that this server has.
pub(super) fn event(data: &Value) -> Bytes {
    format!("data: {data}\r\n\r\n").into()
}

fn thoughts(answer: &Answer) -> Option<Value> {
    answer.thought.as_ref().map(|thought| json!({"text": thought, "thought": true}))
}

/// A call comes as an object and in one piece. One whose arguments are no object never leaves the server.
fn last_parts(answer: &Answer, text: &str) -> Vec<Value> {
    match &answer.call {
        Some(call) => {
            let part = |arguments| {
                let function = json!({"id": call.id, "name": call.name, "args": arguments});
                json!({"functionCall": function, "thoughtSignature": SIGNATURE})
            };
            call.object().map(part).into_iter().collect()
        }
        None => vec![json!({"text": text})],
    }
}

fn finish(answer: &Answer) -> &'static str {
    let malformed = answer.call.as_ref().is_some_and(|call| call.object().is_none());
    if malformed { "MALFORMED_FUNCTION_CALL" } else { answer.ending("STOP", "MAX_TOKENS", "STOP") }
}

fn chunk(asked: &Asked, id: &str, answer: &Answer, parts: Vec<Value>, finish: Option<&str>) -> Value {
    let mut candidate = json!({"content": {"parts": parts, "role": "model"}, "index": 0});
    let taken = answer.usage;
    let thought = answer.thought_tokens(asked);
    let mut counts = json!({
        "promptTokenCount": taken.input_tokens,
        "cachedContentTokenCount": taken.cached_tokens,
        "totalTokenCount": taken.input_tokens,
    });
    if let Some(finish) = finish {
        candidate["finishReason"] = json!(finish);
        counts["candidatesTokenCount"] = json!(taken.output_tokens - thought);
        counts["totalTokenCount"] = json!(taken.input_tokens + taken.output_tokens);
    }
    if thought > 0 {
        counts["thoughtsTokenCount"] = json!(thought);
    }
    json!({
        "candidates": [candidate],
        "usageMetadata": counts,
        "modelVersion": asked.model(),
        "responseId": id,
    })
}
