//! One component that the guest workspace made.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::GuestBuildError;

/// A built component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The name of its crate, such as `persona-classic`.
    pub name: String,
    /// The version of its crate.
    pub version: String,
    /// Where cargo put it. The next build may replace it: see [`Guest::place_in`].
    pub wasm: PathBuf,
}

impl Guest {
    /// Copy the component into a folder of the caller, as `<name>.wasm`, and return the path of the copy.
    ///
    /// `include_bytes!` should name the copy: the guests' target folder may be cleaned, or filled by another build, while the caller is
    /// fresh. A copy that already has these bytes is left alone, so that rebuilding a guest to the same bytes relinks nothing.
    pub fn place_in(&self, folder: &Path) -> Result<PathBuf, GuestBuildError> {
        let copy = folder.join(&self.name).with_extension("wasm");
        let bytes =
            fs::read(&self.wasm).map_err(|source| GuestBuildError::Io { path: self.wasm.clone(), source })?;
        if fs::read(&copy).is_ok_and(|there| there == bytes) {
            return Ok(copy);
        }
        fs::write(&copy, bytes).map_err(|source| GuestBuildError::Io { path: copy.clone(), source })?;
        Ok(copy)
    }
}
