//! Why a lookup has no answer.

use serde::{Deserialize, Serialize};

use crate::plain::{listed, plain};

/// Why a lookup has no answer. Nothing of a file's content is in it but names of fields and keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refusal {
    /// The name is not one of the registered ones. It was not looked for anywhere.
    #[error("`{}` is not registered in the briefing", plain(name))]
    NotRegistered {
        /// What was asked for, cut if it is long.
        name: String,
    },
    /// It was registered and is not there any more.
    #[error("`{}` is not there any more", plain(file))]
    NotFound {
        /// The file.
        file: String,
    },
    /// It does not have the lines.
    #[error("`{}` has {lines} lines", plain(file))]
    NoSuchLines {
        /// The file.
        file: String,
        /// How many it has.
        lines: u32,
    },
    /// It does not have the key.
    #[error("`{}` has no key `{}`{}", plain(file), plain(key), listed("; it has", known))]
    NoSuchKey {
        /// The file.
        file: String,
        /// The key.
        key: String,
        /// The first of those that it has where the search ended.
        known: Vec<String>,
    },
    /// None of its rows has the field.
    #[error("the rows of `{}` have no field `{}`{}", plain(file), plain(field), listed("; they have", known))]
    NoSuchField {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// The first of those that they have.
        known: Vec<String>,
    },
    /// It is not clear which of its lists has the rows, or there is none.
    #[error("`{}` has no list of rows at its top{}", plain(file), listed("; name one as FILE#KEY:", lists))]
    NoRows {
        /// The file.
        file: String,
        /// The keys of its lists.
        lists: Vec<String>,
    },
    /// Its name or its content looks like a secret. Nothing of it is returned.
    #[error("`{}` looks like a secret ({what}); nothing of it is read out", plain(file))]
    LooksSecret {
        /// The file.
        file: String,
        /// What it looks like.
        what: String,
    },
    /// It is too large for this.
    #[error("`{}` has {bytes} bytes, and {limit} are the most for this", plain(file))]
    TooLarge {
        /// The file.
        file: String,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// It has too many values to be looked at as one.
    #[error("`{}` has more than {limit} values", plain(file))]
    TooManyValues {
        /// The file.
        file: String,
        /// The limit.
        limit: usize,
    },
    /// The pattern is none.
    #[error("bad pattern: {why}")]
    BadPattern {
        /// Why.
        why: String,
    },
    /// The operation itself makes no sense.
    #[error("{why}")]
    BadRequest {
        /// Why.
        why: String,
    },
    /// It is another file than was registered, or has another content.
    #[error("`{}` is not the file that was registered: {how}", plain(file))]
    Changed {
        /// The file.
        file: String,
        /// What is different.
        how: Difference,
    },
    /// It is not UTF-8 text.
    #[error("`{}` is not UTF-8 text", plain(file))]
    NotText {
        /// The file.
        file: String,
    },
    /// It is not in a format that has rows or keys.
    #[error("`{}` is not JSON, JSONL, CSV, TOML or YAML by its name", plain(file))]
    NotData {
        /// The file.
        file: String,
    },
    /// It is not what its name says.
    #[error("`{}` is not the {format} that its name says: {why} ({place})", plain(file))]
    BadData {
        /// The file.
        file: String,
        /// The format.
        format: String,
        /// Where, such as `line 3`.
        place: String,
        /// Why.
        why: String,
    },
    /// It took too long.
    #[error("the lookup took longer than {seconds} s")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The operating system would not read it.
    #[error("`{}` cannot be read: {why}", plain(file))]
    Unreadable {
        /// The file.
        file: String,
        /// What the operating system said.
        why: String,
    },
}

/// In what a file is not the one that was registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// The name now leads out of the project root.
    #[error("its name now leads out of the project")]
    Outside,
    /// It is no regular file now.
    #[error("it is no regular file now")]
    Kind,
    /// Another file has its name now.
    #[error("another file has its name now")]
    File,
    /// It has another size, or grew or shrank while it was read.
    #[error("it has another size")]
    Size,
    /// It has another content.
    #[error("it has another content")]
    Content,
}

/// The kinds of refusals that a component is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// No registered file has that name.
    NotRegistered,
    /// The file is gone or changed, or it does not have the lines, the key, the field or the rows.
    NotFound,
    /// It looks like a secret.
    LooksSecret,
    /// It is too large; with the limit in bytes.
    TooLarge(u64),
    /// The pattern is none.
    BadPattern,
    /// Anything else.
    Other,
}

impl Refusal {
    /// What a component is told, next to the text.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Refusal::NotRegistered { .. } => RefusalKind::NotRegistered,
            Refusal::NotFound { .. }
            | Refusal::Changed { .. }
            | Refusal::NoSuchLines { .. }
            | Refusal::NoSuchKey { .. }
            | Refusal::NoSuchField { .. }
            | Refusal::NoRows { .. } => RefusalKind::NotFound,
            Refusal::LooksSecret { .. } => RefusalKind::LooksSecret,
            Refusal::TooLarge { limit, .. } => RefusalKind::TooLarge(*limit),
            Refusal::BadPattern { .. } => RefusalKind::BadPattern,
            Refusal::TooManyValues { .. }
            | Refusal::BadRequest { .. }
            | Refusal::NotText { .. }
            | Refusal::NotData { .. }
            | Refusal::BadData { .. }
            | Refusal::TimedOut { .. }
            | Refusal::Unreadable { .. } => RefusalKind::Other,
        }
    }
}
