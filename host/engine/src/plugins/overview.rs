//! The installed plugins of a workspace, for commands that tell of them and make them ready.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use amatelier_journal::OpenError;
use amatelier_plugins::{Installed, PluginId, Shelf};
use amatelier_runtime::StartError;
use amatelier_types::ComponentName;
use amatelier_workspace::{Realm, Workspace};
use serde::Serialize;

use super::{PluginState, PluginStatistics, table};
use crate::{Archive, ComponentError, Error, components::Components};

/// See the module's documentation. The engine is started only when it is needed.
pub struct Plugins {
    workspace: Workspace,
    shelf: Shelf,
    components: OnceLock<Components>,
}

/// A component that lines of the team name by its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ByPath {
    /// As the team file names it: relative to the workspace.
    pub path: PathBuf,
    /// Members, `rubric`, `skill` or `store`.
    pub used_by: Vec<String>,
}

/// What it took to make a plugin ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// It was compiled.
    Compiled,
    /// Its code was there.
    Ready,
}

impl Plugins {
    /// The plugins of a workspace. Nothing is read yet.
    pub fn of(workspace: &Workspace) -> Self {
        Plugins {
            shelf: Shelf::of(workspace.root()),
            workspace: workspace.clone(),
            components: OnceLock::new(),
        }
    }

    /// What is installed, and the operator's decisions about it.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The state of an installed plugin; none where none has this id.
    ///
    /// # Errors
    /// The engine does not start.
    pub fn state_of(&self, id: &PluginId) -> Result<Option<PluginState>, Error> {
        match self.shelf.get(id) {
            Ok(None) => Ok(None),
            Ok(Some(installed)) => self.state(&installed).map(Some),
            Err(error) => Ok(Some(PluginState::Suspended(error.to_string()))),
        }
    }

    /// The state of a plugin that was looked up already.
    ///
    /// # Errors
    /// The engine does not start.
    pub fn state(&self, installed: &Installed) -> Result<PluginState, Error> {
        Ok(match ComponentError::of_standing(installed) {
            Some(ComponentError::NeedsGrant { .. }) => PluginState::NeedsGrant,
            Some(why) => PluginState::Suspended(why.to_string()),
            None if self.components()?.runtime().has_code(&installed.entry.sha256) => PluginState::Ready,
            None => PluginState::Preparing,
        })
    }

    /// Compile an installed plugin, whatever its state, so that no debate waits for it; that also finds out whether it links.
    ///
    /// # Errors
    /// It is not what is locked, or this host cannot run it.
    pub async fn prepare(&self, installed: &Installed) -> Result<Prepared, Error> {
        let components = self.components()?;
        let was_there = components.runtime().has_code(&installed.entry.sha256);
        components.prepare(installed).await?;
        Ok(if was_there { Prepared::Ready } else { Prepared::Compiled })
    }

    /// What was measured in the debates of a realm, of installed and bundled plugins and of components by their paths; empty where none was
    /// held.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn statistics(&self, realm: Realm) -> Result<Vec<PluginStatistics>, Error> {
        let archive = match Archive::open(&self.workspace, realm) {
            Ok(Some(archive)) => archive,
            // Before there was a table for it, nothing was measured.
            Ok(None) | Err(Error::Open(OpenError::Older { .. })) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let counted = archive.journal().read(table::all)?;
        Ok(counted.into_iter().map(|(key, tally)| PluginStatistics::of(key, &tally)).collect())
    }

    /// The components that the team names by their paths: they are the operator's own, and nothing locks them.
    ///
    /// # Errors
    /// The team file makes no sense.
    pub fn by_path(&self) -> Result<Vec<ByPath>, Error> {
        let team = self.workspace.team()?;
        let members = team.members.iter().map(|member| (member.name.to_string(), &member.component));
        let rubric = team.rubric.iter().map(|line| ("rubric".to_owned(), &line.component));
        let skills = team.skills.iter().map(|line| ("skill".to_owned(), &line.component));
        let stores = team.stores.iter().map(|line| ("store".to_owned(), &line.component));
        let mut found: BTreeMap<&Path, Vec<String>> = BTreeMap::new();
        for (who, component) in members.chain(rubric).chain(skills).chain(stores) {
            if let ComponentName::Path(path) = component {
                found.entry(path).or_default().push(who);
            }
        }
        let of = |(path, used_by): (&Path, _)| ByPath { path: path.to_owned(), used_by };
        Ok(found.into_iter().map(of).collect())
    }

    fn components(&self) -> Result<&Components, StartError> {
        if let Some(components) = self.components.get() {
            return Ok(components);
        }
        let components = Components::of(&self.workspace)?;
        Ok(self.components.get_or_init(|| components))
    }
}
