//! What the chunks of an answer add up to.

use serde_json::Value;

use super::{Flavour, chunk::Chunk};
use crate::http::{Answer, Ended, Ending, Framing, Listener, Trouble};

/// The reader of chunks; each says everything it has to say by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChunkListener {
    flavour: Flavour,
}

impl ChunkListener {
    /// The reader of what these servers send.
    pub(crate) fn new(flavour: Flavour) -> Self {
        ChunkListener { flavour }
    }

    fn add(self, chunk: Chunk, answer: &mut Answer) -> Result<(), Trouble> {
        // A field of this name at a server of unknown kind may hold anything.
        if self.flavour == Flavour::OpenRouter {
            answer.billed = chunk.cost.or(answer.billed);
        }
        add(chunk, answer)
    }
}

impl Listener for ChunkListener {
    const FRAMING: Framing = Framing::Events;

    fn piece(&mut self, name: &str, value: &Value, answer: &mut Answer) -> Result<Option<Ended>, Trouble> {
        let chunk = Chunk::read(value);
        if name == "error" && chunk.error.is_none() {
            return Err(Trouble::Error(value.clone()));
        }
        self.add(chunk, answer).map(|()| None)
    }

    fn whole(&mut self, value: &Value, answer: &mut Answer) -> Result<(), Trouble> {
        let chunk = Chunk::read(value.as_array().and_then(|list| list.first()).unwrap_or(value));
        if chunk.error.is_none() && !chunk.is_answer {
            return Err(Trouble::Foreign);
        }
        self.add(chunk, answer)
    }
}

fn add(chunk: Chunk, answer: &mut Answer) -> Result<(), Trouble> {
    answer.name(chunk.id);
    answer.model = answer.model.take().or(chunk.model);
    answer.text.push_str(&chunk.text);
    answer.thinking.push_str(&chunk.thinking);
    chunk.calls.into_iter().for_each(|piece| answer.add_call(piece));
    answer.counts.update(chunk.counts);
    let ending = chunk.finish_reason.as_deref().map(ending_of);
    // A refusal is text too: it is what the model said. Whatever reason is given later, it remains one.
    if !chunk.refusal.is_empty() {
        answer.text.push_str(&chunk.refusal);
        answer.ending = Some(Ending::Refused);
    } else if answer.ending != Some(Ending::Refused) {
        answer.ending = ending.or(answer.ending);
    }
    match chunk.error {
        Some(error) => Err(Trouble::Error(error)),
        None if chunk.finish_reason.as_deref() == Some("error") => {
            Err(Trouble::Error(Value::String("the server ended it with an error".into())))
        }
        None => Ok(()),
    }
}

