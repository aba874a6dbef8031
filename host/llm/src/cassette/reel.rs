//! A cassette, read.
//!
//! Every line must be whole but the last one: a program that was killed while it wrote may have left a piece, which lacks its end.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use amatelier_types::Sha256;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    BadCassette, MAX_FILE, MAX_LINE, VERSION,
    form::{Entry, Header},
};

/// A line whose request is kept as it was written: a number may come out differently when it is written again.
#[derive(Deserialize)]
struct AsWritten<'a> {
    #[serde(borrow)]
    request: &'a RawValue,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Reel {
    /// In the order in which they were recorded.
    pub(super) entries: Vec<Entry>,
    /// The bytes of its whole lines; what follows is a piece of one.
    pub(super) whole: u64,
}

impl Reel {
    /// Read a file from its beginning. An empty one is an empty reel.
    pub(super) fn read(file: &File, path: &Path) -> Result<Reel, BadCassette> {
        let failed = |source| BadCassette::File { path: path.to_owned(), source };
        let bytes = file.metadata().map_err(failed)?.len();
        if bytes > MAX_FILE {
            return Err(BadCassette::TooLarge { path: path.to_owned(), bytes, limit: MAX_FILE });
        }
        let mut reader = BufReader::new(file);
        let (mut reel, mut line) = (Reel::default(), Vec::new());
        for number in 1.. {
            line.clear();
            let longest = u64::try_from(MAX_LINE).unwrap_or(u64::MAX).saturating_add(1);
            let read = reader.by_ref().take(longest).read_until(b'\n', &mut line).map_err(failed)?;
            let damaged =
                |reason: String| BadCassette::Damaged { path: path.to_owned(), line: number, reason };
            if line.pop_if(|end| *end == b'\n').is_none() {
                if line.len() > MAX_LINE {
                    return Err(damaged(format!("it is longer than {MAX_LINE} bytes")));
                }
                // Nothing more, or a piece that lacks its end.
                break;
            }
            if number == 1 {
                check(&line, path)?;
            } else {
                let entry: Entry =
                    serde_json::from_slice(&line).map_err(|error| damaged(error.to_string()))?;
                let raw: AsWritten<'_> =
                    serde_json::from_slice(&line).map_err(|error| damaged(error.to_string()))?;
                if entry.hash != Sha256::of(raw.request.get().as_bytes()) {
                    return Err(damaged("the request is not the one that its hash says".into()));
                }
                reel.entries.push(entry);
            }
            reel.whole = reel.whole.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        }
        Ok(reel)
    }
}

fn check(line: &[u8], path: &Path) -> Result<(), BadCassette> {
    let header: Header =
        serde_json::from_slice(line).map_err(|_| BadCassette::NoCassette { path: path.to_owned() })?;
    if header.cassette == VERSION {
        Ok(())
    } else {
        Err(BadCassette::Version { path: path.to_owned(), found: header.cassette, expected: VERSION })
    }
}
