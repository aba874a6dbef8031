//! Why there are no guests.

use std::{io, path::PathBuf};

/// What kept the guests from being built. The text names the remedy where there is one; it is one line, as build scripts report one.
#[derive(Debug, thiserror::Error)]
pub enum GuestBuildError {
    /// Only cargo sets these variables.
    #[error("`{0}` is not set: this is meant to be called from a build script")]
    NotABuildScript(&'static str),
    /// The crate does not lie two folders below the root of the repository.
    #[error("no repository root two folders above {}", .0.display())]
    NoRepository(PathBuf),
    /// A program did not start.
    #[error("cannot run `{program}`: {source}")]
    CannotRun {
        /// The program.
        program: String,
        /// What the system says.
        source: io::Error,
    },
    /// The standard library for the guests' target is missing, and there is no rustup to fetch it.
    #[error(
        "the Rust target {0} is not installed and rustup is not there to add it; install rustup and run `rustup target add {0}`, \
         or add your distribution's package of the Rust standard library for {0}"
    )]
    NoTarget(&'static str),
    /// rustup could not add the target.
    #[error("`rustup target add {0}` failed (see its messages); run it by hand, with a network connection")]
    TargetNotAdded(&'static str),
    /// The guests' cargo ended badly; its own messages went to standard error.
    #[error("the guests in {} do not build (see the compiler's messages)", .0.display())]
    DoesNotBuild(PathBuf),
    /// cargo said something that is no message of the documented form.
    #[error("cannot read a message of cargo: {0}")]
    BadMessage(#[from] serde_json::Error),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}
