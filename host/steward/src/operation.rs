//! What can be done with registered files.

use serde::{Deserialize, Serialize};

use crate::Condition;

/// One look at registered files. Names are keys into the list of registered files and are compared byte by byte; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Operation {
    /// Some lines of a file.
    Read {
        /// The file.
        file: String,
        /// The first line.
        first_line: u32,
        /// How many; 0 means as many as an excerpt may have.
        lines: u32,
    },
    /// The lines that match a regular expression.
    Grep {
        /// In the syntax of the `regex` crate; a match never spans lines.
        pattern: String,
        /// A registered name, or a glob over registered names; none means all.
        files: Option<String>,
        /// Whether case makes no difference.
        ignore_case: bool,
        /// How many hits are wanted; 0 means as many as there may be.
        limit: u32,
    },
    /// The registered names that match a glob.
    Glob {
        /// The glob.
        pattern: String,
    },
    /// The rows of a data file that meet all conditions.
    Query {
        /// The file.
        file: String,
        /// The dotted key of the list that has the rows; none means the top level, or the only list in it.
        part: Option<String>,
        /// What a row has to meet; none means that all rows do.
        conditions: Vec<Condition>,
    },
    /// The value of a key.
    Value {
        /// The file.
        file: String,
        /// The key; dots lead into tables and lists (`bridges.0.width`).
        key: String,
    },
    /// The headings of a document, the definitions of a source file, the keys or columns of a data file.
    Outline {
        /// The file.
        file: String,
    },
    /// Whether lines have a text in them, white space aside: how a citation is checked.
    Check {
        /// The file.
        file: String,
        /// The first line.
        first_line: u32,
        /// The last line.
        last_line: u32,
        /// The text.
        quote: String,
    },
}
