//! What can be told about a plugin's bytes before anything is done with them.

use super::ShelfError;
use crate::{Agreement, Manifest, Package, PackageLimits, PermissionSheet, Rights, host_version};

/// A plugin that has been looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// What it is.
    pub package: Package,
    /// What it says about itself.
    pub manifest: Manifest,
    /// That the two fit, and fit this host.
    pub agreement: Agreement,
    /// What its operator is shown.
    pub sheet: PermissionSheet,
}

impl Inspection {
    /// Look some bytes through; nothing is granted to them.
    ///
    /// # Errors
    /// [`ShelfError::Package`] or [`ShelfError::Fit`].
    pub fn of(bytes: &[u8]) -> Result<Self, ShelfError> {
        let package = Package::read(bytes, &PackageLimits::default())?;
        let manifest = package.manifest(&host_version())?;
        let agreement = Agreement::of(&manifest, &package)
            .map_err(|error| ShelfError::Fit { id: manifest.id.clone(), error })?;
        let sheet = PermissionSheet::of(&manifest, &package, &agreement, &Rights::none());
        Ok(Inspection { package, manifest, agreement, sheet })
    }

    /// Let the sheet say what is granted to these bytes.
    pub(super) fn show_granted(&mut self, granted: &Rights) {
        let effective = Rights::effective(&self.manifest, Some(granted), &Rights::all());
        self.sheet = PermissionSheet::of(&self.manifest, &self.package, &self.agreement, &effective);
    }
}
