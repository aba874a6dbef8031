//! The elements of one JSON array, each as soon as it is complete.
//!
//! Some servers stream an answer as one array that is closed only at the end. Waiting for the end would lose what a broken stream had
//! said, so elements are cut out as they come, by counting brackets outside strings; what an element says is not looked at. Bytes arrive
//! cut anywhere. The parser is tolerant about what stands between elements: commas and white space, a missing one of either. It
//! refuses an element longer than [`MAX_ELEMENT_BYTES`], because a server that never ends one must not fill our memory.

/// The longest element.
pub(crate) const MAX_ELEMENT_BYTES: usize = 1 << 20;

/// An element outgrew [`MAX_ELEMENT_BYTES`]; the rest of the stream is worthless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an element is longer than {MAX_ELEMENT_BYTES} bytes")]
pub(crate) struct ElementTooLong;

/// The state between two pieces of the array.
#[derive(Debug, Default)]
pub(crate) struct JsonArrayParser {
    element: Vec<u8>,
    /// Brackets open inside the element.
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// The bracket that opens the array is behind us.
    begun: bool,
    /// The bracket that closes it, too.
    ended: bool,
}

impl JsonArrayParser {
    /// Take the next bytes and append the elements they complete.
    ///
    /// # Errors
    /// [`ElementTooLong`]; elements completed before it are in `elements`.
    pub(crate) fn push(&mut self, bytes: &[u8], elements: &mut Vec<String>) -> Result<(), ElementTooLong> {
        for byte in bytes {
            self.take(*byte, elements);
            if self.element.len() > MAX_ELEMENT_BYTES {
                return Err(ElementTooLong);
            }
        }
        Ok(())
    }

    /// Whether the array is closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.ended
    }

    /// The stream is over: the element that is not complete, if there is one.
    pub(crate) fn finish(mut self) -> Option<String> {
        self.end_element()
    }

    fn take(&mut self, byte: u8, elements: &mut Vec<String>) {
        if self.ended {
            return;
        }
        if self.in_string {
            self.element.push(byte);
            match byte {
                _ if std::mem::take(&mut self.escaped) => {}
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'[' if !self.begun => self.begun = true,
            b']' if self.depth == 0 => {
                elements.extend(self.end_element());
                self.ended = true;
            }
            b',' if self.depth == 0 => elements.extend(self.end_element()),
            b'{' | b'[' => {
                self.element.push(byte);
                self.depth = self.depth.saturating_add(1);
            }
            b'}' | b']' => {
                self.element.push(byte);
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    elements.extend(self.end_element());
                }
            }
            _ => {
                self.in_string = byte == b'"';
                self.element.push(byte);
            }
        }
    }

    fn end_element(&mut self) -> Option<String> {
        let bytes = std::mem::take(&mut self.element);
        let text = bytes.trim_ascii();
        (!text.is_empty()).then(|| String::from_utf8_lossy(text).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn parse<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<String>, bool) {
        let (mut parser, mut elements) = (JsonArrayParser::default(), Vec::new());
        for piece in pieces {
            if parser.push(piece, &mut elements).is_err() {
                return (elements, true);
            }
        }
        elements.extend(parser.finish());
        (elements, false)
    }

    #[test]
    fn elements_come_out_whole_whatever_stands_between_them() {
        let table: &[(&str, &[&str])] = &[
            ("[]", &[]),
            ("", &[]),
            ("[{}]", &["{}"]),
            ("[{\"a\":[1,2]},\n{\"b\":{}}\r\n]\n", &["{\"a\":[1,2]}", "{\"b\":{}}"]),
            ("[{\"a\":\"}],[{\\\"\"} , {}]", &["{\"a\":\"}],[{\\\"\"}", "{}"]),
            ("[{} {}]", &["{}", "{}"]),
            ("[1, \"a,b\", null]", &["1", "\"a,b\"", "null"]),
            ("[[1],[2]]", &["[1]", "[2]"]),
            ("[{}] trailing [{}]", &["{}"]),
            ("[{\"a\":1},{\"b\":", &["{\"a\":1}", "{\"b\":"]),
        ];
        for (text, expected) in table {
            assert_eq!(
                parse([text.as_bytes()]).0,
                expected.iter().map(|element| (*element).to_owned()).collect::<Vec<_>>(),
                "{text}"
            );
        }
    }

    #[test]
    fn an_element_is_there_before_the_array_ends() {
        let (mut parser, mut elements) = (JsonArrayParser::default(), Vec::new());
        parser.push(b"[{\"a\":1}", &mut elements).unwrap();
        assert_eq!(elements, ["{\"a\":1}"]);
    }

    #[test]
    fn an_element_without_end_is_refused() {
        let long = [b"[{},\"".as_slice(), &vec![b'x'; MAX_ELEMENT_BYTES + 1]].concat();
        assert_eq!(parse([long.as_slice()]), (vec!["{}".to_owned()], true));
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            "[\\PC\"\\\\{}\\[\\],]{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map("[a-z\"{]{0,3}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_array_is_taken_apart_into_its_elements(
            array in proptest::collection::vec(json(), 0..6),
            pretty in any::<bool>(),
            size in 1_usize..9,
        ) {
            let value = Value::Array(array.clone());
            let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
            let (elements, _) = parse(text.as_bytes().chunks(size));
            let read: Vec<Value> = elements.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
            prop_assert_eq!(read, array);
        }

        #[test]
        fn no_bytes_make_it_panic_and_splits_do_not_matter(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            prop_assert_eq!(parse(bytes.chunks(3)), parse([bytes.as_slice()]));
        }
    }
}
