//! The lines a guest writes for its author, within a quota.
//!
//! Its log, its stdout and its stderr share one quota. What is over is counted, not kept, and the guest is not told: a plugin that
//! talks too much loses lines, never its turn.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Limits, LogLevel, LogLine};

/// What a line costs besides its text, so that a flood of empty lines is a flood too.
const LINE_OVERHEAD_BYTES: usize = 32;

/// A line of stdout longer than this is broken; nobody reads it in one piece.
const LONGEST_LINE_BYTES: usize = 8 << 10;

/// Shared by the store's state and its output streams, which wasmtime owns.
#[derive(Clone, Debug)]
pub(crate) struct LogBook(Arc<Mutex<Pages>>);

#[derive(Debug)]
struct Pages {
    lines: Vec<LogLine>,
    left_bytes: usize,
    dropped_lines: u64,
    /// Begun lines of stdout and of stderr.
    begun: [(LogLevel, Vec<u8>); 2],
}

impl LogBook {
    pub(crate) fn new(limits: &Limits) -> Self {
        let begun = [(LogLevel::Info, Vec::new()), (LogLevel::Error, Vec::new())];
        LogBook(Arc::new(Mutex::new(Pages {
            lines: Vec::new(),
            left_bytes: limits.log_bytes,
            dropped_lines: 0,
            begun,
        })))
    }

    /// Take one line.
    pub(crate) fn line(&self, level: LogLevel, text: &str) {
        self.pages().line(level, text);
    }

    /// Take some bytes of an output stream, which need not end where a line does.
    pub(crate) fn bytes(&self, level: LogLevel, bytes: &[u8]) {
        self.pages().bytes(level, bytes);
    }

    /// Everything that was kept, and a last line about what was not.
    pub(crate) fn close(&self) -> Vec<LogLine> {
        let mut pages = self.pages();
        for (level, text) in pages.begun.each_mut().map(|(level, text)| (*level, std::mem::take(text))) {
            if !text.is_empty() {
                pages.line(level, &String::from_utf8_lossy(&text));
            }
        }
        let mut lines = std::mem::take(&mut pages.lines);
        if pages.dropped_lines > 0 {
            let text =
                format!("{} more lines were dropped: the log of this call was full", pages.dropped_lines);
            lines.push(LogLine { level: LogLevel::Warn, text });
        }
        lines
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        // A panic cannot leave the lines in a state worse than short.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    fn line(&mut self, level: LogLevel, text: &str) {
        let cost = text.len().saturating_add(LINE_OVERHEAD_BYTES);
        if cost <= self.left_bytes {
            self.left_bytes -= cost;
            self.lines.push(LogLine { level, text: text.to_owned() });
        } else {
            // Full from here on: keeping later, shorter lines would make the log lie about what came after what.
            self.left_bytes = 0;
            self.dropped_lines += 1;
        }
    }

    fn bytes(&mut self, level: LogLevel, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let Some((_, begun)) = self.begun.iter_mut().find(|(of, _)| *of == level) else { return };
            let room = LONGEST_LINE_BYTES.saturating_sub(begun.len());
            begun.extend_from_slice(part.get(..room).unwrap_or(part));
            if part.ends_with(b"\n") || begun.len() >= LONGEST_LINE_BYTES {
                let line = std::mem::take(begun);
                self.line(level, String::from_utf8_lossy(&line).trim_end());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(log_bytes: usize) -> LogBook {
        LogBook::new(&Limits { log_bytes, ..Limits::default() })
    }

    fn texts(book: &LogBook) -> Vec<String> {
        book.close().into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn streams_are_cut_into_lines_and_the_last_needs_no_newline() {
        let book = book(1 << 10);
        book.bytes(LogLevel::Info, b"one\ntw");
        book.bytes(LogLevel::Error, b"oh\n");
        book.bytes(LogLevel::Info, b"o\nthree");
        assert_eq!(texts(&book), ["one", "oh", "two", "three"]);
    }

    #[test]
    fn a_flood_is_dropped_and_counted() {
        let book = book(100);
        for _ in 0..50 {
            book.line(LogLevel::Info, "");
        }
        let lines = texts(&book);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[3], "47 more lines were dropped: the log of this call was full");
    }

    #[test]
    fn a_line_without_end_is_broken() {
        let book = book(1 << 20);
        book.bytes(LogLevel::Info, &vec![b'x'; LONGEST_LINE_BYTES - 1]);
        book.bytes(LogLevel::Info, b"yz");
        assert_eq!(texts(&book).len(), 1);
    }
}
