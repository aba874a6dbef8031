//! Text that arrives in pieces, set into lines as it comes.

use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use super::plain;

/// Wraps words at a width, with an indent, without knowing what comes next.
pub(crate) struct Flow<W> {
    out: W,
    width: usize,
    /// Columns used on this line; 0 at its start.
    column: usize,
    /// A word whose end has not arrived.
    word: String,
}

/// The indent of prose.
const INDENT: &str = "  ";

impl<W: Write> Flow<W> {
    pub(crate) fn new(out: W, width: usize) -> Self {
        Flow { out, width, column: 0, word: String::new() }
    }

    /// Take a piece; `each` is called after every whole word, to slow down if somebody reads along.
    pub(crate) fn push(&mut self, piece: &str, mut each: impl FnMut()) {
        for c in plain(piece).chars() {
            if c.is_whitespace() {
                if self.end_word() {
                    each();
                }
                if c == '\n' {
                    self.end_line();
                }
            } else {
                self.word.push(c);
            }
        }
        // Whoever watches a slow model wants to see what is there.
        let _ = self.out.flush();
    }

    /// End the text; what follows starts on a line of its own.
    pub(crate) fn finish(&mut self) {
        self.end_word();
        if self.column > 0 {
            self.end_line();
        }
        let _ = self.out.flush();
    }

    fn end_word(&mut self) -> bool {
        if self.word.is_empty() {
            return false;
        }
        let wide = self.word.width();
        if self.column > 0 && self.column + 1 + wide > self.width {
            self.end_line();
        }
        let before = if self.column == 0 { INDENT } else { " " };
        // A terminal that is gone is noticed elsewhere.
        let _ = write!(self.out, "{before}{}", self.word);
        self.column += before.len() + wide;
        self.word.clear();
        true
    }

    fn end_line(&mut self) {
        let _ = writeln!(self.out);
        self.column = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(pieces: &[&str]) -> (String, usize) {
        let (mut out, mut words) = (Vec::new(), 0);
        let mut flow = Flow::new(&mut out, 20);
        pieces.iter().for_each(|piece| flow.push(piece, || words += 1));
        flow.finish();
        (String::from_utf8(out).unwrap(), words)
    }

    #[test]
    fn words_are_wrapped_wherever_the_pieces_are_cut() {
        let text = "The river is four hundred metres wide.\n\nSo? \x1b[31mRed.";
        let whole = flow(&[text]);
        assert_eq!(whole.0, "  The river is four\n  hundred metres\n  wide.\n\n  So? �[31mRed.\n");
        let cut: Vec<String> = text.chars().map(String::from).collect();
        assert_eq!(flow(&cut.iter().map(String::as_str).collect::<Vec<_>>()).0, whole.0);
        assert_eq!(whole.1, 8, "the last word ends with the text");
    }
}
