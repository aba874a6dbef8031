//! Builds a workspace of guests from inside a build script, so that a plain `cargo build` of the host is all anybody types.
//!
//! A build script names the guest workspace, calls [`GuestWorkspace::build`] and gets the components that the workspace makes *now*:
//! the list comes from what cargo reports, never from what lies in the target folder, so a plugin that was removed does not linger.
//! Nothing here knows what a component is for. Refused on purpose: a second cargo profile per host profile (guests are always built
//! for release, once), and any guess at what changed (cargo is told which files to watch, and the guests' own cargo does the rest).

mod artifact;
mod environment;
mod error;
mod guest;
mod script;
mod target;
mod workspace;

pub use artifact::Artifact;
pub use error::GuestBuildError;
pub use guest::Guest;
pub use script::{conclude, out_dir, rerun_if_changed, write_source};
pub use target::{TARGET, Target, ensure_target};
pub use workspace::GuestWorkspace;
