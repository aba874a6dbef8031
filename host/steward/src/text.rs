//! The content of a file as text and as lines.

/// The content as text, if it is UTF-8 without NUL; a byte order mark is no part of it.
pub(crate) fn as_text(content: Vec<u8>) -> Option<String> {
    let mut text = String::from_utf8(content).ok()?;
    if text.contains('\0') {
        return None;
    }
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Some(text)
}

/// How many lines a text has; a line feed at the end ends the last one.
pub(crate) fn line_count(text: &str) -> u32 {
    u32::try_from(text.lines().count()).unwrap_or(u32::MAX)
}

/// Lines of a text, from a first to a last, counted from 1.
pub(crate) fn lines(text: &str, first: u32, last: u32) -> impl Iterator<Item = &str> {
    let skip = first.saturating_sub(1) as usize;
    text.lines().skip(skip).take((last as usize).saturating_sub(skip))
}

/// Where the lines of a text begin, to find the line of a byte.
#[derive(Debug)]
pub(crate) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place + 1);
        LineIndex(std::iter::once(0).chain(feeds).collect())
    }

    /// The line of a byte, counted from 1.
    pub(crate) fn line(&self, byte: usize) -> u32 {
        u32::try_from(self.0.partition_point(|start| *start <= byte)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utf_8_without_nul_is_text() {
        for (content, expected) in [
            (&b"a"[..], Some("a")),
            (b"", Some("")),
            (b"\xef\xbb\xbfa", Some("a")),
            (b"\xff\xfea\0", None),
            (b"a\0b", None),
            (b"a\xe9", None),
        ] {
            assert_eq!(as_text(content.to_vec()).as_deref(), expected);
        }
    }

    #[test]
    fn lines_count_from_one() {
        let text = "a\r\nb\n\nd\n";
        assert_eq!(line_count(text), 4);
        assert_eq!(lines(text, 2, 4).collect::<Vec<_>>(), ["b", "", "d"]);
        assert_eq!(lines(text, 4, 9).collect::<Vec<_>>(), ["d"]);
        assert_eq!(lines(text, 5, 9).count(), 0);
        let index = LineIndex::new(text);
        assert_eq!([0, 2, 3, 5, 6].map(|byte| index.line(byte)), [1, 1, 2, 3, 4]);
    }
}
