//! JSON objects, one a line, out of a stream of bytes.
//!
//! Bytes arrive cut anywhere, so lines are kept as bytes and decoded when they are complete. CR, LF and CRLF end a line; empty lines and
//! a byte order mark mean nothing; the last line may lack its end. A line larger than [`MAX_LINE_BYTES`] is refused, because a server
//! that never ends a line must not fill our memory.

/// The largest line: what the largest event of a stream of events is.
pub(crate) const MAX_LINE_BYTES: usize = crate::sse::MAX_EVENT_BYTES;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A line outgrew [`MAX_LINE_BYTES`]; the rest of the stream is worthless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a line is longer than {MAX_LINE_BYTES} bytes")]
pub(crate) struct LineTooLarge;

/// The state between two pieces of the stream.
#[derive(Debug, Default)]
pub(crate) struct LineParser {
    line: Vec<u8>,
}

impl LineParser {
    /// Take the next bytes and append the lines they complete, without their ends and without empty ones.
    ///
    /// # Errors
    /// [`LineTooLarge`]; lines completed before it are in `lines`.
    pub(crate) fn push(&mut self, mut bytes: &[u8], lines: &mut Vec<String>) -> Result<(), LineTooLarge> {
        loop {
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (piece, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            self.line.extend_from_slice(piece);
            if self.line.len() > MAX_LINE_BYTES {
                return Err(LineTooLarge);
            }
            let Some((_, after)) = rest.split_first() else { return Ok(()) };
            lines.extend(self.end_line());
            bytes = after;
        }
    }

    /// The stream is over: the line that lacks its end, if there is one.
    pub(crate) fn finish(mut self) -> Option<String> {
        self.end_line()
    }

    fn end_line(&mut self) -> Option<String> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&bytes);
        let line = text.trim_start_matches(BYTE_ORDER_MARK).trim();
        (!line.is_empty()).then(|| line.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<String>, bool) {
        let (mut parser, mut lines) = (LineParser::default(), Vec::new());
        for piece in pieces {
            if parser.push(piece, &mut lines).is_err() {
                return (lines, true);
            }
        }
        lines.extend(parser.finish());
        (lines, false)
    }

    #[test]
    fn every_way_of_ending_a_line_is_understood() {
        let table: &[(&[u8], &[&str])] = &[
            (b"{}\n{\"a\":1}\n", &["{}", "{\"a\":1}"]),
            (b"{}\r\n{}\r\n", &["{}", "{}"]),
            (b"{}\r{}\r", &["{}", "{}"]),
            (b"\n\n \t\n{}", &["{}"]),
            (b"\xEF\xBB\xBF{}\n", &["{}"]),
            ("{\"a\":\"木é\"}".as_bytes(), &["{\"a\":\"木é\"}"]),
            (b"\xFF\n", &["\u{FFFD}"]),
            (b"", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(parse([*text]).0, *expected, "{}", String::from_utf8_lossy(text));
            assert_eq!(parse(text.chunks(1)).0, *expected, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let long = vec![b'x'; MAX_LINE_BYTES + 1];
        assert_eq!(parse([b"{}\n".as_slice(), &long]), (vec!["{}".to_owned()], true));
        let line = [vec![b'x'; MAX_LINE_BYTES], b"\n".to_vec()].concat();
        assert!(!parse([line.as_slice(), &line]).1, "the bound is per line");
    }

    proptest! {
        #[test]
        fn the_lines_do_not_depend_on_where_the_bytes_are_split(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b'{'), any::<u8>()], 0..60),
            size in 1_usize..9,
        ) {
            prop_assert_eq!(parse(bytes.chunks(size)), parse([bytes.as_slice()]));
        }
    }
}
