//! The folder of a plugin.

use std::{
    fs,
    path::{Path, PathBuf},
};

use amatelier_plugins::{Authored, Manifest, Recipe, host_version};

use super::{BuildError, links};

/// A folder with a `plugin.toml` that says how it is built.
pub(super) struct Folder {
    /// The folder, as an absolute path without symbolic links: tools run inside of it.
    pub(super) root: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) recipe: Recipe,
}

/// The file that every plugin has.
const FILE: &str = "plugin.toml";

/// The folder of all that is made on the way, and in it that of what is made by us; cargo has the rest.
const TARGET: &str = "target";
const WORK: &str = "amatelier";

/// The folder of what is built.
const DIST: &str = "dist";

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
            .map_err(|error| BuildError::Manifest { path: path.clone(), error: error.into() })?;
        let recipe = authored.recipe.ok_or(BuildError::NoRecipe(path))?;
        Ok(Folder { root, manifest: authored.manifest, recipe })
    }

    /// Refuse a folder that came with links where a build writes: it would write to wherever they lead.
    pub(super) fn has_no_links(&self) -> Result<(), BuildError> {
        let target = self.root.join(TARGET);
        links::refuse(&target)?;
        links::refuse_within(&target.join(WORK))?;
        links::refuse(&self.dist())
    }

    /// The folder of what is built.
    pub(super) fn dist(&self) -> PathBuf {
        self.root.join(DIST)
    }

    /// The file with the code, relative to the folder: the one that the recipe names, or the custom of its language.
    pub(super) fn main<'a>(&'a self, custom: &'a str) -> Result<&'a str, BuildError> {
        let main = self.recipe.main.as_deref().unwrap_or(custom);
        if self.root.join(main).is_file() { Ok(main) } else { Err(BuildError::NoMain(self.root.join(main))) }
    }

    /// The folder for what tools make on the way.
    pub(super) fn work(&self) -> Result<PathBuf, BuildError> {
        let path = self.root.join(TARGET).join(WORK);
        match fs::create_dir_all(&path) {
            Ok(()) => Ok(path),
            Err(source) => Err(BuildError::Io { path, source }),
        }
    }

    /// What a tool has made.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, BuildError> {
        fs::read(path).map_err(|source| BuildError::Io { path: path.into(), source })
    }
}
