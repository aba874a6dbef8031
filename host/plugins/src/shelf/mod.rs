//! The installed plugins of a workspace, on disk.
//!
//! Five places, each with one job: `amatelier.lock` says what is installed, `plugins/grants.toml` what it may do, `plugins/state.toml` what
//! the host remembers beside (what is disabled, held, and was there before), `plugins/manifests/` what each says about itself and
//! `components/` its bytes. They are changed by one process at a time, in one order: bytes, manifest, state, grants, lock. The lock comes
//! last and decides: whatever dies in between leaves the plugin that was there, and what was written for the new one is not looked at, or
//! is swept by the next change. The state carries what a reader needs between grants and lock (`docs/decisions/0014`).
//!
//! Nothing here runs a plugin, and nothing here is reachable from one.

mod accept;
mod change;
mod error;
mod grant;
mod inspection;
mod install;
mod installed;
mod options;
mod places;
mod remove;
mod rollback;
mod snapshot;
mod state;
mod switch;
mod verify;

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use amatelier_types::Sha256;

pub use self::{
    error::ShelfError,
    inspection::Inspection,
    installed::{Held, Installed, Standing},
    options::{InstallOptions, Installation},
    state::StateError,
    verify::{Finding, Weight},
};
use self::{
    places::Places,
    snapshot::{Cache, Snapshot},
};
use crate::{LockEntry, Manifest, PackageLimits, PluginId, Rights, UpdateDiff, host_version};

/// The installed plugins of one workspace. Cheap to clone; clones share what they have read, and read again what has changed since.
#[derive(Clone, Debug)]
pub struct Shelf {
    places: Arc<Places>,
    cache: Arc<Mutex<Option<Cache>>>,
}

impl Shelf {
    /// How many versions of a plugin are remembered for a rollback.
    pub const PREVIOUS: usize = 5;

    /// The shelf of a workspace, by its root. Nothing is read or made yet.
    pub fn of(root: &Path) -> Self {
        Shelf { places: Arc::new(Places::of(root)), cache: Arc::default() }
    }

    /// Everything that is installed and can be told about, by id. The rest is in [`Shelf::broken`].
    ///
    /// # Errors
    /// [`ShelfError`]: the lock, the grants or the state cannot be used.
    pub fn all(&self) -> Result<Vec<Installed>, ShelfError> {
        let now = self.usable()?;
        Ok(now.lock.iter().filter_map(|entry| self.installed(&now, entry).ok()).collect())
    }

    /// What is locked and has neither its manifest nor its bytes here, each with why: it cannot be loaded.
    ///
    /// # Errors
    /// [`ShelfError`]: the lock, the grants or the state cannot be used.
    pub fn broken(&self) -> Result<Vec<(LockEntry, ShelfError)>, ShelfError> {
        let now = self.usable()?;
        let broken = |entry: &LockEntry| Some((entry.clone(), self.installed(&now, entry).err()?));
        Ok(now.lock.iter().filter_map(broken).collect())
    }

    /// An installed plugin; nothing when none has this id.
    ///
    /// # Errors
    /// [`ShelfError`]: the lock, the grants or the state cannot be used, or there is neither its manifest nor its bytes.
    pub fn get(&self, id: &PluginId) -> Result<Option<Installed>, ShelfError> {
        let now = self.read()?;
        now.lock.get(id).map(|entry| self.installed(&now, entry)).transpose()
    }

    /// The bytes of an installed plugin, if they are what is locked: digest, id, version, manifest hash and worlds. These bytes are the ones to
    /// load; a file that is read again may be another one.
    ///
    /// # Errors
    /// [`ShelfError::Store`] or [`ShelfError::Lock`].
    pub fn bytes(&self, installed: &Installed) -> Result<Vec<u8>, ShelfError> {
        let bytes = self.places.components.get(&installed.entry.sha256)?;
        installed.entry.check(&bytes, &PackageLimits::default(), &host_version())?;
        Ok(bytes)
    }

    /// Whether a plugin whose bytes have this digest is what is locked now: the check for what comes from a cache.
    ///
    /// # Errors
    /// [`ShelfError::Lock`].
    pub fn check_digest(&self, id: &PluginId, found: &Sha256) -> Result<(), ShelfError> {
        self.read()?.lock.check_digest(id, found)?;
        Ok(())
    }

    /// What an installed plugin is granted at this moment, as far as it asks for it; nothing where nobody has decided yet. To be asked at every
    /// call. For a version that has been replaced meanwhile, what it is granted still.
    ///
    /// # Errors
    /// [`ShelfError`]: the files cannot be used, or the grant was changed past the host.
    pub fn granted(&self, installed: &Installed) -> Result<Option<Rights>, ShelfError> {
        let now = self.read()?;
        let granted = now.granted(&installed.entry.id, &installed.entry.sha256)?;
        Ok(granted.map(|granted| Rights::asked_by(&installed.manifest).and(granted)))
    }

    /// Look a plugin's bytes through, without installing them.
    ///
    /// # Errors
    /// [`ShelfError::Package`] or [`ShelfError::Fit`].
    pub fn inspect(&self, bytes: &[u8]) -> Result<Inspection, ShelfError> {
        let mut inspection = Inspection::of(bytes)?;
        if let Ok(now) = self.read()
            && let Ok(Some(granted)) = now.granted(&inspection.manifest.id, &inspection.package.digest)
        {
            inspection.show_granted(granted);
        }
        Ok(inspection)
    }

    /// What can be read only when all three files are as the host writes them.
    fn usable(&self) -> Result<Arc<Snapshot>, ShelfError> {
        let now = self.read()?;
        now.book()?;
        now.state()?;
        Ok(now)
    }

    fn read(&self) -> Result<Arc<Snapshot>, ShelfError> {
        snapshot::read(&self.places, &self.cache)
    }

    fn installed(&self, now: &Snapshot, entry: &LockEntry) -> Result<Installed, ShelfError> {
        let manifest = self.places.manifest(entry)?;
        let known = now.state()?.of(&entry.id);
        let (granted, grant_changed) = match now.granted(&entry.id, &entry.sha256) {
            Ok(granted) => (granted.cloned(), false),
            Err(ShelfError::Lock(_)) => (None, true),
            Err(error) => return Err(error),
        };
        let held = known.held.filter(|held| held.sha256 != entry.sha256);
        let held = held.and_then(|held| self.held(entry, &manifest, granted.as_ref(), held));
        Ok(Installed {
            manifest,
            granted,
            grant_changed,
            disabled: known.disabled,
            held,
            previous: known.previous.into_iter().filter(|old| old.sha256 != entry.sha256).collect(),
            entry: entry.clone(),
        })
    }

    /// A held update with what it asks for beyond its predecessor; nothing when its files are gone, which `verify` tells.
    fn held(
        &self,
        old: &LockEntry,
        manifest: &Manifest,
        granted: Option<&Rights>,
        entry: LockEntry,
    ) -> Option<Held> {
        let now = self.places.manifest(&entry).ok()?;
        let diff = UpdateDiff::of(manifest, granted.unwrap_or(&Rights::none()), &now)
            .with_worlds(&old.worlds, &entry.worlds);
        Some(Held { entry, manifest: now, diff })
    }
}

#[cfg(test)]
mod tests;
