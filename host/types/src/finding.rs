//! What the Steward gives back: shapes that the rules of the debate, the Steward and the engine share.

use serde::{Deserialize, Serialize};

use crate::Sha256;

/// A file that a briefing registered: what it is called, and what it was when the debate opened.
///
/// A lookup opens it by name and refuses whatever is another file, has another size or another content. Because the content is pinned,
/// every answer about it, in this process or after a crash, is about the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredFile {
    /// Relative to the project root, separated by `/`.
    pub name: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// The device it lies on; 0 where the system does not tell.
    pub device: u64,
    /// Its number there; 0 where the system does not tell.
    pub inode: u64,
    /// Of its content.
    pub sha256: Sha256,
}

/// The place of an answer: lines of a registered file, checked against the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The file.
    pub file: String,
    /// From 1.
    pub first_line: u32,
    /// The last one, included.
    pub last_line: u32,
    /// What stands there, the part of it that was quoted, or (for an outline) what it is.
    pub text: String,
    /// Of the whole file as it was read.
    pub sha256: Sha256,
}

impl Citation {
    /// `file:line`, or `file:line-line`.
    pub fn place(&self) -> String {
        match self.first_line == self.last_line {
            true => format!("{}:{}", self.file, self.first_line),
            false => format!("{}:{}-{}", self.file, self.first_line, self.last_line),
        }
    }
}

/// A file that was read for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// The file.
    pub name: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Of the whole file as it was read.
    pub sha256: Sha256,
}

/// How a lookup ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LookupOutcome {
    /// It has an answer.
    Found,
    /// The registered files do not have one; what was looked at is listed.
    NotFound,
    /// There is no telling.
    Failed {
        /// Why.
        why: String,
    },
}

impl LookupOutcome {
    /// The name used in digests and listings.
    pub fn name(&self) -> &'static str {
        match self {
            LookupOutcome::Found => "found",
            LookupOutcome::NotFound => "not-found",
            LookupOutcome::Failed { .. } => "failed",
        }
    }
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// In words; names its citations as `file:line`.
    pub text: String,
    /// Where it stands. Only what was checked against the files.
    pub citations: Vec<Citation>,
    /// What was read for it.
    pub files: Vec<FileRead>,
    /// Citations that a model made and that the files do not bear out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<String>,
    /// What was looked at without finding it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_at: Vec<String>,
    /// How it ended.
    pub outcome: LookupOutcome,
    /// Whether a model answered; otherwise the grammar sufficed.
    pub assisted: bool,
    /// The model that helped, as its provider calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Rounds of the model, 0 without one.
    pub rounds: u32,
}

impl Finding {
    /// A finding that says why there is none.
    pub fn failed(why: impl Into<String>) -> Self {
        let why = why.into();
        Finding {
            text: format!("There is no answer: {why}"),
            citations: Vec::new(),
            files: Vec::new(),
            struck: Vec::new(),
            looked_at: Vec::new(),
            outcome: LookupOutcome::Failed { why },
            assisted: false,
            model: None,
            rounds: 0,
        }
    }
}
