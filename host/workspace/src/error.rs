//! What can be wrong with a file that people write.

use std::{io, path::PathBuf};

use crate::Complaint;

/// A file and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{path}{}{problem}", problem.separator(), path = path.display())]
pub struct BadFile {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It is not there.
    #[error("there is no such file")]
    Missing,
    /// It cannot be read or written.
    #[error("{0}")]
    Io(io::Error),
    /// It is larger than anybody would write.
    #[error("it has {bytes} bytes; the limit is {limit}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit, in bytes.
        limit: u64,
    },
    /// It is not text.
    #[error("it is not UTF-8 text")]
    NotText,
    /// It is not the TOML that was expected; the text has the place.
    #[error("{0}")]
    Toml(String),
    /// Keys and values that make no sense: all of them, by line.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Complaints(Vec<Complaint>),
    /// It says something that makes no sense.
    #[error("{0}")]
    Meaning(String),
}

impl Problem {
    /// What stands between the file and what is wrong with it.
    fn separator(&self) -> &'static str {
        match self {
            Problem::Complaints(several) if several.len() > 1 => ":\n",
            Problem::Complaints(_) => ", ",
            _ => ": ",
        }
    }
}

impl BadFile {
    pub(crate) fn new(path: impl Into<PathBuf>, problem: Problem) -> Self {
        BadFile { path: path.into(), problem }
    }

    pub(crate) fn io(path: impl Into<PathBuf>, error: io::Error) -> Self {
        let missing = error.kind() == io::ErrorKind::NotFound;
        BadFile::new(path, if missing { Problem::Missing } else { Problem::Io(error) })
    }
}
