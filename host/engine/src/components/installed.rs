//! Components that a name leads to on the shelf: what is installed under an id comes before what is bundled under it.
//!
//! The shelf is asked at every load and at every call, never remembered: what is locked, granted, disabled or held is what the files say at
//! that moment. What is remembered is compiled code, by the digest of its bytes, and used only where the lock names that digest.

use std::sync::Arc;

use amatelier_bundle::World;
use amatelier_plugins::{Installed, PluginId, Rights, ShelfError};
use amatelier_runtime::Component;
use amatelier_types::ComponentName;

use super::{ComponentError, Components, Plugin, Wanted};

impl Components {
    /// The installed plugin that a name means at this moment, for one extension point; none where it means something else. It may not be
    /// callable.
    pub(crate) fn installed(
        &self,
        world: World,
        name: &ComponentName,
    ) -> Result<Option<Installed>, ComponentError> {
        let ComponentName::Id(id) = name else { return Ok(None) };
        let Ok(id) = id.parse::<PluginId>() else { return Ok(None) };
        let Some(installed) = self.inner.shelf.get(&id).map_err(|source| changed(&id, source))? else {
            return Ok(None);
        };
        if serves(&installed, world) {
            return Ok(Some(installed));
        }
        if amatelier_bundle::component(world, id.as_str()).is_some() {
            return Ok(None);
        }
        let worlds = installed.entry.worlds.iter().map(|world| world.package.clone());
        Err(ComponentError::OtherWorld { world, worlds: worlds.collect::<Vec<_>>().join(", "), id })
    }

    /// The installed plugin that a name means at this moment and what it may do; none where the name means something else.
    ///
    /// # Errors
    /// It may not be called now.
    pub(crate) fn plugin(
        &self,
        world: World,
        name: &ComponentName,
    ) -> Result<Option<Plugin>, ComponentError> {
        let Some(installed) = self.installed(world, name)? else { return Ok(None) };
        self.callable(&installed).map(Some)
    }

    /// What a plugin may do, if it may be called at all.
    pub(super) fn callable(&self, installed: &Installed) -> Result<Plugin, ComponentError> {
        if let Some(why) = ComponentError::of_standing(installed) {
            // The lock remembers a grant that this machine does not have: it came from another machine, unless it was changed.
            if matches!(why, ComponentError::NeedsGrant { .. }) && installed.entry.grant.is_some() {
                self.inner.shelf.bytes(installed).map_err(|source| changed(&installed.entry.id, source))?;
            }
            return Err(why);
        }
        // A plugin that asks for nothing needs no grant.
        let rights = Rights::effective(&installed.manifest, installed.granted.as_ref(), &self.inner.ceiling);
        Ok(Plugin { manifest: Arc::new(installed.manifest.clone()), rights })
    }

    /// The code of an installed plugin, which is what the lock names or nothing.
    pub(super) async fn load_installed(
        &self,
        world: World,
        installed: &Installed,
    ) -> Result<Component, ComponentError> {
        let id = &installed.entry.id;
        if let Some(component) = self.compiled(installed.entry.sha256).get() {
            // It may have been locked anew since the entry was read.
            self.check(id, component)?;
            return super::fitting(component.clone(), world, id.as_str());
        }
        let (shelf, entry) = (self.inner.shelf.clone(), installed.clone());
        let read = tokio::task::spawn_blocking(move || shelf.bytes(&entry));
        let read = read.await.map_err(|_| ComponentError::Compiler(id.to_string()))?;
        let bytes = read.map_err(|source| changed(id, source))?;
        let component = self.compile(world, id.to_string(), bytes, Wanted::Now).await?;
        self.check(id, &component)?;
        Ok(component)
    }

    /// Compile what is locked under an id, called or not.
    pub(crate) async fn prepare(&self, installed: &Installed) -> Result<(), ComponentError> {
        let worlds = World::ALL.into_iter().find(|world| serves(installed, *world));
        let world = worlds.unwrap_or(World::Persona);
        self.load_installed(world, installed).await.map(drop)
    }

    fn check(&self, id: &PluginId, component: &Component) -> Result<(), ComponentError> {
        self.inner.shelf.check_digest(id, &component.hash()).map_err(|source| changed(id, source))
    }

    /// What is installed for an extension point, in words.
    pub(super) fn installed_for(&self, world: World) -> String {
        let installed = self.inner.shelf.all().unwrap_or_default();
        let ids = installed.iter().filter(|installed| serves(installed, world));
        let ids = ids.map(|installed| installed.entry.id.to_string()).collect::<Vec<_>>();
        if ids.is_empty() { "none is installed".into() } else { format!("installed are {}", ids.join(", ")) }
    }
}

/// Whether a plugin can be called for this.
pub(crate) fn serves(installed: &Installed, world: World) -> bool {
    installed.entry.worlds.iter().any(|own| own.package == world.name())
}

fn changed(id: &PluginId, source: ShelfError) -> ComponentError {
    ComponentError::Changed { id: id.to_string(), source: Box::new(source) }
}
