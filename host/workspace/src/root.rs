//! The data root and the names in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy as _;

use crate::{BadFile, KeysFile, Problem, Realm, SeedFile, Team, Template, backup, file, project};

/// The writable data root: `AMATELIER_WORKSPACE`, else the platform's data directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

/// Whether a workspace, or a file of it, had to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was there.
    Found,
    /// It was made, as it comes with the program.
    Created,
}

impl Workspace {
    /// The workspace that the environment names.
    ///
    /// # Errors
    /// Where neither `AMATELIER_WORKSPACE` nor a home directory is set.
    pub fn locate(variable: Option<PathBuf>) -> Result<Self, BadFile> {
        if let Some(root) = variable.filter(|root| !root.as_os_str().is_empty()) {
            let absolute = std::path::absolute(&root).map_err(|error| BadFile::io(&root, error))?;
            return Ok(Workspace { root: absolute });
        }
        let strategy = etcetera::choose_base_strategy().map_err(|_| {
            BadFile::new(
                ".",
                Problem::Meaning("there is no home directory; set AMATELIER_WORKSPACE to a folder".into()),
            )
        })?;
        Ok(Workspace { root: strategy.data_dir().join("amatelier") })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where debates of a realm, or of a mode, live.
    pub fn data(&self, realm: impl Into<Realm>) -> PathBuf {
        match realm.into() {
            Realm::Play => self.root.join("rehearsal"),
            Realm::Real => self.root.clone(),
        }
    }

    /// The team file.
    pub fn team_file(&self) -> PathBuf {
        self.root.join("team.toml")
    }

    /// The operator's configuration.
    pub fn config_file(&self) -> PathBuf {
        self.root.join(project::NAME)
    }

    /// The file of keys.
    pub fn keys_file(&self) -> KeysFile {
        KeysFile::at(self.root.join("keys.toml"))
    }

    /// Prices of models that were imported.
    pub fn prices_file(&self) -> PathBuf {
        self.root.join("prices.toml")
    }

    /// Their text; none where nobody imported any.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn imported_prices(&self) -> Result<Option<String>, BadFile> {
        // The largest public list is a third of it.
        match file::read(&self.prices_file(), 16 * file::LIMIT) {
            Ok(text) => Ok(Some(text)),
            Err(BadFile { problem: Problem::Missing, .. }) => Ok(None),
            Err(bad) => Err(bad),
        }
    }

    /// The numbers of the economy, as the operator changed them.
    pub fn economy_file(&self) -> PathBuf {
        self.root.join("economy.toml")
    }

    /// Their text; none where nobody changed any.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn economy_text(&self) -> Result<Option<String>, BadFile> {
        match file::read(&self.economy_file(), file::LIMIT) {
            Ok(text) => Ok(Some(text)),
            Err(BadFile { problem: Problem::Missing, .. }) => Ok(None),
            Err(bad) => Err(bad),
        }
    }

    /// Put other prices in their place.
    ///
    /// # Errors
    /// Why the file cannot be written.
    pub fn import_prices(&self, text: &str) -> Result<(), BadFile> {
        file::write(&self.prices_file(), text.as_bytes())
    }

    /// A persona's folder.
    pub fn persona(&self, name: &str) -> PathBuf {
        self.agents().join(name)
    }

    /// Component bytes by digest.
    pub fn components(&self) -> PathBuf {
        self.root.join("components")
    }

    /// The folder of all personas.
    pub fn agents(&self) -> PathBuf {
        self.root.join("agents")
    }

    /// The folder of skills that people wrote, each in a folder of its own.
    pub fn skills(&self) -> PathBuf {
        self.root.join("skills")
    }

    /// The store's catalog.
    pub fn catalog_file(&self) -> PathBuf {
        self.root.join("store").join("catalog.toml")
    }

    /// Its text; none where there is no such file.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub fn catalog(&self) -> Result<Option<String>, BadFile> {
        match file::read(&self.catalog_file(), file::LIMIT) {
            Ok(text) => Ok(Some(text)),
            Err(BadFile { problem: Problem::Missing, .. }) => Ok(None),
            Err(bad) => Err(bad),
        }
    }

    /// Write the catalog that comes with the program where there is none, so that it can be edited.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn seed_catalog(&self, text: &str) -> Result<Written, BadFile> {
        let path = self.catalog_file();
        if path.exists() {
            return Ok(Written::Found);
        }
        file::write(&path, text.as_bytes())?;
        Ok(Written::Created)
    }

    /// Make the workspace if it is not there: the roster's persona folders first, the team file last, so that a workspace that has a
    /// team is whole. Files that exist are never touched.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn ensure(&self, seeds: &[SeedFile<'_>], template: &Template) -> Result<Written, BadFile> {
        if self.team_file().exists() {
            return Ok(Written::Found);
        }
        self.write_team(seeds, template)?;
        Ok(Written::Created)
    }

    /// Make the team anew from a template; the copy of the team file that was kept, if there was one. Persona folders that exist are
    /// never touched.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn start_over(
        &self,
        seeds: &[SeedFile<'_>],
        template: &Template,
    ) -> Result<Option<PathBuf>, BadFile> {
        let team = self.team_file();
        let kept = if team.exists() { Some(backup::keep(&team)?) } else { None };
        self.write_team(seeds, template)?;
        Ok(kept)
    }

    fn write_team(&self, seeds: &[SeedFile<'_>], template: &Template) -> Result<(), BadFile> {
        for member in &template.members {
            self.lay_down(seeds, member.name.as_str())?;
        }
        file::write(&self.team_file(), template.team_file().as_bytes())
    }

    /// The team.
    ///
    /// # Errors
    /// What is wrong with the team file.
    pub fn team(&self) -> Result<Team, BadFile> {
        let path = self.team_file();
        Team::parse(&file::read(&path, file::LIMIT)?, &path)
    }

    /// Write a result under a realm's data folder, as a whole; its path.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn publish(&self, realm: impl Into<Realm>, name: &str, text: &str) -> Result<PathBuf, BadFile> {
        let path = self.data(realm).join("digests").join(name);
        file::write(&path, text.as_bytes())?;
        Ok(path)
    }

    /// Make a folder of a realm's data and give its path.
    ///
    /// # Errors
    /// What cannot be made.
    pub fn folder(&self, realm: impl Into<Realm>, name: &str) -> Result<PathBuf, BadFile> {
        let path = self.data(realm).join(name);
        fs::create_dir_all(&path).map_err(|error| BadFile::io(&path, error))?;
        Ok(path)
    }
}
