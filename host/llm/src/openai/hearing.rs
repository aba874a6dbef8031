//! From the bytes of a successful answer to its text.
//!
//! The form of the body is decided by its first character, not by its `content-type`, which is wrong often enough: `{` is a server
//! that ignored `stream`, `<` is a web page, everything else is an event stream. No I/O: bytes go in, pieces of text come out.

use serde_json::Value;

use super::{
    answer::{Answer, Ended},
    chunk::Chunk,
};
use crate::sse::{EventTooLarge, SseEvent, SseParser};

/// Something the caller's ear is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// The answer's id.
    Id(String),
    /// A piece of text.
    Text(String),
}

/// Why the body is no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// It is HTML.
    WebPage,
    /// It says that something failed.
    Error(Value),
    /// A piece of it cannot be read; what came before stands.
    Damaged,
    /// It is JSON, but no answer.
    Foreign,
    /// One of its events never ends.
    EventTooLarge,
}

#[derive(Debug)]
enum Form {
    /// Nothing but white space and a byte order mark so far, which mean nothing in front of any form.
    Unknown,
    Events(SseParser),
    Object(Vec<u8>),
}

/// The state between two pieces of a body.
#[derive(Debug)]
pub(crate) struct Hearing {
    form: Form,
    id_known: bool,
    /// What was understood so far.
    pub(crate) answer: Answer,
}

impl Hearing {
    /// Nothing heard yet. `id` is what the headers named the answer, where that is as good as its own name.
    pub(crate) fn new(id: Option<String>) -> Self {
        let id_known = id.is_some();
        let answer = Answer::named(id);
        Hearing { form: Form::Unknown, id_known, answer }
    }

    /// Take the next bytes. Returns [`Ended::Marked`] when the answer says it is over.
    ///
    /// # Errors
    /// [`Trouble`]; what was heard before it is in `heard`.
    pub(crate) fn hear(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) -> Result<Option<Ended>, Trouble> {
        match &mut self.form {
            Form::Unknown => {
                let blank = |byte: &u8| matches!(byte, 0xEF | 0xBB | 0xBF) || byte.is_ascii_whitespace();
                let start = bytes.iter().position(|byte| !blank(byte)).unwrap_or(bytes.len());
                let (_, said) = bytes.split_at(start);
                self.form = match said.first() {
                    None => return Ok(None),
                    Some(b'<') => return Err(Trouble::WebPage),
                    Some(b'{' | b'[') => Form::Object(Vec::new()),
                    Some(_) => Form::Events(SseParser::default()),
                };
                self.hear(said, heard)
            }
            Form::Object(body) => {
                body.extend_from_slice(bytes);
                Ok(None)
            }
            Form::Events(parser) => {
                let mut events = Vec::new();
                let parsed = parser.push(bytes, &mut events);
                for event in &events {
                    if let Some(ended) = self.take_event(event, heard)? {
                        return Ok(Some(ended));
                    }
                }
                parsed.map(|()| None).map_err(|EventTooLarge| Trouble::EventTooLarge)
            }
        }
    }

    /// The body is over.
    ///
    /// # Errors
    /// [`Trouble`], as in [`Hearing::hear`].
    pub(crate) fn end(&mut self, heard: &mut Vec<Heard>) -> Result<Ended, Trouble> {
        match std::mem::replace(&mut self.form, Form::Unknown) {
            Form::Unknown => Ok(Ended::Early),
            Form::Events(parser) => match parser.finish() {
                Some(event) => Ok(self.take_event(&event, heard)?.unwrap_or(Ended::Early)),
                None => Ok(Ended::Early),
            },
            Form::Object(body) => {
                let text = String::from_utf8_lossy(&body);
                let value: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))
                    .map_err(|_| Trouble::Foreign)?;
                let chunk = Chunk::read(value.as_array().and_then(|list| list.first()).unwrap_or(&value));
                if chunk.error.is_none() && !chunk.is_answer {
                    return Err(Trouble::Foreign);
                }
                self.take_chunk(chunk, heard)?;
                Ok(Ended::Marked)
            }
        }
    }

    fn take_event(&mut self, event: &SseEvent, heard: &mut Vec<Heard>) -> Result<Option<Ended>, Trouble> {
        let data = event.data.trim();
        if data.starts_with("[DONE]") {
            return Ok(Some(Ended::Marked));
        }
        // Keep-alive words and event kinds of the future are no JSON objects.
        if !data.starts_with('{') {
            return match event.name.as_str() {
                "error" => Err(Trouble::Error(Value::String(data.into()))),
                _ => Ok(None),
            };
        }
        let value: Value = serde_json::from_str(data).map_err(|_| Trouble::Damaged)?;
        let chunk = Chunk::read(&value);
        if event.name == "error" && chunk.error.is_none() {
            return Err(Trouble::Error(value));
        }
        self.take_chunk(chunk, heard)?;
        Ok(None)
    }

    fn take_chunk(&mut self, mut chunk: Chunk, heard: &mut Vec<Heard>) -> Result<(), Trouble> {
        if let Some(id) = chunk.id.take().filter(|_| !self.id_known) {
            self.id_known = true;
            self.answer.id = Some(id.clone());
            heard.push(Heard::Id(id));
        }
        let error = chunk.error.take();
        let piece = self.answer.add(chunk);
        if !piece.is_empty() {
            heard.push(Heard::Text(piece));
        }
        match error {
            Some(error) => Err(Trouble::Error(error)),
            None if self.answer.finish_reason.as_deref() == Some("error") => {
                Err(Trouble::Error(Value::String("the server ended it with an error".into())))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Outcome = (Vec<Heard>, Result<Ended, Trouble>);

    fn hear<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
        let (mut hearing, mut heard) = (Hearing::new(None), Vec::new());
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
