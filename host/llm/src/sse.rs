//! Server-sent events out of a stream of bytes.
//!
//! Bytes arrive cut anywhere: inside a line end, a field name, a UTF-8 character. The parser therefore keeps whole lines of *bytes*
//! and decodes them only when a line is complete. It takes CR, LF and CRLF, a byte order mark, comments, fields without a space after
//! the colon, events of several `data` lines, and an end of stream without the closing blank line (WHATWG HTML §9.2, plus the last).
//! It refuses one thing: an event larger than [`MAX_EVENT_BYTES`], because a server that never ends a line must not fill our memory.

/// The largest event, all its lines together. A chunk of an answer is some hundred bytes; a whole answer in one event stays far below.
pub(crate) const MAX_EVENT_BYTES: usize = 1 << 20;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One event that carried data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SseEvent {
    /// The `event` field; empty where there was none.
    pub(crate) name: String,
    /// The `data` lines, joined by line feeds.
    pub(crate) data: String,
}

/// An event outgrew [`MAX_EVENT_BYTES`]; the rest of the stream is worthless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event is longer than {MAX_EVENT_BYTES} bytes")]
pub(crate) struct EventTooLarge;

/// The state between two pieces of the stream.
#[derive(Debug, Default)]
pub(crate) struct SseParser {
    line: Vec<u8>,
    name: String,
    data: Option<String>,
    /// The last byte was a CR: an LF that follows belongs to the same line end.
    after_cr: bool,
    /// The first line is behind us, and with it the only place for a byte order mark.
    begun: bool,
}

impl SseParser {
    /// Take the next bytes and append the events they complete.
    ///
    /// # Errors
    /// [`EventTooLarge`]; events completed before it are in `events`.
    pub(crate) fn push(&mut self, mut bytes: &[u8], events: &mut Vec<SseEvent>) -> Result<(), EventTooLarge> {
        while let Some((&first, rest)) = bytes.split_first() {
            if std::mem::take(&mut self.after_cr) && first == b'\n' {
                bytes = rest;
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (piece, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            self.line.extend_from_slice(piece);
            if self.line.len() + self.data.as_ref().map_or(0, String::len) > MAX_EVENT_BYTES {
                return Err(EventTooLarge);
            }
            bytes = match rest.split_first() {
                Some((&line_end, after)) => {
                    self.after_cr = line_end == b'\r';
                    events.extend(self.end_line());
                    after
                }
                None => rest,
            };
        }
        Ok(())
    }

    /// The stream is over: the event that lacks its closing blank line, if there is one.
    pub(crate) fn finish(mut self) -> Option<SseEvent> {
        if self.line.is_empty() { self.dispatch() } else { self.end_line().or_else(|| self.dispatch()) }
    }

    fn end_line(&mut self) -> Option<SseEvent> {
        let mut bytes = std::mem::take(&mut self.line);
        if !std::mem::replace(&mut self.begun, true) && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        if bytes.is_empty() {
            return self.dispatch();
        }
        let line = String::from_utf8_lossy(&bytes);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.into()),
            },
            "event" => self.name = value.into(),
            // An empty field name is a comment; `id` and `retry` are about reconnecting, which a paid answer never does.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<SseEvent> {
        let name = std::mem::take(&mut self.name);
        self.data.take().map(|data| SseEvent { name, data })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Parsed = (Vec<(String, String)>, bool);

    /// What comes out when the bytes arrive in these pieces, and whether the bound was hit.
    fn parse<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Parsed {
        let (mut parser, mut events) = (SseParser::default(), Vec::new());
        let mut too_large = false;
        for piece in pieces {
            if parser.push(piece, &mut events).is_err() {
                too_large = true;
                break;
            }
        }
        if !too_large {
            events.extend(parser.finish());
        }
        (events.into_iter().map(|event| (event.name, event.data)).collect(), too_large)
    }

    fn datas(text: &[u8]) -> Vec<String> {
        parse([text]).0.into_iter().map(|(_, data)| data).collect()
    }

    #[test]
    fn every_way_of_writing_an_event_is_understood() {
        let table: &[(&[u8], &[&str])] = &[
            (b"data: a\n\n", &["a"]),
            (b"data:a\n\n", &["a"]),
            (b"data:  a\n\n", &[" a"]),
            (b"data: a\r\n\r\n", &["a"]),
            (b"data: a\r\rdata: b\r\r", &["a", "b"]),
            (b"data: a\ndata: b\n\n", &["a\nb"]),
            (b"data\n\n", &[""]),
            (b": PROCESSING\n\ndata: a\n\n", &["a"]),
            (b"\xEF\xBB\xBFdata: a\n\n", &["a"]),
            (b"\xEF\xBB\xBF\n\xEF\xBB\xBFdata: not a field\n\n", &[]),
            (b"id: 7\nretry: 10\nodd: x\ndata: a\n\n", &["a"]),
            (b"\n\n\n", &[]),
            (b"", &[]),
            (b"data: a\n\ndata: [DONE]", &["a", "[DONE]"]),
            (b"data: [DONE]\n", &["[DONE]"]),
            ("data: ¡años 木!\n\n".as_bytes(), &["¡años 木!"]),
            (b"data: \xFF\n\n", &["\u{FFFD}"]),
        ];
        for (text, expected) in table {
            assert_eq!(datas(text), *expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn an_event_keeps_its_name_and_the_next_one_does_not_inherit_it() {
        let (events, _) = parse([b"event: error\ndata: a\n\ndata: b\n\n".as_slice()]);
        assert_eq!(events, [("error".into(), "a".into()), (String::new(), "b".into())]);
    }

    #[test]
    fn a_line_or_an_event_without_end_is_refused() {
        let long = vec![b'x'; MAX_EVENT_BYTES + 1];
        assert!(parse([long.as_slice()]).1);
        let half = [b"data: ".as_slice(), &vec![b'x'; MAX_EVENT_BYTES / 2], b"\n"].concat();
        assert!(parse([half.as_slice(), &half, &half]).1);
        assert!(!parse([half.as_slice(), b"\n", &half, b"\n", &half]).1, "the bound is per event");
    }

    /// Streams that look like the real thing more often than random bytes do.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let fragment = prop_oneof![
            Just(b"data: ".to_vec()),
            Just(b"data:".to_vec()),
            Just(b"event: x".to_vec()),
            Just(b": note".to_vec()),
            Just(b"\n".to_vec()),
            Just(b"\r\n".to_vec()),
            Just(b"\r".to_vec()),
            Just(b"\xEF\xBB\xBF".to_vec()),
            Just("木é".as_bytes().to_vec()),
            proptest::collection::vec(any::<u8>(), 0..8),
        ];
        proptest::collection::vec(fragment, 0..40).prop_map(|fragments| fragments.concat())
    }

    proptest! {
        #[test]
        fn the_events_do_not_depend_on_where_the_bytes_are_split(
            bytes in stream(),
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..20),
        ) {
            let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            at.extend([0, bytes.len()]);
            at.sort_unstable();
            let pieces: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(parse(pieces), parse([bytes.as_slice()]));
            prop_assert_eq!(parse(bytes.chunks(1)), parse([bytes.as_slice()]));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            parse(bytes.chunks(7));
        }
    }
}
