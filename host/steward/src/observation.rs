//! What was seen in registered files.

use serde::{Deserialize, Serialize};

use crate::FileRead;

/// The answer to an operation. Every file that was read for it is named with its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "observation", rename_all = "kebab-case")]
pub enum Observation {
    /// Some lines.
    Excerpt(Excerpt),
    /// Lines that match.
    Hits(Hits),
    /// Names that match.
    Names {
        /// The names, in the order of registration.
        names: Vec<String>,
        /// Whether there are more.
        truncated: bool,
    },
    /// Rows that meet conditions.
    Rows(Rows),
    /// The value of a key.
    Value(Found),
    /// What a file is made of.
    Outline(Outline),
    /// Whether lines have a text in them.
    Checked(Checked),
}

impl Observation {
    /// The files that were read.
    pub fn files(&self) -> &[FileRead] {
        match self {
            Observation::Hits(hits) => &hits.files,
            Observation::Names { .. } => &[],
            Observation::Excerpt(Excerpt { file, .. })
            | Observation::Rows(Rows { file, .. })
            | Observation::Value(Found { file, .. })
            | Observation::Outline(Outline { file, .. })
            | Observation::Checked(Checked { file, .. }) => std::slice::from_ref(file),
        }
    }
}

/// Some lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The file as read.
    pub file: FileRead,
    /// The first line.
    pub first_line: u32,
    /// The last line.
    pub last_line: u32,
    /// How many lines the file has.
    pub lines: u32,
    /// The lines, joined by line feeds.
    pub text: String,
    /// Whether a cap cut it short of what was asked for and is there.
    pub truncated: bool,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hits {
    /// The files that were searched, as read.
    pub files: Vec<FileRead>,
    /// The hits, by file and line.
    pub hits: Vec<Hit>,
    /// Files that were not searched, and why.
    pub unread: Vec<Unread>,
    /// Whether there are more hits.
    pub truncated: bool,
}

/// A line that matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The line, cut at the start and the end if it is long.
    pub text: String,
}

/// A file that could not be searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The file.
    pub file: String,
    /// Why.
    pub why: String,
}

/// The rows that meet conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The file as read.
    pub file: FileRead,
    /// The dotted key of the list that has the rows; none for the top level.
    pub part: Option<String>,
    /// How many meet the conditions.
    pub matched: u32,
    /// How many there are.
    pub total: u32,
    /// The first of those that meet them.
    pub rows: Vec<Row>,
    /// What to know about the count, such as how many rows do not have a field.
    pub notes: Vec<String>,
    /// Whether there are more than are shown.
    pub truncated: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its place, counted from 1.
    pub number: u32,
    /// Its first line.
    pub first_line: u32,
    /// Its last line.
    pub last_line: u32,
    /// It as JSON, cut if it is long.
    pub text: String,
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The file as read.
    pub file: FileRead,
    /// The key.
    pub key: String,
    /// The value: a text as it is, anything else as JSON.
    pub value: String,
    /// Its first line.
    pub first_line: u32,
    /// Its last line.
    pub last_line: u32,
    /// Further lines that give the key a value, in a file that is no data format.
    pub also: Vec<u32>,
    /// Whether the value is cut.
    pub truncated: bool,
}

/// What a file is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The file as read.
    pub file: FileRead,
    /// How many lines it has.
    pub lines: u32,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Whether there are more.
    pub truncated: bool,
}

/// A heading, a definition, a key or a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where it is.
    pub line: u32,
    /// How deep it is nested, from 0.
    pub depth: u32,
    /// It as written, cut if it is long.
    pub text: String,
}

/// Whether lines have a text in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The file as read.
    pub file: FileRead,
    /// Whether they have.
    pub holds: bool,
    /// The lines, cut if they are long.
    pub text: String,
}
