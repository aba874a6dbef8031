//! `keys.toml`: read only where nobody else can, written so that nobody else can.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::text;

/// The largest file, in bytes: room for a hundred keys of the longest kind.
const LIMIT: u64 = 1 << 20;

/// The file of keys in a workspace; it need not be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysFile(PathBuf);

/// Why keys cannot be read or stored. Never with a key in it.
#[derive(Debug, thiserror::Error)]
pub enum BadKeys {
    /// It cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is a link, a folder, a pipe or something else.
    #[error("{} is no regular file: keys are read from nothing else", .0.display())]
    NotAFile(PathBuf),
    /// It belongs to somebody else.
    #[error("{} belongs to another user: keys are read from a file of your own only", .0.display())]
    NotYours(PathBuf),
    /// Others can read it, or write to it.
    #[error("others can open {path} (mode {mode:o}): keys are read from a file that only you can open", path = .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A line of it is none.
    #[error("{path}, line {line}: {what}", path = .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// What is to be stored is no key.
    #[error("{0}")]
    Key(&'static str),
    /// No key can have that name.
    #[error("a key is named like a variable, such as ANTHROPIC_API_KEY: letters, digits and underscores")]
    Name,
}

impl KeysFile {
    /// The file of that path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        KeysFile(path.into())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Its keys; none where it is not there.
    pub(super) fn read(&self) -> Result<BTreeMap<String, SecretString>, BadKeys> {
        let io = |source| BadKeys::Io { path: self.0.clone(), source };
        let file = match self.open() {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(_) if fs::symlink_metadata(&self.0).is_ok_and(|data| data.is_symlink()) => {
                return Err(BadKeys::NotAFile(self.0.clone()));
            }
            Err(error) => return Err(io(error)),
        };
        // What was opened is what is looked at: whoever swaps the file now swaps nothing.
        let data = file.metadata().map_err(io)?;
        if !data.is_file() {
            return Err(BadKeys::NotAFile(self.0.clone()));
        }
        self.is_private(&data)?;
        if data.len() > LIMIT {
            return Err(io(io::Error::other(format!("it has more than {LIMIT} bytes"))));
        }
        // As large as it gets: a text that grew would leave a copy behind.
        let room = usize::try_from(data.len()).unwrap_or_default() + 1;
        let mut text = Zeroizing::new(String::with_capacity(room));
        file.take(LIMIT).read_to_string(&mut text).map_err(io)?;
        text::parse(&text).map_err(|(line, what)| BadKeys::Line { path: self.0.clone(), line, what })
    }

    #[cfg(unix)]
    fn open(&self) -> io::Result<File> {
        use std::os::unix::fs::OpenOptionsExt as _;

        use nix::fcntl::OFlag;
        // No link is followed, and a pipe does not keep us waiting for somebody to write.
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        fs::OpenOptions::new().read(true).custom_flags(flags.bits()).open(&self.0)
    }

    #[cfg(not(unix))]
    fn open(&self) -> io::Result<File> {
        File::open(&self.0)
    }

    #[cfg(unix)]
    fn is_private(&self, data: &fs::Metadata) -> Result<(), BadKeys> {
        use std::os::unix::fs::MetadataExt as _;

        if data.uid() != nix::unistd::Uid::effective().as_raw() {
            return Err(BadKeys::NotYours(self.0.clone()));
        }
        let mode = data.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(BadKeys::Open { path: self.0.clone(), mode });
        }
        Ok(())
    }

    /// Who may open a file is not ours to judge where there are no such modes: the user's own folder is what keeps others out.
    #[cfg(not(unix))]
    fn is_private(&self, _: &fs::Metadata) -> Result<(), BadKeys> {
        Ok(())
    }

    /// Store a key, in the place of one of that name.
    ///
    /// # Errors
    /// What is wrong with the name, the key or the file; nothing is changed then.
    pub fn set(&self, name: &str, key: &str) -> Result<(), BadKeys> {
        if !text::is_name(name) {
            return Err(BadKeys::Name);
        }
        let key = SecretString::from(text::check(key).map_err(BadKeys::Key)?);
        let mut keys = self.read()?;
        keys.insert(name.to_owned(), key);
        self.write(&keys)
    }

    /// Forget a key; whether there was one.
    ///
    /// # Errors
    /// What is wrong with the file; nothing is changed then.
    pub fn remove(&self, name: &str) -> Result<bool, BadKeys> {
        let mut keys = self.read()?;
        let was_there = keys.remove(name).is_some();
        if was_there {
            self.write(&keys)?;
        }
        Ok(was_there)
    }

    /// Write the file as a whole: whoever reads it sees the old keys or the new ones, and nobody but the user sees any.
    fn write(&self, keys: &BTreeMap<String, SecretString>) -> Result<(), BadKeys> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        let written = || {
            fs::create_dir_all(folder)?;
            // Made with mode 0600 on Unix.
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(text::write(keys).as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.0)?;
            Ok(())
        };
        written().map_err(|source| BadKeys::Io { path: self.0.clone(), source })
    }
}
