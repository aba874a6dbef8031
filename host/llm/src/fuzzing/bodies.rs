//! What fuzz targets do with some bytes. The same runs on recorded bodies, and on pieces of them, in `tests/fuzzed.rs`.
//!
//! Two things must hold for any bytes: nothing panics, and what is understood does not depend on how the bytes arrive.

use jiff::civil::Date;

use super::{Spoken, hear};
use crate::{Prices, claude_code, ndjson::LineParser, sse::SseParser};

/// Sizes of the pieces that bytes are cut into.
const PIECES: [usize; 3] = [1, 3, 64];

/// Server-sent events.
pub fn sse(bytes: &[u8]) {
    same_however_it_arrives(bytes, |pieces| {
        let (mut parser, mut events) = (SseParser::default(), Vec::new());
        for piece in pieces {
            if parser.push(piece, &mut events).is_err() {
                // What was complete before it depends on where the bytes were cut.
                return None;
            }
        }
        events.extend(parser.finish());
        Some(events)
    });
}

/// Lines of JSON.
pub fn ndjson(bytes: &[u8]) {
    same_however_it_arrives(bytes, |pieces| {
        let (mut parser, mut lines) = (LineParser::default(), Vec::new());
        for piece in pieces {
            if parser.push(piece, &mut lines).is_err() {
                return None;
            }
        }
        lines.extend(parser.finish());
        Some(lines)
    });
}

/// The body of an answer.
pub fn answer(spoken: Spoken, bytes: &[u8]) {
    same_however_it_arrives(bytes, |pieces| Some(hear(spoken, pieces.iter().copied())));
}

/// The output of a command.
pub fn command(bytes: &[u8]) {
    same_however_it_arrives(bytes, claude_code::overhear);
}

/// A list of prices, ours or the public one: what is read is read again from what is written of it.
pub fn prices(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let imported = Prices::import(&text, Date::ZERO, "fuzz").map(|(prices, _)| prices);
    for prices in [imported, Prices::read(&text)].into_iter().flatten() {
        assert_eq!(Prices::read(&prices.to_text()).as_ref(), Ok(&prices));
        let _ = Prices::bundled().merged(&prices).rate("anthropic", &text);
    }
}

fn same_however_it_arrives<T: PartialEq + std::fmt::Debug>(
    bytes: &[u8],
    understand: impl Fn(&[&[u8]]) -> Option<T>,
) {
    let whole = understand(&[bytes]);
    for size in PIECES {
        let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
        assert_eq!(understand(&pieces), whole, "in pieces of {size}");
    }
}
