//! What was not registered, and why.

use std::{fmt, io, path::PathBuf};

use crate::{BadName, plain::plain};

/// An entry of the briefing, or one of the files that its glob matches, that was not registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line of the briefing, counted from 1.
    pub line: u32,
    /// The entry as written.
    pub entry: String,
    /// The file, where the entry is a glob that matches it.
    pub file: Option<String>,
    /// Why.
    pub why: Unregistered,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: `{}`", self.line, plain(&self.entry))?;
        match &self.file {
            Some(file) => write!(f, " does not register `{}`: {}", plain(file), self.why),
            None => write!(f, " is not registered: {}", self.why),
        }
    }
}

/// Why something is not registered, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unregistered {
    /// It is not written as names are.
    #[error(transparent)]
    BadName(#[from] BadName),
    /// It is no glob.
    #[error("it is no glob: {0}")]
    BadGlob(String),
    /// There is no such file.
    #[error(
        "there is no such file in the project; paths begin at the project's folder, and `--root` says which one that is"
    )]
    Missing,
    /// A glob that matches nothing.
    #[error(
        "it matches no file; paths begin at the project's folder, and `*` matches neither `/` nor hidden files"
    )]
    NoMatch,
    /// A link leads out of the project.
    #[error("a link in it leads out of the project; copy the file into the project")]
    Outside,
    /// A folder.
    #[error("it is a folder; name its files, such as `folder/*`")]
    Folder,
    /// A pipe, a socket, a device.
    #[error("it is no regular file")]
    Special,
    /// It has several names, and some of them may be outside.
    #[error("it has {0} names (hard links), and the others may be outside of the project; copy it")]
    HardLinked(u64),
    /// Its name or content looks like a secret.
    #[error(
        "it looks like a secret ({0}); if it is none, register a copy with another name or without that part"
    )]
    LooksSecret(String),
    /// It is too large.
    #[error("it has {bytes} bytes, and {limit} are the most; register a part of it")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// Together with those before it, it is too large.
    #[error("with it, the registered files have more than {0} bytes in all; register fewer or smaller ones")]
    TooLargeTogether(u64),
    /// Too many files.
    #[error("more than {0} files would be registered; name those that matter")]
    TooMany(usize),
    /// Globs that look at too many entries of folders.
    #[error("the globs look at more than {0} entries of folders; begin them with a folder")]
    TooWide(usize),
    /// It, and all after it, are more than are looked at.
    #[error("more than {0} entries; neither this one nor those after it are looked at: use a glob")]
    TooManyEntries(usize),
    /// It is not UTF-8 text.
    #[error("it is not UTF-8 text; save it as UTF-8")]
    NotText,
    /// Its size is not what it says, or it changed while it was read.
    #[error("it changed while it was read; register it when it is finished")]
    Unsteady,
    /// The operating system would not read it.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// More of the files that a glob matches are not registered.
    #[error("{0} more files that it matches are not registered; use a narrower glob")]
    More(usize),
}

/// Why there is no project root.
#[derive(Debug, thiserror::Error)]
#[error("the project's folder {} cannot be opened: {why}", path.display())]
pub struct RootError {
    /// The folder.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub why: io::Error,
}
