//! Exit codes, the same in every command.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Ok = 0,
    /// Something failed.
    Failure = 1,
    /// The command line, or a file named on it, makes no sense.
    Usage = 2,
    /// The configuration does not work.
    Configuration = 3,
    /// There is no such thing.
    NotFound = 4,
    /// Refused by policy or for want of a grant, or because somebody else holds it.
    Refused = 5,
    /// A cap was reached; resumable when it is raised.
    Capped = 6,
    /// A provider is down; resumable.
    Provider = 7,
    /// Interrupted; resumable.
    Interrupted = 8,
    /// Stored data is not what it was.
    Integrity = 9,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
