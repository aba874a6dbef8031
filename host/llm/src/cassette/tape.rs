//! A file that calls are recorded to.
//!
//! It is only ever added to, a whole line at a time, and one program records to it at a time. One that exists is gone on with, without
//! the piece of a line that a killed program may have left.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions, TryLockError},
    io::{Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use amatelier_types::Sha256;

use super::{
    BadCassette, MAX_LINE, VERSION,
    form::{Entry, Header},
    reel::Reel,
};

/// Where [recordings](super::Recording) go; shared by the providers of a debate.
#[derive(Debug)]
pub struct Tape {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    /// How often each request was recorded.
    occurrences: BTreeMap<Sha256, u32>,
    /// Why nothing can be recorded any more.
    broken: Option<String>,
}

impl Tape {
    /// Record to this file: a new one that only its owner may read, or the end of one that exists. Blocks while it reads.
    ///
    /// # Errors
    /// [`BadCassette`].
    pub fn open(path: &Path) -> Result<Tape, BadCassette> {
        let failed = |source| BadCassette::File { path: path.to_owned(), source };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => BadCassette::Busy { path: path.to_owned() },
            TryLockError::Error(source) => failed(source),
        })?;
        let reel = Reel::read(&file, path)?;
        if reel.whole == 0 && file.metadata().map_err(failed)?.len() > 0 {
            // Not even a first line: somebody else's file.
            return Err(BadCassette::NoCassette { path: path.to_owned() });
        }
        file.set_len(reel.whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        if reel.whole == 0 {
            let program = concat!("amatelier ", env!("CARGO_PKG_VERSION")).to_owned();
            let header = line(&Header { cassette: VERSION, program }).map_err(failed)?;
            file.write_all(&header).map_err(failed)?;
        }
        let mut occurrences = BTreeMap::new();
        for entry in &reel.entries {
            *occurrences.entry(entry.hash).or_default() += 1;
        }
        let state = State { file, occurrences, broken: None };
        Ok(Tape { path: path.to_owned(), state: Mutex::new(state) })
    }

    /// Whether a call that is made now can be recorded.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn check(&self) -> Result<(), String> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.broken.clone().map_or(Ok(()), Err)
    }

    /// Record a call. A line that cannot be written is the last one: what follows a hole would be played in its place.
    pub(super) fn record(&self, mut entry: Entry) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.broken.is_some() {
            return;
        }
        let count = state.occurrences.get(&entry.hash).copied().unwrap_or_default().saturating_add(1);
        entry.occurrence = count;
        let hash = entry.hash;
        let written = line(&entry).and_then(|line| {
            let before = state.file.stream_position()?;
            state.file.write_all(&line).inspect_err(|_| {
                // So that the file stays a cassette; if not even that works, the piece at its end is passed over when it is read.
                let _ = state.file.set_len(before);
            })
        });
        match written {
            Ok(()) => drop(state.occurrences.insert(hash, count)),
            Err(error) => {
                let reason = format!("cannot record to {}: {error}", self.path.display());
                tracing::error!("{reason}");
                state.broken = Some(reason);
            }
        }
    }
}

fn line(value: &impl serde::Serialize) -> std::io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    if line.len() > MAX_LINE {
        return Err(std::io::Error::other(format!("a call takes more than {MAX_LINE} bytes")));
    }
    line.push(b'\n');
    Ok(line)
}
