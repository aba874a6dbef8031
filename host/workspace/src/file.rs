//! Reading and writing small text files.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
};

use crate::{BadFile, Problem};

/// The largest file people write by hand, in bytes: a configuration, a persona's document.
pub(crate) const LIMIT: u64 = 1 << 20;

/// The text of a file of at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: u64) -> Result<String, BadFile> {
    let file = fs::File::open(path).map_err(|error| BadFile::io(path, error))?;
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a file that grows while it is read is caught, too.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| BadFile::io(path, error))?;
    if bytes.len() as u64 > limit {
        let size = fs::metadata(path).map_or(bytes.len() as u64, |data| data.len());
        return Err(BadFile::new(path, Problem::TooLarge { bytes: size, limit }));
    }
    String::from_utf8(bytes).map_err(|_| BadFile::new(path, Problem::NotText))
}

/// Write a file as a whole: whoever reads it sees the old text or the new one.
pub(crate) fn write(path: &Path, text: &[u8]) -> Result<(), BadFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = || {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text)?;
        file.persist(path)?;
        Ok(())
    };
    written().map_err(|error| BadFile::io(path, error))
}
