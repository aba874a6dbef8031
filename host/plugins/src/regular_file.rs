//! Reading a file whose name came from somewhere: an ordinary one, read once, and no more of it than it may have.
//!
//! What comes out is what is looked through, kept and loaded, whatever becomes of the file meanwhile.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use crate::PackageLimits;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{path} cannot be read: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It is a folder, a pipe, a device or the like.
    #[error("{path} is not a file", path = path.display())]
    NotAFile {
        /// What it is called.
        path: PathBuf,
    },
    /// It is larger than it may be.
    #[error("{path} has {bytes} bytes or more; at most {limit} are read", path = path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// As many as it says, or as were read, whichever is more.
        bytes: u64,
        /// The most.
        limit: usize,
    },
}

/// The bytes of a plugin's file, as its operator names it. Links are followed.
///
/// # Errors
/// [`FileError`]; of what is no file, or larger than [`PackageLimits::COMPONENT_BYTES`], neither the end nor a writer is waited for.
pub fn read_plugin(path: &Path) -> Result<Vec<u8>, FileError> {
    read(path, PackageLimits::COMPONENT_BYTES)
}

/// The bytes of a file. That it is small is believed when its end has been read, and that it is large at once.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Vec<u8>, FileError> {
    let io = |source| FileError::Io { path: path.into(), source };
    let file = open(path).map_err(io)?;
    let data = file.metadata().map_err(io)?;
    if !data.is_file() {
        return Err(FileError::NotAFile { path: path.into() });
    }
    let mut bytes = Vec::new();
    let too_large = |bytes| FileError::TooLarge { path: path.into(), bytes, limit };
    if data.len() > limit as u64 {
        return Err(too_large(data.len()));
    }
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() > limit { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Opening a pipe waits for somebody to write into it, unless one says not to.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit_and_links_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.wasm");
        fs::write(&path, b"0123456789").unwrap();
        assert_eq!(read(&path, 10).unwrap(), b"0123456789");
        assert!(matches!(read(&path, 9), Err(FileError::TooLarge { bytes: 10, limit: 9, .. })));
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            assert_eq!(read_plugin(&link).unwrap(), b"0123456789");
        }
        let gone = read_plugin(&folder.path().join("gone")).unwrap_err();
        assert!(matches!(gone, FileError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .unwrap();
        for path in [folder.path(), &pipe, Path::new("/dev/zero")] {
            let error = read_plugin(path).unwrap_err();
            assert_eq!(error.to_string(), format!("{} is not a file", path.display()));
        }
    }

    #[test]
    fn two_hundred_megabytes_are_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huge.wasm");
        // A file with a hole has the size and nothing else.
        File::create(&path).unwrap().set_len(200 << 20).unwrap();
        let error = read_plugin(&path).unwrap_err();
        assert!(
            error.to_string().ends_with("has 209715200 bytes or more; at most 33554432 are read"),
            "{error}"
        );
    }

    /// Files of the kernel say that they are empty, and are not.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_size_that_a_file_says_is_not_believed() {
        let path = Path::new("/proc/self/status");
        assert_eq!(fs::metadata(path).unwrap().len(), 0);
        assert!(matches!(read(path, 10), Err(FileError::TooLarge { bytes: 11, .. })));
    }
}
