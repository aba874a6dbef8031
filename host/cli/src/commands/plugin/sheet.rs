//! What is shown before anything is decided, on stderr: the result is not mixed with it.

use amatelier_plugins::{Inspection, UpdateDiff};

use crate::render;

/// The permission sheet.
pub(super) fn show(seen: &Inspection) {
    eprintln!("{}\n", render::plain(&seen.sheet.to_string()));
}

/// What an update asks for beyond what is granted.
pub(super) fn tell(diff: &UpdateDiff) {
    eprintln!(
        "This version asks for more than the one that is installed may do:\n{}\n",
        render::plain(&diff.to_string())
    );
}
