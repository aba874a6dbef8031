//! Links in a stranger's folder, at places where a build writes.

use std::{fs, io, path::Path};

use super::BuildError;

/// Refuse a path that is a link itself. One that is not there is none.
pub(super) fn refuse(path: &Path) -> Result<(), BuildError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(BuildError::Link(path.into())),
        Ok(_) => Ok(()),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(BuildError::Io { path: path.into(), source }),
    }
}

/// Refuse a link, and a folder that has one anywhere in it.
pub(super) fn refuse_within(path: &Path) -> Result<(), BuildError> {
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        refuse(&path)?;
        if path.is_dir() {
            let io = |source| BuildError::Io { path: path.clone(), source };
            for entry in fs::read_dir(&path).map_err(io)? {
                open.push(entry.map_err(io)?.path());
            }
        }
    }
    Ok(())
}
