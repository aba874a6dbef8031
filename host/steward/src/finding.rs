//! What became of a question.

use amatelier_types::Sha256;
use serde::{Deserialize, Serialize};

use crate::FileRead;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The answer in words. It names what it rests on as `file:line` or `file:line-line`, and marks what was struck.
    pub text: String,
    /// What it rests on; every one was checked against the file.
    pub citations: Vec<Citation>,
    /// The files that were read for it.
    pub files: Vec<FileRead>,
    /// Citations that were not true, with the reason.
    pub struck: Vec<String>,
    /// What was looked at, in order.
    pub looked_at: Vec<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether a model answered.
    pub assisted: bool,
    /// How often the model was asked.
    pub rounds: u32,
}

/// A place in a registered file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The file.
    pub file: String,
    /// The first line, counted from 1.
    pub first_line: u32,
    /// The last line.
    pub last_line: u32,
    /// What is there, or the part of it that was quoted.
    pub text: String,
    /// Of the whole file as read.
    pub sha256: Sha256,
}

/// How a question ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
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

impl Citation {
    /// `file:line`, or `file:line-line`.
    pub fn place(&self) -> String {
        place(&self.file, self.first_line, self.last_line)
    }
}

/// `file:line`, or `file:line-line`.
pub(crate) fn place(file: &str, first: u32, last: u32) -> String {
    match first == last {
        true => format!("{file}:{first}"),
        false => format!("{file}:{first}-{last}"),
    }
}
