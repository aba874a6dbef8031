//! The folder of a plugin.

use std::{
    fs,
    path::{Path, PathBuf},
};

use amatelier_plugins::{Authored, Manifest, Recipe, host_version};

use super::BuildError;

/// A folder with a `plugin.toml` that says how it is built.
pub(super) struct Folder {
    /// The folder, as an absolute path without symbolic links: tools run inside of it.
    pub(super) root: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) recipe: Recipe,
}

/// The file that every plugin has.
const FILE: &str = "plugin.toml";

impl Folder {
    pub(super) fn open(folder: &Path) -> Result<Self, BuildError> {
        let io = |source| BuildError::Io { path: folder.into(), source };
        if !folder.join(FILE).is_file() {
            return Err(BuildError::NoPlugin(folder.into()));
        }
        let root = folder.canonicalize().map_err(io)?;
        let path = folder.join(FILE);
        let text =
            fs::read_to_string(&path).map_err(|source| BuildError::Io { path: path.clone(), source })?;
        let authored = Authored::of_toml(&text, &host_version())
            .map_err(|error| BuildError::Manifest { path: path.clone(), error })?;
        let recipe = authored.recipe.ok_or(BuildError::NoRecipe(path))?;
        Ok(Folder { root, manifest: authored.manifest, recipe })
    }
}
