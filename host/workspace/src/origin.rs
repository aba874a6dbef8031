//! Where a value was said.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

impl Place {
    pub(crate) fn new(file: &Path, line: usize) -> Self {
        Place { file: file.to_owned(), line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file.display(), self.line)
    }
}

/// The layer that a value of the configuration comes from, lowest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "layer", rename_all = "kebab-case")]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The operator's file, in the workspace.
    User(Place),
    /// The file of the project that the command was typed in.
    Project(Place),
    /// A variable of the environment.
    Variable {
        /// Its name.
        name: String,
    },
    /// The command line.
    Flag {
        /// The flag, with its dashes.
        name: String,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("the default"),
            Origin::User(place) | Origin::Project(place) => place.fmt(f),
            Origin::Variable { name } | Origin::Flag { name } => f.write_str(name),
        }
    }
}