/// What a server's word for the end means; a word nobody knows is an end like any other.
fn ending_of(reason: &str) -> Ending {
    match reason {
        "length" | "max_tokens" | "model_length" => Ending::Length,
        "content_filter" | "refusal" | "safety" => Ending::Refused,
        // The words of servers that were interrupted themselves.
        "abort" | "insufficient_system_resource" => Ending::Interrupted,
        _ => Ending::Done,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        Finish,
        http::{Heard, Hearing},
        testing::request,
    };

    type Outcome = (Vec<Heard>, Result<Ended, Trouble>);

    fn hear<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
        let (mut hearing, mut heard) = (Hearing::new(ChunkListener::new(Flavour::Plain), None), Vec::new());
        for piece in pieces {
            match hearing.hear(piece, &mut heard) {
                Ok(None) => {}
                Ok(Some(ended)) => return (heard, Ok(ended)),
                Err(trouble) => return (heard, Err(trouble)),
            }
        }
        let end = hearing.end(&mut heard);
        (heard, end)
    }

    fn text(outcome: &Outcome) -> String {
        outcome
            .0
            .iter()
            .filter_map(|heard| if let Heard::Text(text) = heard { Some(text.as_str()) } else { None })
            .collect()
    }

    fn answer(chunks: &[Value]) -> Answer {
        let mut answer = Answer::default();
        for chunk in chunks {
            ChunkListener::new(Flavour::Plain).piece("", chunk, &mut answer).unwrap();
        }
        answer
    }

    fn choice(delta: Value, finish: Option<&str>) -> Value {
        json!({"choices": [{"delta": delta, "finish_reason": finish}]})
    }

    #[test]
    fn reasons_for_the_end_are_told_apart() {
        use Ended::{Early, Marked};
        for (text, reason, ended, expected) in [
            ("a", Some("stop"), Early, Some(Finish::Done)),
            ("", Some("stop"), Early, Some(Finish::Done)),
            ("a", Some("eos_token"), Early, Some(Finish::Done)),
            ("a", Some("length"), Early, Some(Finish::Length)),
            ("a", Some("content_filter"), Marked, Some(Finish::Refused)),
            ("a", Some("abort"), Marked, Some(Finish::Broken)),
            ("", Some("abort"), Marked, None),
            ("a", Some(""), Marked, Some(Finish::Done)),
            ("a", None, Early, Some(Finish::Broken)),
            ("", None, Marked, None),
        ] {
            let got = answer(&[choice(json!({"content": text}), reason)]).finish(ended);
            assert_eq!(got, expected, "{text:?} {reason:?} {ended:?}");
        }
    }

    #[test]
    fn calls_come_in_pieces_and_a_repeated_name_is_one_name() {
        let piece = |index: u64, fields: Value| {
            let mut call = json!({"index": index});
            call.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            choice(json!({"tool_calls": [call]}), None)
        };
        let chunks = [
            piece(0, json!({"id": "a", "function": {"name": "grep", "arguments": ""}})),
            piece(0, json!({"function": {"name": "grep", "arguments": "{\"pattern\":"}})),
            piece(1, json!({"function": {"name": "glob", "arguments": {"pattern": "*"}}})),
            piece(0, json!({"function": {"name": "grep", "arguments": "\"x\"}"}})),
            // Nonsense is passed over.
            piece(9_999, json!({"function": {"name": "grep", "arguments": "{}"}})),
            choice(json!({"tool_calls": [{"index": 0}, 7, null]}), Some("tool_calls")),
        ];
        let reply = answer(&chunks).into_reply(Finish::Done, &request("Why?"));
        let calls: Vec<_> =
            reply.calls.iter().map(|call| (&*call.id, &*call.name, &*call.arguments)).collect();
        assert_eq!(calls, [("a", "grep", r#"{"pattern":"x"}"#), ("call-1", "glob", r#"{"pattern":"*"}"#)]);
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
    fn the_first_character_decides_the_form() {
        let object = r#" {"id":"a","choices":[{"message":{"content":"hi"}}]}"#;
        let outcome = hear([object.as_bytes()]);
        assert_eq!((text(&outcome).as_str(), outcome.1), ("hi", Ok(Ended::Marked)));

        assert_eq!(hear([b"\n<!DOCTYPE html>".as_slice()]).1, Err(Trouble::WebPage));
        assert_eq!(hear([b"".as_slice()]).1, Ok(Ended::Early));
        assert_eq!(hear([b"{\"object\":\"list\"}".as_slice()]).1, Err(Trouble::Foreign));
        assert_eq!(hear([b"{\"choices\":[".as_slice()]).1, Err(Trouble::Foreign));
        assert!(matches!(hear([b"[{\"error\":{\"code\":500}}]".as_slice()]).1, Err(Trouble::Error(_))));
    }

    #[test]
    fn strange_events_are_passed_over_and_errors_are_not() {
        let start = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
        for (rest, expected) in [
            ("event: ping\ndata: {\"n\":1}\n\ndata: [DONE]\n\n", Ok(Ended::Marked)),
            ("data: still here\n\ndata: [DONE] bye\n\n", Ok(Ended::Marked)),
            ("data: [DONE]", Ok(Ended::Marked)),
            ("", Ok(Ended::Early)),
            ("data: {\"choices\":[{\"del", Err(Trouble::Damaged)),
            ("event: error\ndata: no\n\n", Err(Trouble::Error("no".into()))),
            ("event: error\ndata: {\"code\":1}\n\n", Err(Trouble::Error(serde_json::json!({"code": 1})))),
            ("data: {\"error\":{\"code\":1}}\n\n", Err(Trouble::Error(serde_json::json!({"code": 1})))),
            (
                "data: {\"choices\":[{\"finish_reason\":\"error\"}]}\n\n",
                Err(Trouble::Error("the server ended it with an error".into())),
            ),
        ] {
            let outcome = hear([start.as_bytes(), rest.as_bytes()]);
            assert_eq!((text(&outcome).as_str(), outcome.1), ("a", expected), "{rest}");
        }
        let endless = "x".repeat(2 << 20);
        assert_eq!(hear([start.as_bytes(), endless.as_bytes()]).1, Err(Trouble::EventTooLarge));
    }

    #[test]
    fn the_id_is_told_once() {
        let chunk = b"data: {\"id\":\"a-1\",\"choices\":[]}\n\n".as_slice();
        assert_eq!(hear([chunk, chunk]).0, [Heard::Id("a-1".into())]);
    }

    proptest! {
        #[test]
        fn the_answer_does_not_depend_on_where_the_bytes_are_split(
            object in any::<bool>(),
            said in "\\PC{0,40}",
            size in 1_usize..9,
        ) {
            let chunk = serde_json::json!({"choices": [{"delta": {"content": said}, "finish_reason": "stop"}]});
            let body = if object { chunk.to_string() } else { format!("\u{FEFF}: hello\r\ndata:{chunk}\r\n\r\n") };
            let whole = hear([body.as_bytes()]);
            prop_assert_eq!(&text(&whole), &said);
            prop_assert_eq!(hear(body.as_bytes().chunks(size)), whole);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            let _ = hear(bytes.chunks(5)).1;
        }
    }
}
