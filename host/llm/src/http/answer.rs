//! An answer as it grows, and what it turned out to be; the same for every protocol.

use amatelier_types::{MicroUsd, Usage};

use super::{Counts, Ended, Ending, estimate_prompt};
use crate::{Finish, Reply, Request, ToolCall, estimate_tokens};

/// Calls of one answer that are listened to; a server that numbers more makes no sense.
const MOST_CALLS: usize = 64;

/// Everything heard so far.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// What was said. A listener only ever adds to it.
    pub(crate) text: String,
    /// Thinking, which is paid for and not shown; kept to estimate what it took.
    pub(crate) thinking: String,
    /// The provider's id, or the best substitute the headers gave.
    pub(crate) id: Option<String>,
    /// The model that answers.
    pub(crate) model: Option<String>,
    /// Why it ended, if the server said so.
    pub(crate) ending: Option<Ending>,
    /// What it took, as the provider counts.
    pub(crate) counts: Counts,
    /// What the provider says that it charged.
    pub(crate) billed: Option<MicroUsd>,
    calls: Vec<ToolCall>,
}

/// A piece of a call of a tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CallPiece {
    /// Which call of the answer.
    pub(crate) index: usize,
    /// What its result is matched by.
    pub(crate) id: Option<String>,
    /// The tool, whole: servers that repeat it repeat all of it.
    pub(crate) name: Option<String>,
    /// The next piece of its arguments.
    pub(crate) arguments: String,
}

impl Answer {
    /// Nothing but a name, if the headers gave one.
    pub(crate) fn named(id: Option<String>) -> Self {
        Answer { id, ..Answer::default() }
    }

    /// Its id. The first one counts.
    pub(crate) fn name(&mut self, id: Option<String>) {
        self.id = self.id.take().or(id);
    }

    /// Add a piece of a call.
    pub(crate) fn add_call(&mut self, piece: CallPiece) {
        if piece.index >= MOST_CALLS {
            return;
        }
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

    /// The calls so far, those without a name among them. Their number is the place of the next one where a protocol does not number.
    pub(crate) fn calls(&self) -> &[ToolCall] {
        &self.calls
    }

    /// How it ended. `ended` says whether the server marked the end itself. None when there is no answer at all: neither a text
    /// nor a reason for its absence.
    pub(crate) fn finish(&self, ended: Ended) -> Option<Finish> {
        match (self.ending, ended) {
            (Some(Ending::Refused), _) => Some(Finish::Refused),
            (Some(Ending::Length), _) => Some(Finish::Length),
            (Some(Ending::Done), _) => Some(Finish::Done),
            (Some(Ending::Interrupted), _) | (None, Ended::Early) => {
                self.says_something().then_some(Finish::Broken)
            }
            (None, Ended::Marked) => self.says_something().then_some(Finish::Done),
        }
    }

    /// Something was said: words, or a call.
    fn says_something(&self) -> bool {
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
        let cached = self.counts.cached.unwrap_or(0).min(input);
        let usage = Usage {
            calls: 1,
            input_tokens: input,
            output_tokens: output,
            cached_tokens: cached,
            cache_write_tokens: self.counts.cache_write.unwrap_or(0).min(input - cached),
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
            billed: self.billed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::request;

    #[test]
    fn endings_are_told_apart() {
        use Ended::{Early, Marked};
        for (text, ending, ended, expected) in [
            ("a", Some(Ending::Done), Marked, Some(Finish::Done)),
            ("a", Some(Ending::Done), Early, Some(Finish::Done)),
            ("", Some(Ending::Done), Early, Some(Finish::Done)),
            ("a", Some(Ending::Length), Early, Some(Finish::Length)),
            ("", Some(Ending::Length), Marked, Some(Finish::Length)),
            ("a", Some(Ending::Refused), Marked, Some(Finish::Refused)),
            ("a", Some(Ending::Interrupted), Marked, Some(Finish::Broken)),
            ("", Some(Ending::Interrupted), Marked, None),
            ("a", None, Marked, Some(Finish::Done)),
            ("a", None, Early, Some(Finish::Broken)),
            ("", None, Marked, None),
            ("", None, Early, None),
        ] {
            let answer = Answer { text: text.into(), ending, ..Answer::default() };
            assert_eq!(answer.finish(ended), expected, "{text:?} {ending:?} {ended:?}");
        }
    }

    #[test]
    fn calls_come_in_pieces() {
        let mut answer = Answer::default();
        let piece = |index, id: &str, name: &str, arguments: &str| CallPiece {
            index,
            id: Some(id.to_owned()).filter(|id| !id.is_empty()),
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            arguments: arguments.into(),
        };
        for piece in [
            piece(0, "a", "grep", ""),
            piece(0, "", "grep", "{\"pattern\":"),
            piece(2, "", "glob", "{}"),
            piece(0, "", "", "\"x\"}"),
            piece(9_999, "", "grep", "{}"),
        ] {
            answer.add_call(piece);
        }
        assert_eq!(answer.finish(Ended::Marked), Some(Finish::Done));
        let calls = answer.into_reply(Finish::Done, &request("Why?")).calls;
        let call = |id: &str, name: &str, arguments: &str| ToolCall {
            id: id.into(),
            name: name.into(),
            arguments: arguments.into(),
        };
        assert_eq!(calls, [call("a", "grep", r#"{"pattern":"x"}"#), call("call-2", "glob", "{}")]);
    }

    #[test]
    fn what_was_not_counted_is_estimated_and_parts_never_outgrow_the_whole() {
        let said = || Answer { text: "four".into(), thinking: "thinking hard".into(), ..Answer::default() };
        let usage = said().into_reply(Finish::Done, &request("Why?")).usage;
        assert_eq!(usage, Usage { calls: 1, input_tokens: 2, output_tokens: 2 + 5, ..Usage::default() });

        let counts = Counts { input: Some(9), cached: Some(7), cache_write: Some(99), output: Some(3) };
        let usage = Answer { counts, ..said() }.into_reply(Finish::Done, &request("Why?")).usage;
        let expected = Usage {
            calls: 1,
            input_tokens: 9,
            output_tokens: 3,
            cached_tokens: 7,
            cache_write_tokens: 2,
            ..Usage::default()
        };
        assert_eq!(usage, expected);
    }
}
