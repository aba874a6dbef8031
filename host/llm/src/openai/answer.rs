//! An answer as it grows, and what it turned out to be.

use amatelier_types::Usage;

use super::{
    body::estimate_prompt,
    chunk::{CallPiece, Chunk, Counts},
};
use crate::{Finish, Reply, Request, ToolCall, estimate_tokens};

/// Everything heard so far.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) text: String,
    calls: Vec<ToolCall>,
    /// The provider's id, or the best substitute the headers gave.
    pub(crate) id: Option<String>,
    /// Why the answer ended, in the server's word.
    pub(crate) finish_reason: Option<String>,
    model: Option<String>,
    refused: bool,
    thinking: String,
    counts: Counts,
}

impl Answer {
    /// Nothing but a name, if the headers gave one.
    pub(crate) fn named(id: Option<String>) -> Self {
        Answer { id, ..Answer::default() }
    }

    /// Add a chunk; returns the text it brought. A refusal is text too: it is what the model said.
    pub(crate) fn add(&mut self, chunk: Chunk) -> String {
        let mut piece = chunk.text;
        if !chunk.refusal.is_empty() {
            self.refused = true;
            piece.push_str(&chunk.refusal);
        }
        self.text.push_str(&piece);
        chunk.calls.into_iter().for_each(|piece| self.add_call(piece));
        self.thinking.push_str(&chunk.thinking);
        self.model = self.model.take().or(chunk.model);
        self.finish_reason = chunk.finish_reason.or(self.finish_reason.take());
        self.counts.update(chunk.counts);
        piece
    }

    fn add_call(&mut self, piece: CallPiece) {
        while self.calls.len() <= piece.index {
            self.calls.push(ToolCall::default());
        }
        let Some(call) = self.calls.get_mut(piece.index) else { return };
        if let Some(id) = piece.id {
            call.id = id;
        }
        if let Some(name) = piece.name {
            call.name = name;
        }
        call.arguments.push_str(&piece.arguments);
    }

    /// How it ended. `ended` says whether the server marked the end itself. None when there is no answer at all: neither a text
    /// nor a reason for its absence.
    pub(crate) fn finish(&self, ended: Ended) -> Option<Finish> {
        if self.refused {
            return Some(Finish::Refused);
        }
        match (self.finish_reason.as_deref(), ended) {
            (Some("length" | "max_tokens" | "model_length"), _) => Some(Finish::Length),
            (Some("content_filter" | "refusal" | "safety"), _) => Some(Finish::Refused),
            // The words of servers that were interrupted themselves.
            (Some("abort" | "insufficient_system_resource"), _) => self.has_text().then_some(Finish::Broken),
            (Some(_), _) => Some(Finish::Done),
            (None, Ended::Marked) => self.has_text().then_some(Finish::Done),
            (None, Ended::Early) => self.has_text().then_some(Finish::Broken),
        }
    }

    /// Something was said: words, or a call.
    fn has_text(&self) -> bool {
        !self.text.is_empty() || !self.calls.is_empty()
    }

    /// The reply. What the server did not count is estimated, thinking included.
    pub(crate) fn into_reply(self, finish: Finish, request: &Request) -> Reply {
        let input = self.counts.input.unwrap_or_else(|| estimate_prompt(request));
        let output = self.counts.output.unwrap_or_else(|| {
            let calls = self.calls.iter().map(|call| call.arguments.as_str());
            let texts = calls.chain([self.text.as_str(), self.thinking.as_str()]);
            texts.map(|text| u64::from(estimate_tokens(text))).sum()
        });
        let usage = Usage {
            calls: 1,
            input_tokens: input,
            output_tokens: output,
            cached_tokens: self.counts.cached.unwrap_or(0).min(input),
            ..Usage::default()
        };
        // A call that lost its id is matched by its place.
        let calls = self.calls.into_iter().enumerate().filter(|(_, call)| !call.name.is_empty());
        let calls = calls.map(|(place, call)| match call.id.is_empty() {
            true => ToolCall { id: format!("call-{place}"), ..call },
            false => call,
        });
        Reply {
            text: self.text,
            calls: calls.collect(),
            model: self.model.unwrap_or_else(|| request.model.clone()),
            finish,
            usage,
            response_id: self.id,
            billed: None,
        }
    }
}

