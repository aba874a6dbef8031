//! The three files of a shelf as they were at one moment.
//!
//! Readers hold nothing. Files are replaced as a whole and in an order in which every moment between two of them makes sense; what must
//! not happen is to read one before a change and another after it. So stamps are taken before and after reading, and where they differ
//! the files are read once more while no process changes them.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use amatelier_types::Sha256;

use super::{ShelfError, StateError, places::Places, state::State};
use crate::{GrantBook, GrantError, Lock, LockError, PluginId, Rights, host_file};

/// Lock, grants and state. Only the lock must be readable to know what is installed.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) lock: Lock,
    book: Result<GrantBook, Arc<GrantError>>,
    state: Result<State, Arc<StateError>>,
}

/// What was read, and how the files looked then.
#[derive(Debug)]
pub(super) struct Cache {
    stamps: [Option<Stamp>; 3],
    snapshot: Arc<Snapshot>,
}

/// How a file looks from outside. A file that is replaced has another one: another inode at least, as the old one is still there while the
/// new one is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    #[cfg(unix)]
    inode: u64,
    #[cfg(unix)]
    changed: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let data = fs::metadata(path).ok()?;
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Some(Stamp {
            modified: data.modified().ok(),
            bytes: data.len(),
            #[cfg(unix)]
            inode: data.ino(),
            #[cfg(unix)]
            changed: (data.ctime(), data.ctime_nsec()),
        })
    }
}

/// What is there now; read only where something changed since it was read last.
pub(super) fn read(places: &Places, cache: &Mutex<Option<Cache>>) -> Result<Arc<Snapshot>, ShelfError> {
    // Whoever panicked while holding it has left a whole value: it is only ever replaced.
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    let before = stamps(places);
    if let Some(cache) = cache.as_ref().filter(|cache| cache.stamps == before) {
        return Ok(Arc::clone(&cache.snapshot));
    }
    let mut snapshot = Snapshot::read(places);
    let mut after = stamps(places);
    if before != after {
        let _held = host_file::hold(&places.held)?;
        snapshot = Snapshot::read(places);
        after = stamps(places);
    }
    let snapshot = Arc::new(snapshot?);
    *cache = Some(Cache { stamps: after, snapshot: Arc::clone(&snapshot) });
    Ok(snapshot)
}

fn stamps(places: &Places) -> [Option<Stamp>; 3] {
    [&places.lock, &places.grants, &places.state].map(|path| Stamp::of(path))
}

impl Snapshot {
    /// Read all three, for a change while others are kept out.
    pub(super) fn read(places: &Places) -> Result<Self, ShelfError> {
        Ok(Snapshot {
            lock: Lock::read(&places.lock)?,
            book: GrantBook::read(&places.grants).map_err(Arc::new),
            state: State::read(&places.state).map_err(Arc::new),
        })
    }

    pub(super) fn book(&self) -> Result<&GrantBook, ShelfError> {
        self.book.as_ref().map_err(|error| ShelfError::Grants(Arc::clone(error)))
    }

    pub(super) fn state(&self) -> Result<&State, ShelfError> {
        self.state.as_ref().map_err(|error| ShelfError::State(Arc::clone(error)))
    }

    /// What some bytes of a plugin are granted; nothing where nobody has decided, and nothing for bytes that are neither locked nor remembered.
    pub(super) fn granted(&self, id: &PluginId, digest: &Sha256) -> Result<Option<&Rights>, ShelfError> {
        let Some(entry) = self.lock.get(id) else { return Ok(None) };
        let (book, known) = (self.book()?, self.state()?.0.get(id));
        let granted = book.of(id, digest);
        if entry.sha256 != *digest {
            let is_remembered =
                known.is_some_and(|known| known.previous.iter().any(|old| old.sha256 == *digest));
            return Ok(granted.filter(|_| is_remembered));
        }
        let granting = known.and_then(|known| known.granting).filter(|granting| granting.sha256 == *digest);
        match self.lock.granted(id, book) {
            // A change of the grant that was not finished: it was the host's own, and said so before.
            Err(LockError::Grant { .. })
                if granted.map(Rights::hash) == granting.map(|granting| granting.grant) =>
            {
                Ok(granted)
            }
            other => Ok(other?),
        }
    }
}
