//! One driver per debate.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use amatelier_types::RoundtableId;

/// The lock file of a debate.
pub(crate) fn path(data: &Path, id: &RoundtableId) -> PathBuf {
    data.join("run").join(format!("{id}.lock"))
}

/// The right to drive a debate, held until it is dropped or the process dies: the operating system gives it back.
#[derive(Debug)]
pub struct Held {
    // Locked for as long as it is open.
    _file: File,
}

/// Why the right was not given.
#[derive(Debug)]
pub(crate) enum LockError {
    /// Another process has it; its id, if it wrote one.
    Taken(Option<u32>),
    /// The lock file cannot be used.
    Io(io::Error),
}

impl Held {
    /// Take the lock of this file, if nobody has it.
    pub(crate) fn take(path: &Path) -> Result<Held, LockError> {
        let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = open().map_err(LockError::Io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // Who holds it is a courtesy: an unreadable file changes nothing.
                let _ = file.read_to_string(&mut text);
                return Err(LockError::Taken(text.trim().parse().ok()));
            }
            Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())
        };
        write(&mut file).map_err(LockError::Io)?;
        Ok(Held { _file: file })
    }
}

/// Whether somebody holds this lock, and which process, if it wrote its id.
pub(crate) fn holder(path: &Path) -> Option<Option<u32>> {
    if !path.exists() {
        return None;
    }
    match Held::take(path) {
        Err(LockError::Taken(pid)) => Some(pid),
        Ok(_) | Err(LockError::Io(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_driver_is_told_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.lock");
        let held = Held::take(&path).unwrap();
        assert!(matches!(Held::take(&path), Err(LockError::Taken(Some(pid))) if pid == std::process::id()));
        drop(held);
        assert!(Held::take(&path).is_ok());
    }
}
