//! Registered files, as a call may look things up in them.
//!
//! Plain mirrors of the `steward` contract. The engine behind the port owns the files, the budget, the model that helps and the
//! journal; the runtime only checks the grant and counts the lookups.

use amatelier_types::{Citation, Finding};

use crate::Suspended;

/// The port to the Steward.
#[async_trait::async_trait]
pub trait Desk: Send + Sync {
    /// Names and sizes in bytes of the registered files; empty when the Steward is off.
    fn files(&self) -> Vec<(String, u64)>;

    /// Some lines of a file, from 1; 0 lines means as many as the host gives.
    async fn read(
        &self,
        file: &str,
        first_line: u32,
        lines: u32,
    ) -> Result<Result<Lines, LookupError>, Suspended>;

    /// The lines that match a regular expression, in all files or in those of a name or glob.
    async fn grep(
        &self,
        pattern: &str,
        files: Option<&str>,
        ignore_case: bool,
        limit: u32,
    ) -> Result<Result<Vec<LineHit>, LookupError>, Suspended>;

    /// A question, in the grammar or in words. Costs one request of the member's budget when it is answered.
    async fn ask(&self, question: &str) -> Result<Result<Finding, LookupError>, Suspended>;

    /// How many more questions the member may put.
    fn requests_left(&self) -> u32;
}

/// Lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The lines and where they stand.
    pub place: Citation,
    /// Whether less was given than was asked for.
    pub truncated: bool,
}

/// A line that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineHit {
    /// The file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// The line, cut if it is long.
    pub text: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// The Steward is off.
    #[error("the Steward is off: no files are registered")]
    Off,
    /// No file of that name is registered.
    #[error("{0}")]
    NotRegistered(String),
    /// The file is gone or changed since it was registered.
    #[error("{0}")]
    NotFound(String),
    /// The file looks like a secret.
    #[error("{0}")]
    LooksSecret(String),
    /// Over a size limit, in bytes.
    #[error("over the limit of {0} bytes")]
    TooLarge(u32),
    /// The pattern is none.
    #[error("{0}")]
    BadPattern(String),
    /// The budget is spent.
    #[error("no requests left")]
    NoRequestsLeft,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// The Steward of a debate without registered files.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDesk;

#[async_trait::async_trait]
impl Desk for NoDesk {
    fn files(&self) -> Vec<(String, u64)> {
        Vec::new()
    }

    async fn read(&self, _: &str, _: u32, _: u32) -> Result<Result<Lines, LookupError>, Suspended> {
        Ok(Err(LookupError::Off))
    }

    async fn grep(
        &self,
        _: &str,
        _: Option<&str>,
        _: bool,
        _: u32,
    ) -> Result<Result<Vec<LineHit>, LookupError>, Suspended> {
        Ok(Err(LookupError::Off))
    }

    async fn ask(&self, _: &str) -> Result<Result<Finding, LookupError>, Suspended> {
        Ok(Err(LookupError::Off))
    }

    fn requests_left(&self) -> u32 {
        0
    }
}
