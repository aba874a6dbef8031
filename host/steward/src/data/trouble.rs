//! Why a data file cannot be looked at as asked.

use crate::{Refusal, data::Format, look::OutOfTime};

/// Why a data file cannot be looked at as asked; the file's name is added where it is known.
#[derive(Debug)]
pub(crate) enum Trouble {
    Malformed {
        line: Option<u32>,
        why: String,
    },
    TooLarge {
        limit: u64,
    },
    TooManyValues {
        limit: usize,
    },
    NoRows {
        lists: Vec<String>,
    },
    NoPart {
        part: String,
        known: Vec<String>,
    },
    /// It is rows, not one value.
    NoTree,
    OutOfTime(OutOfTime),
}

impl From<OutOfTime> for Trouble {
    fn from(late: OutOfTime) -> Self {
        Trouble::OutOfTime(late)
    }
}

impl Trouble {
    /// The refusal that it is, for a file.
    pub(crate) fn refusal(self, file: &str, bytes: u64, format: Format) -> Refusal {
        let file = file.to_owned();
        match self {
            Trouble::Malformed { line, why } => Refusal::BadData {
                file,
                format: format.name().to_owned(),
                place: line.map_or_else(|| "no line".to_owned(), |line| format!("line {line}")),
                why: crate::plain::plain(&why),
            },
            Trouble::TooLarge { limit } => Refusal::TooLarge { file, bytes, limit },
            Trouble::TooManyValues { limit } => Refusal::TooManyValues { file, limit },
            Trouble::NoRows { lists } => Refusal::NoRows { file, lists },
            Trouble::NoPart { part, known } => Refusal::NoSuchKey { file, key: part, known },
            Trouble::NoTree => Refusal::BadRequest {
                why: format!("{} has rows, not keys: count rows where FIELD OP VALUE in FILE", format.name()),
            },
            Trouble::OutOfTime(late) => late.into(),
        }
    }
}
