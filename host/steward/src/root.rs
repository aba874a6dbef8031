//! The project's folder: everything is opened beneath it.
//!
//! The folder is opened once. From then on the operating system resolves names beneath that handle (`openat2` where there is one), so
//! that neither `..` nor an absolute path nor a link can lead out, whoever moves things about meanwhile.

use std::{
    io::{self, ErrorKind, Read as _},
    path::{Path, PathBuf},
};

use cap_fs_ext::{MetadataExt as _, OpenOptionsSyncExt as _};
use cap_std::{
    ambient_authority,
    fs::{Dir, File, OpenOptions, ReadDir},
};

use crate::RootError;

/// An open folder.
#[derive(Debug)]
pub(crate) struct Root(Dir);

/// An open regular file, and what it was when it was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    file: File,
    pub(crate) bytes: u64,
    pub(crate) device: u64,
    pub(crate) inode: u64,
    /// How many names it has.
    pub(crate) names: u64,
}

/// Why a name cannot be opened.
#[derive(Debug)]
pub(crate) enum Unopened {
    Missing,
    Outside,
    Folder,
    Special,
    Io(io::Error),
}

impl Root {
    pub(crate) fn open(path: &Path) -> Result<Self, RootError> {
        Dir::open_ambient_dir(path, ambient_authority())
            .map(Root)
            .map_err(|why| RootError { path: path.to_owned(), why })
    }

    /// Open a regular file. Nothing else is opened for reading: a pipe would wait for its writer, and a device may act.
    pub(crate) fn file(&self, name: &str) -> Result<Opened, Unopened> {
        must_be_regular(&self.0.metadata(name)?)?;
        // Whoever puts a pipe there in this instant gets an open that does not wait, and the look at what was opened.
        let file = self.0.open_with(name, OpenOptions::new().read(true).nonblock(true))?;
        let metadata = file.metadata()?;
        must_be_regular(&metadata)?;
        Ok(Opened {
            bytes: metadata.len(),
            device: metadata.dev(),
            inode: metadata.ino(),
            names: metadata.nlink(),
            file,
        })
    }

    /// The same name without links in it.
    pub(crate) fn without_links(&self, name: &str) -> Result<PathBuf, Unopened> {
        Ok(self.0.canonicalize(name)?)
    }

    /// Whether a name that has no links in it is that of an opened file.
    pub(crate) fn is_at(&self, opened: &Opened, path: &Path) -> Result<bool, Unopened> {
        let metadata = self.0.symlink_metadata(path)?;
        Ok(metadata.dev() == opened.device && metadata.ino() == opened.inode)
    }

    /// The entries of a folder; the empty name is the root.
    pub(crate) fn entries(&self, folder: &str) -> Result<ReadDir, Unopened> {
        Ok(match folder {
            "" => self.0.entries()?,
            folder => self.0.read_dir(folder)?,
        })
    }
}

impl Opened {
    /// All of it, if it has as many bytes as it had when it was opened, and still has.
    pub(crate) fn read(self) -> io::Result<Option<Vec<u8>>> {
        let expected = self.bytes;
        let mut content = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
        let mut file = self.file;
        file.by_ref().take(expected.saturating_add(1)).read_to_end(&mut content)?;
        let is_steady = content.len() as u64 == expected && file.metadata()?.len() == expected;
        Ok(is_steady.then_some(content))
    }
}

fn must_be_regular(metadata: &cap_std::fs::Metadata) -> Result<(), Unopened> {
    match (metadata.is_file(), metadata.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(Unopened::Folder),
        _ => Err(Unopened::Special),
    }
}

impl From<io::Error> for Unopened {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Unopened::Missing,
            // How the sandbox says no; the operating system's own refusals have a number.
            ErrorKind::PermissionDenied if error.raw_os_error().is_none() => Unopened::Outside,
            _ => Unopened::Io(error),
        }
    }
}