/// How the bytes of an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With `[DONE]`, or with the end of a whole object.
    Marked,
    /// With anything else: end of stream, a lost connection, a timer.
    Early,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::request, *};

    fn answer(chunks: &[serde_json::Value]) -> Answer {
        let mut answer = Answer::default();
        for chunk in chunks {
            answer.add(Chunk::read(chunk));
        }
        answer
    }

    fn choice(delta: serde_json::Value, finish: Option<&str>) -> serde_json::Value {
        json!({"choices": [{"delta": delta, "finish_reason": finish}]})
    }

    #[test]
    fn endings_are_told_apart() {
        use Ended::{Early, Marked};
        for (text, reason, ended, expected) in [
            ("a", Some("stop"), Marked, Some(Finish::Done)),
            ("a", Some("stop"), Early, Some(Finish::Done)),
            ("", Some("stop"), Early, Some(Finish::Done)),
            ("a", Some("eos_token"), Early, Some(Finish::Done)),
            ("a", Some("length"), Early, Some(Finish::Length)),
            ("", Some("length"), Marked, Some(Finish::Length)),
            ("a", Some("content_filter"), Marked, Some(Finish::Refused)),
            ("a", Some("abort"), Marked, Some(Finish::Broken)),
            ("", Some("abort"), Marked, None),
            ("a", Some(""), Marked, Some(Finish::Done)),
            ("a", None, Marked, Some(Finish::Done)),
            ("a", None, Early, Some(Finish::Broken)),
            ("", None, Marked, None),
            ("", None, Early, None),
        ] {
            let got = answer(&[choice(json!({"content": text}), reason)]).finish(ended);
            assert_eq!(got, expected, "{text:?} {reason:?} {ended:?}");
        }
    }

    #[test]
    fn calls_come_in_pieces() {
        let piece = |index: u64, fields: serde_json::Value| {
            let mut call = json!({"index": index});
            call.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            choice(json!({"tool_calls": [call]}), None)
        };
        let mut chunks = vec![
            piece(0, json!({"id": "a", "function": {"name": "grep", "arguments": ""}})),
            piece(0, json!({"function": {"arguments": "{\"pattern\":"}})),
            piece(1, json!({"function": {"name": "glob", "arguments": {"pattern": "*"}}})),
            piece(0, json!({"function": {"arguments": "\"x\"}"}})),
            // Nonsense is passed over.
            piece(9_999, json!({"function": {"name": "grep", "arguments": "{}"}})),
            choice(json!({"tool_calls": [{"index": 0}, 7, null]}), None),
        ];
        chunks.push(choice(json!({}), Some("tool_calls")));
        let answer = answer(&chunks);
        assert_eq!(answer.finish(Ended::Marked), Some(Finish::Done));
        let calls = answer.into_reply(Finish::Done, &request("Why?")).calls;
        let call = |id: &str, name: &str, arguments: &str| ToolCall {
            id: id.into(),
            name: name.into(),
            arguments: arguments.into(),
        };
        assert_eq!(
            calls,
            [call("a", "grep", r#"{"pattern":"x"}"#), call("call-1", "glob", r#"{"pattern":"*"}"#)]
        );
    }

    #[test]
    fn a_refusal_is_text_and_a_refusal() {
        let refusal = json!({"refusal": "I will not."});
        let answer = answer(&[choice(refusal, None), choice(json!({}), Some("stop"))]);
        assert_eq!(
            (answer.text.as_str(), answer.finish(Ended::Marked)),
            ("I will not.", Some(Finish::Refused))
        );
    }

    #[test]
    fn what_was_not_counted_is_estimated() {
        let said = choice(json!({"content": "four", "reasoning_content": "thinking hard"}), Some("stop"));
        let usage = answer(std::slice::from_ref(&said)).into_reply(Finish::Done, &request("Why?")).usage;
        assert_eq!(usage, Usage { calls: 1, input_tokens: 2, output_tokens: 2 + 5, ..Usage::default() });

        let counted = json!({"usage": {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 99}}});
        let usage = answer(&[said, counted]).into_reply(Finish::Done, &request("Why?")).usage;
        assert_eq!(
            usage,
            Usage { calls: 1, input_tokens: 9, output_tokens: 7, cached_tokens: 9, ..Usage::default() }
        );
    }
}
