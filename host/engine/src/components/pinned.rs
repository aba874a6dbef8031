//! Components as debates pinned them: by their bytes.

use std::sync::{Arc, PoisonError};

use amatelier_bundle::World;
use amatelier_plugins::{Manifest, Package, PackageLimits, host_version};
use amatelier_runtime::Component;
use amatelier_types::Sha256;

use super::{ComponentError, Components, Wanted};

impl Components {
    /// The component with these bytes.
    pub(crate) async fn pinned(&self, world: World, hash: &Sha256) -> Result<Component, ComponentError> {
        if let Some(component) = self.compiled(*hash).get() {
            return Ok(component.clone());
        }
        let bytes = self.inner.store.get(hash)?;
        self.compile(world, hash.short(), bytes, Wanted::Now).await
    }

    /// What these bytes say about themselves; none where they say nothing that this host understands.
    pub(crate) fn manifest(&self, hash: &Sha256) -> Result<Option<Arc<Manifest>>, ComponentError> {
        let manifests = || self.inner.manifests.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = manifests().get(hash) {
            return Ok(known.clone());
        }
        let bytes = self.inner.store.get(hash)?;
        let package = Package::read(&bytes, &PackageLimits::default()).ok();
        let manifest = package.and_then(|package| package.manifest(&host_version()).ok()).map(Arc::new);
        manifests().insert(*hash, manifest.clone());
        Ok(manifest)
    }
}
