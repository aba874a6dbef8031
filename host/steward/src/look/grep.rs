//! The lines that match a regular expression, found with ripgrep's libraries.

use std::io::{self, Read};

use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use grep_searcher::{BinaryDetection, Searcher, SearcherBuilder, Sink, SinkMatch};

use crate::{
    Files, Hit, Hits, Observation, Refusal, Unread,
    look::{Deadline, OutOfTime},
    plain::cut_marked,
};

/// How large a compiled expression may be, in bytes: the time of a search grows with it.
const COMPILED_BYTES: usize = 2 << 20;
/// How much is searched between two looks at the clock, in bytes.
const PIECE_BYTES: usize = 64 << 10;

/// What is searched for.
pub(crate) struct Search<'a> {
    pub(crate) pattern: &'a str,
    pub(crate) ignores_case: bool,
    /// 0 means as many as there may be.
    pub(crate) limit: u32,
}

pub(crate) fn grep(
    files: &Files,
    names: &[String],
    search: &Search<'_>,
    deadline: &Deadline,
) -> Result<Observation, Refusal> {
    let matcher = matcher(search)?;
    let caps = files.caps();
    let most = if search.limit == 0 { caps.hits } else { search.limit.min(caps.hits) } as usize;
    let mut found = Hits { files: Vec::new(), hits: Vec::new(), unread: Vec::new(), truncated: false };
    let mut room = caps.answer_bytes;
    for name in names {
        deadline.check()?;
        let loaded = match files.load(name) {
            Ok(loaded) => loaded,
            // A file that was asked for by its name is the answer; one of several is a remark.
            Err(refused) if names.len() == 1 => return Err(refused),
            Err(refused) => {
                found.unread.push(Unread { file: name.clone(), why: refused.to_string() });
                continue;
            }
        };
        let mut sink =
            Collector { hits: Vec::new(), left: most.saturating_sub(found.hits.len()), is_full: false };
        let mut searcher: Searcher = SearcherBuilder::new()
            .line_number(true)
            .binary_detection(BinaryDetection::none())
            .bom_sniffing(false)
            .build();
        let pieces = Pieces { rest: loaded.text.as_bytes(), deadline, late: None };
        search_in(&mut searcher, &matcher, pieces, &mut sink, name)?;
        found.files.push(loaded.file);
        for (line, text) in sink.hits {
            let text = cut_marked(&text, caps.line_bytes);
            let Some(left) = room.checked_sub(text.len() + name.len()) else {
                sink.is_full = true;
                break;
            };
            room = left;
            found.hits.push(Hit { file: name.clone(), line, text });
        }
        if sink.is_full {
            found.truncated = true;
            break;
        }
    }
    Ok(Observation::Hits(found))
}

fn matcher(search: &Search<'_>) -> Result<RegexMatcher, Refusal> {
    RegexMatcherBuilder::new()
        .case_insensitive(search.ignores_case)
        .line_terminator(Some(b'\n'))
        .size_limit(COMPILED_BYTES)
        .dfa_size_limit(4 * COMPILED_BYTES)
        .build(search.pattern)
        .map_err(|error| Refusal::BadPattern { why: complaint(&error.to_string()) })
}

/// The last line of a complaint says what is wrong; the lines before it draw where.
fn complaint(text: &str) -> String {
    let last = text.lines().last().unwrap_or(text).trim();
    crate::plain::plain(last.strip_prefix("error: ").unwrap_or(last))
}

fn search_in(
    searcher: &mut Searcher,
    matcher: &RegexMatcher,
    mut pieces: Pieces<'_>,
    sink: &mut Collector,
    name: &str,
) -> Result<(), Refusal> {
    match searcher.search_reader(matcher, &mut pieces, sink) {
        Ok(()) => Ok(()),
        Err(error) => Err(match pieces.late {
            Some(late) => late.into(),
            None => Refusal::Unreadable { file: name.to_owned(), why: error.to_string() },
        }),
    }
}

/// A text handed over in pieces, as long as there is time.
struct Pieces<'a> {
    rest: &'a [u8],
    deadline: &'a Deadline,
    late: Option<OutOfTime>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Err(late) = self.deadline.check() {
            self.late = Some(late);
            return Err(io::ErrorKind::TimedOut.into());
        }
        let most = buffer.len().min(PIECE_BYTES);
        let piece = buffer.get_mut(..most).unwrap_or_default();
        self.rest.read(piece)
    }
}

/// Lines that matched, with their numbers.
struct Collector {
    hits: Vec<(u32, String)>,
    left: usize,
    /// Whether there was one too many.
    is_full: bool,
}

impl Sink for Collector {
    type Error = io::Error;

    fn matched(&mut self, _: &Searcher, found: &SinkMatch<'_>) -> Result<bool, io::Error> {
        let Some(left) = self.left.checked_sub(1) else {
            self.is_full = true;
            return Ok(false);
        };
        self.left = left;
        let line = u32::try_from(found.line_number().unwrap_or_default()).unwrap_or(u32::MAX);
        let text = String::from_utf8_lossy(found.bytes());
        self.hits.push((line, text.trim_end_matches(['\n', '\r']).to_owned()));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_search_ends_when_its_time_does() {
        let matcher = matcher(&Search { pattern: "x", ignores_case: false, limit: 0 }).unwrap();
        for (time, is_done) in [(Duration::ZERO, false), (Duration::from_secs(600), true)] {
            let deadline = Deadline::after(time);
            let mut sink = Collector { hits: Vec::new(), left: 9, is_full: false };
            let pieces = Pieces { rest: b"x\n", deadline: &deadline, late: None };
            let outcome = search_in(&mut Searcher::new(), &matcher, pieces, &mut sink, "f");
            assert_eq!((outcome.is_ok(), sink.hits.len()), (is_done, usize::from(is_done)));
            assert!(is_done || matches!(outcome, Err(Refusal::TimedOut { seconds: 0 })));
        }
    }
}
