//! A plugin's file, read once: what was looked through is what is used, whatever becomes of the file meanwhile.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

use amatelier_plugins::{PackageError, PackageLimits};

use crate::{exit::Exit, failure::Failure};

/// Its bytes. What is no file, or larger than a plugin may be, is not read: neither its length nor its end is waited for.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let limit = PackageLimits::default().bytes;
    let failed = |error: io::Error| {
        let exit = if error.kind() == io::ErrorKind::NotFound { Exit::NotFound } else { Exit::Failure };
        Failure::new(exit, format!("{} cannot be read: {error}", path.display()), None)
    };
    // Looked at before it is opened: to open a pipe is to wait for whoever writes into it.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        let help = "name the .wasm file itself".to_owned();
        return Err(Failure::new(Exit::Usage, format!("{} is not a file", path.display()), help));
    }
    let file = File::open(path).map_err(failed)?;
    let stated = usize::try_from(file.metadata().map_err(failed)?.len()).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    if stated <= limit {
        // It may have grown since; one byte beyond the limit is enough to know.
        file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    let found = stated.max(bytes.len());
    if found > limit {
        return Err(PackageError::TooLarge { bytes: found, limit }.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_a_plugins_size_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wasm");
        let exit = |path: &Path| read(path).unwrap_err().exit;
        assert_eq!(exit(&path), Exit::NotFound);
        assert_eq!(exit(folder.path()), Exit::Usage);
        fs::write(&path, b"\0asm").unwrap();
        assert_eq!(read(&path).unwrap(), b"\0asm");
        // A file with a hole has the size and nothing else.
        File::options().write(true).open(&path).unwrap().set_len(200 << 20).unwrap();
        let error = read(&path).unwrap_err();
        assert_eq!(error.exit, Exit::Refused);
        assert_eq!(error.to_string(), "it has 209715200 bytes; a plugin has at most 67108864");
    }
}
