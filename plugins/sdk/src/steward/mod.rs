//! The Steward: read-only lookups in the files that the briefing registered, and in no others.
//!
//! [`files`], [`read()`] and [`grep()`] look for themselves and need the capability `steward.read`; [`ask`] puts a question in the Steward's
//! grammar or in plain words, needs `steward.ask` and costs one of the member's requests when it is answered. Without a grant, or in a
//! debate without files, [`files`] is empty, [`requests_left`] is 0 and the others answer [`Error::Denied`]. The host bounds the number of
//! lookups in one turn and stops a component that goes beyond it, so look where you expect something.
//!
//! A persona may also leave the asking to the host: a speech that holds [`tag`] is a request ([`Move::request`](crate::Move::request)).
//!
//! ```no_run
//! use amatelier_sdk::steward;
//!
//! # fn f() -> Result<(), steward::Error> {
//! for hit in steward::grep(r"\bhangers?\b").within("*.csv").ignoring_case().hits()? {
//!     let finding = steward::ask(&format!("lines {0}-{0} of {1}", hit.line, hit.file))?;
//!     println!("{}: {}", hit.place(), finding.text);
//! }
//! # Ok(())
//! # }
//! ```

mod error;
mod grep;
mod tag;

pub use error::Error;
pub use grep::{Grep, grep};
pub use tag::tag;

pub use crate::bindings::imports::steward::steward::{Excerpt, File, Finding, Hit, files, requests_left};

/// The contract's own functions, for whoever tests a host.
pub use crate::bindings::imports::steward::steward as raw;

/// The forms of question that need no model.
pub const FORMS: [&str; 5] = [
    "count rows where FIELD OP VALUE [and ...] in FILE",
    "value of KEY in FILE",
    "lines A-B of FILE",
    "grep PATTERN in FILE",
    "outline of FILE",
];

/// `lines` lines of a file from `first_line` (from 1) on; 0 lines means as many as the host gives.
pub fn read(file: &str, first_line: u32, lines: u32) -> Result<Excerpt, Error> {
    Ok(raw::read(file, first_line, lines)?)
}

/// Put a question to the Steward, in one of the [`FORMS`] or in plain words. Costs one request when it is answered.
pub fn ask(question: &str) -> Result<Finding, Error> {
    Ok(raw::ask(question)?)
}

impl Excerpt {
    /// Where it stands, as speeches cite it: `file:line` or `file:first-last`.
    pub fn place(&self) -> String {
        match self.first_line == self.last_line {
            true => format!("{}:{}", self.file, self.first_line),
            false => format!("{}:{}-{}", self.file, self.first_line, self.last_line),
        }
    }
}

impl Hit {
    /// Where it stands, as speeches cite it: `file:line`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_speeches_cite_them() {
        let mut excerpt = Excerpt {
            file: "data/a.csv".into(),
            first_line: 3,
            last_line: 3,
            text: String::new(),
            truncated: false,
            sha256: String::new(),
        };
        assert_eq!(excerpt.place(), "data/a.csv:3");
        excerpt.last_line = 5;
        assert_eq!(excerpt.place(), "data/a.csv:3-5");
        let hit = Hit { file: "a.md".into(), line: 7, text: String::new() };
        assert_eq!(hit.place(), "a.md:7");
    }
}
