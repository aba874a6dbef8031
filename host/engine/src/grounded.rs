//! The files of a briefing, registered before a debate opens.

use std::path::{Path, PathBuf};

use amatelier_steward::{Caps, Files, RootError, Warning};
use amatelier_types::RegisteredFile;

/// Registered files, and how the Steward is to answer.
#[derive(Clone, Debug)]
pub struct Grounded {
    /// The folder that their names are relative to, absolute.
    pub root: PathBuf,
    /// The files.
    pub files: Vec<RegisteredFile>,
    /// What the briefing wants registered and cannot have, by line.
    pub warnings: Vec<Warning>,
    /// Whether a model may help where the grammar does not suffice.
    pub assisted: bool,
}

impl Grounded {
    /// Register what a briefing names, beneath a folder. A briefing that names nothing registers nothing.
    ///
    /// # Errors
    /// The folder cannot be opened; only looked at when the briefing names something.
    pub fn register(root: &Path, briefing: &str) -> Result<Option<Self>, RootError> {
        if amatelier_steward::entries(briefing).is_empty() {
            return Ok(None);
        }
        let (files, warnings) = Files::register(root, briefing, Caps::default())?;
        // A debate that is resumed from another folder finds them, too.
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Ok(Some(Grounded { root, files: files.registered().to_vec(), warnings, assisted: true }))
    }
}
