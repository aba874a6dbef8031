//! TOML that remembers its lines, so that everything that is wrong with a file can be said at once, each with its place.

use std::ops::Range;

use toml::{Spanned, de::DeTable};

/// The text of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TomlText<'a>(pub &'a str);

impl<'a> TomlText<'a> {
    /// Its table, or what is no TOML in it, by line.
    pub(crate) fn parse(self) -> Result<Spanned<DeTable<'a>>, Vec<(usize, String)>> {
        let (table, errors) = DeTable::parse_recoverable(self.0);
        if errors.is_empty() {
            return Ok(table);
        }
        let mut wrong: Vec<(usize, String)> = Vec::new();
        for error in errors {
            let line = error.span().map_or(1, |span| self.line(&span));
            // A line that is read wrong once is read wrong in a row of ways; the first says it best.
            if wrong.last().is_none_or(|(last, _)| *last != line) {
                wrong.push((line, error.message().replace('\n', ", ")));
            }
        }
        Err(wrong)
    }

    /// The line on which something begins, counted from 1.
    pub(crate) fn line(self, span: &Range<usize>) -> usize {
        self.0.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_that_is_no_toml_is_named_once() {
        let wrong = TomlText("a = 1\nb = \n\nc = 3\n= 4\n").parse().unwrap_err();
        let lines: Vec<_> = wrong.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 5], "{wrong:?}");
        assert!(TomlText("a = 1").parse().is_ok());
    }
}
