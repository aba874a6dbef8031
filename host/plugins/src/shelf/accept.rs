//! Taking an update that was held.

use amatelier_types::Sha256;

use super::{Installation, Shelf, ShelfError, grant::within};
use crate::{PackageLimits, PluginId, Rights, UpdateDiff, host_version};

impl Shelf {
    /// Put the held update with these bytes in the place of the version that runs. It may do what that one may, as far as it asks for it, and what is granted
    /// here; whatever else it asks for is refused from now on.
    ///
    /// # Errors
    /// [`ShelfError::NothingHeld`], [`ShelfError::OtherHeld`] where another one was put in its place since the operator looked at it,
    /// [`ShelfError::NotAsked`], or its bytes are not what was held.
    pub fn accept(
        &self,
        id: &PluginId,
        shown: &Sha256,
        grants: Option<&Rights>,
    ) -> Result<Installation, ShelfError> {
        self.change(|places, draft| {
            let old = draft.entry(id)?;
            let held = draft.known(id).held.clone();
            let held = held.ok_or_else(|| ShelfError::NothingHeld { id: id.clone() })?;
            if held.sha256 != *shown {
                return Err(ShelfError::OtherHeld { id: id.clone(), version: held.version });
            }
            let bytes = places.components.get(&held.sha256)?;
            let manifest = held.check(&bytes, &PackageLimits::default(), &host_version())?.manifest;
            let given = grants.map(|given| within(&manifest, given)).transpose()?.unwrap_or_default();
            let granted =
                Rights::asked_by(&manifest).and(&draft.granted(&old).unwrap_or_default().or(&given));
            let mut before = manifest.clone();
            if let Ok(old) = places.manifest(&old) {
                before = old;
            }
            let diff = UpdateDiff::of(&before, &granted, &manifest).with_worlds(&old.worlds, &held.worlds);
            places.keep(&bytes, &manifest)?;
            draft.switch_to(held, Some(&granted));
            Ok(Installation::Updated { from: old.version, diff })
        })
    }

    /// Forget a held update; gives whether there was one.
    ///
    /// # Errors
    /// [`ShelfError::NotInstalled`], or the files cannot be used.
    pub fn refuse(&self, id: &PluginId) -> Result<bool, ShelfError> {
        self.change(|_, draft| {
            draft.entry(id)?;
            Ok(draft.known(id).held.take().is_some())
        })
    }
}
