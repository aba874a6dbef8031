//! Why grants cannot be read or written.

use crate::{HostFileError, Problem};

/// No grant is taken from a file that is not understood in full.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] HostFileError),
    /// It is not what this host writes: all of it, by line.
    #[error("the grants are damaged, so nothing is granted:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
}
