//! Copies of the file, taken while it is in use.
//!
//! `VACUUM INTO` reads one snapshot and writes a compact copy, but does not sync it; the copy gets its name only when it is whole and
//! on the disk, so that whatever bears the name of a backup is one.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::pragmas;

/// Why there is no backup.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BackupError {
    /// A backup never overwrites.
    #[error("`{path}` exists", path = .0.display())]
    Exists(PathBuf),
    /// SQLite could not copy.
    #[error("SQLite could not write the copy: {0}")]
    Sqlite(Arc<rusqlite::Error>),
    /// The file system could not keep it.
    #[error("the copy could not be kept: {0}")]
    Io(Arc<io::Error>),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        BackupError::Sqlite(Arc::new(error))
    }
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        BackupError::Io(Arc::new(error))
    }
}

/// Copy what is committed. An older file of the same name is replaced.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let mut unfinished = to.as_os_str().to_owned();
    unfinished.push(format!(".{}.part", std::process::id()));
    let unfinished = PathBuf::from(unfinished);
    let done = write(from, &unfinished).and_then(|()| Ok(fs::rename(&unfinished, to)?));
    if done.is_err() {
        // It may not be there; what matters is the error that is already known.
        fs::remove_file(&unfinished).ok();
    }
    done?;
    sync_folder(to)
}

fn write(from: &Path, to: &Path) -> Result<(), BackupError> {
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let name =
        to.to_str().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "its path is not Unicode"))?;
    pragmas::reader(from)?.execute("VACUUM INTO ?1", [name])?;
    Ok(File::options().write(true).open(to)?.sync_all()?)
}

/// A renamed file survives a power cut only once its folder is synced; where a folder cannot be opened (Windows), renaming is enough.
fn sync_folder(of: &Path) -> Result<(), BackupError> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
