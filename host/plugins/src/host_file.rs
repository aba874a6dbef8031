//! Files that only the host writes: grants and the lock.
//!
//! Nobody else may write them, they are written as a whole, and a change is made by one process at a time. A file that others may write is
//! not read: whoever could write it could have granted anything.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// The largest one that is read, in bytes: ten thousand plugins.
const LIMIT: u64 = 8 << 20;

/// Why a host's file was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum HostFileError {
    /// It cannot be read or written.
    #[error("{path} cannot be used", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Somebody else may write it.
    #[error("{path} may be written by others (mode {mode:o}): look through it, then `chmod 600` it", path = path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// It is larger than anything that this host writes.
    #[error("{path} has more than {LIMIT} bytes; this host did not write it", path = path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is not text.
    #[error("{path} is not UTF-8 text", path = path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
}

/// The text of a file; nothing when there is none.
pub(crate) fn read(path: &Path) -> Result<Option<String>, HostFileError> {
    let io = |source| HostFileError::Io { path: path.into(), source };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    closed(path, &file)?;
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > LIMIT {
        return Err(HostFileError::TooLarge { path: path.into() });
    }
    String::from_utf8(bytes).map(Some).map_err(|_| HostFileError::NotText { path: path.into() })
}

/// Write a file as a whole, for its owner alone: whoever reads it sees the old text or the new one, after a power cut, too.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), HostFileError> {
    let written = || {
        let folder = folder(path);
        fs::create_dir_all(folder)?;
        // Made with mode 0600.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    };
    written().map_err(|source| HostFileError::Io { path: path.into(), source })
}

/// Keeps other processes from changing a file until it is dropped. Reading needs none: a file is replaced as a whole.
pub(crate) fn hold(path: &Path) -> Result<File, HostFileError> {
    let held = || {
        fs::create_dir_all(folder(path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.lock"));
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside)?;
        file.lock()?;
        Ok(file)
    };
    held().map_err(|source| HostFileError::Io { path: path.into(), source })
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn closed(path: &Path, file: &File) -> Result<(), HostFileError> {
    use std::os::unix::fs::PermissionsExt as _;
    let data = file.metadata().map_err(|source| HostFileError::Io { path: path.into(), source })?;
    let mode = data.permissions().mode() & 0o777;
    if mode & 0o022 == 0 { Ok(()) } else { Err(HostFileError::Open { path: path.into(), mode }) }
}

#[cfg(not(unix))]
fn closed(_path: &Path, _file: &File) -> Result<(), HostFileError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_not_there_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/grants.toml");
        assert_eq!(read(&path).unwrap(), None);
        let held = hold(&path).unwrap();
        write(&path, "a").unwrap();
        write(&path, "b").unwrap();
        drop(held);
        assert_eq!(read(&path).unwrap().as_deref(), Some("b"));
        fs::write(&path, b"\xff").unwrap();
        assert!(matches!(read(&path), Err(HostFileError::NotText { .. })));
        File::options().write(true).open(&path).unwrap().set_len(LIMIT + 1).unwrap();
        assert!(matches!(read(&path), Err(HostFileError::TooLarge { .. })));
        assert!(matches!(read(folder.path()), Err(HostFileError::Io { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_owner_alone_and_not_read_when_others_may_write_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("grants.toml");
        write(&path, "a").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        for (mode, good) in [(0o644, true), (0o664, false), (0o602, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(read(&path).is_ok(), good, "{mode:o}");
        }
        write(&path, "b").unwrap();
        assert!(read(&path).is_ok());
    }

    #[test]
    fn a_file_that_is_held_is_not_held_by_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("grants.toml");
        let held = hold(&path).unwrap();
        let other = File::open(folder.path().join(".grants.toml.lock")).unwrap();
        assert!(other.try_lock().is_err());
        drop(held);
        assert!(other.try_lock().is_ok());
    }
}
