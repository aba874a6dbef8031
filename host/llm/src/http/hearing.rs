//! From the bytes of a successful answer to its text.
//!
//! The form of the body is decided by its first character, not by its `content-type`, which is wrong often enough: `<` is a web page,
//! `{` is an answer in one piece or the first of many lines, `[` a list around such an answer or around its pieces, as the protocol has
//! it, everything else is an event stream. No I/O: bytes go in, pieces of text come out.

use serde_json::Value;

use super::{Answer, Ended, Framing, Listener, Trouble};
use crate::{
    json_array::{ElementTooLong, JsonArrayParser},
    ndjson::{LineParser, LineTooLarge},
    sse::{EventTooLarge, SseEvent, SseParser},
};

/// Something the caller's ear is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// The answer's id.
    Id(String),
    /// A piece of text.
    Text(String),
}

#[derive(Debug)]
enum Form {
    /// Nothing but white space and a byte order mark so far, which mean nothing in front of any form.
    Unknown,
    Events(SseParser),
    Lines(LineParser),
    List {
        parser: JsonArrayParser,
        /// It had an element.
        said: bool,
    },
    Object(Vec<u8>),
}

/// The state between two pieces of a body.
#[derive(Debug)]
pub(crate) struct Hearing<L> {
    form: Form,
    listener: L,
    id_told: bool,
    /// What was understood so far.
    pub(crate) answer: Answer,
}

impl<L: Listener> Hearing<L> {
    /// Nothing heard yet. `id` is what the headers named the answer, where that is as good as its own name; its teller has told it.
    pub(crate) fn new(listener: L, id: Option<String>) -> Self {
        let id_told = id.is_some();
        Hearing { form: Form::Unknown, listener, id_told, answer: Answer::named(id) }
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
                self.form = match (said.first(), L::FRAMING) {
                    (None, _) => return Ok(None),
                    (Some(b'<'), _) => return Err(Trouble::WebPage),
                    (Some(b'['), Framing::EventsOrList) => {
                        Form::List { parser: JsonArrayParser::default(), said: false }
                    }
                    (Some(b'{'), Framing::Lines) => Form::Lines(LineParser::default()),
                    (Some(b'[' | b'{'), _) => Form::Object(Vec::new()),
                    (Some(_), _) => Form::Events(SseParser::default()),
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
            Form::Lines(parser) => {
                let mut lines = Vec::new();
                let parsed = parser.push(bytes, &mut lines);
                for line in &lines {
                    if let Some(ended) = self.take_text("", line, heard)? {
                        return Ok(Some(ended));
                    }
                }
                parsed.map(|()| None).map_err(|LineTooLarge| Trouble::EventTooLarge)
            }
            Form::List { parser, said } => {
                let mut elements = Vec::new();
                let parsed = parser.push(bytes, &mut elements);
                *said |= !elements.is_empty();
                for element in &elements {
                    if let Some(ended) = self.take_element(element, heard)? {
                        return Ok(Some(ended));
                    }
                }
                parsed.map(|()| None).map_err(|ElementTooLong| Trouble::EventTooLarge)
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
            Form::Lines(parser) => match parser.finish() {
                Some(line) => Ok(self.take_text("", &line, heard)?.unwrap_or(Ended::Early)),
                None => Ok(Ended::Early),
            },
            Form::List { parser, said } => match (parser.is_closed(), parser.finish()) {
                (true, _) if !said => Err(Trouble::Foreign),
                (_, Some(element)) => Ok(self.take_element(&element, heard)?.unwrap_or(Ended::Early)),
                (_, None) => Ok(Ended::Early),
            },
            Form::Object(body) => {
                let text = String::from_utf8_lossy(&body);
                let value: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))
                    .map_err(|_| Trouble::Foreign)?;
                let taken = self.listen(heard, |listener, answer| listener.whole(&value, answer));
                taken.map(|()| Ended::Marked)
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
        self.take_text(&event.name, data, heard)
    }

    /// An element of a list, which in an answer is an object.
    fn take_element(&mut self, element: &str, heard: &mut Vec<Heard>) -> Result<Option<Ended>, Trouble> {
        if element.starts_with('{') { self.take_text("", element, heard) } else { Err(Trouble::Foreign) }
    }

    fn take_text(
        &mut self,
        name: &str,
        text: &str,
        heard: &mut Vec<Heard>,
    ) -> Result<Option<Ended>, Trouble> {
        let value: Value = serde_json::from_str(text).map_err(|_| Trouble::Damaged)?;
        self.listen(heard, |listener, answer| listener.piece(name, &value, answer))
    }

    /// Let the listener add to the answer, and tell what it added even if it ends in trouble.
    fn listen<T>(
        &mut self,
        heard: &mut Vec<Heard>,
        add: impl FnOnce(&mut L, &mut Answer) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let before = self.answer.text.len();
        let added = add(&mut self.listener, &mut self.answer);
        if let Some(id) = self.answer.id.clone().filter(|_| !self.id_told) {
            self.id_told = true;
            heard.push(Heard::Id(id));
        }
        if let Some(piece) = self.answer.text.get(before..).filter(|piece| !piece.is_empty()) {
            heard.push(Heard::Text(piece.to_owned()));
        }
        added
    }
}
