//! A plugin's file, read once: what was looked through is what is used, whatever becomes of the file meanwhile.

use std::{io, path::Path};

use amatelier_plugins::{FileError, PackageError, read_plugin};

use crate::{exit::Exit, failure::Failure};

/// Its bytes. What is no file, or larger than a plugin may be, is not read: neither its length nor its end is waited for.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_plugin(path).map_err(|error| match error {
        FileError::Io { ref source, .. } => {
            let exit = if source.kind() == io::ErrorKind::NotFound { Exit::NotFound } else { Exit::Failure };
            Failure::new(exit, error.to_string(), None)
        }
        FileError::NotAFile { .. } => {
            Failure::new(Exit::Usage, error.to_string(), "name the .wasm file itself".to_owned())
        }
        FileError::TooLarge { bytes, limit, .. } => {
            let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
            PackageError::TooLarge { bytes, limit }.into()
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

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
        assert_eq!(error.to_string(), "it has 209715200 bytes; a plugin has at most 33554432");
    }
}
