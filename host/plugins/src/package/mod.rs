//! What a plugin really is: a `.wasm` file read from the outside.
//!
//! The bytes come from strangers. No size that they state is believed, no count is allocated for, and everything that could grow has a
//! bound ([`PackageLimits`]). Nested modules and components are walked for their form only: how deep types are nested is checked in all
//! of them, because the compiler's own reader descends without counting (`docs/decisions/0013`). Code is not looked at; whether it is
//! valid is for the compiler to say. What a bit that flipped inside of code changes is the digest, which the lock remembers.

mod embed;
mod error;
mod extern_name;
mod limits;
mod metadata;
mod sections;
mod types;

use semver::Version;

use amatelier_types::Sha256;

pub use self::{
    embed::embed,
    error::PackageError,
    extern_name::{ExternName, InterfaceName},
    limits::PackageLimits,
    metadata::{Metadata, Producer},
};
use crate::Manifest;

/// A component and everything that is known of it without running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// How many bytes it has.
    pub bytes: usize,
    /// The SHA-256 of all of them.
    pub digest: Sha256,
    /// What tools and authors wrote into it.
    pub metadata: Metadata,
    /// What it needs, in its order.
    pub imports: Vec<Import>,
    /// What it offers, in its order.
    pub exports: Vec<ExternName>,
    manifest: Option<Vec<u8>>,
}

/// Something that a component imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// What.
    pub name: ExternName,
    /// The functions of it that are used, sorted; empty where only types are, or where it is no interface.
    pub functions: Vec<String>,
}

impl Package {
    /// Read a component.
    ///
    /// # Errors
    /// [`PackageError`]: it is too large, broken, cut off, no component, or holds something beyond all bounds.
    pub fn read(bytes: &[u8], limits: &PackageLimits) -> Result<Self, PackageError> {
        sections::read(bytes, limits)
    }

    /// Whether it says anything about itself: a component that is named by its path need not.
    pub fn has_manifest(&self) -> bool {
        self.manifest.is_some()
    }

    /// What it says about itself.
    ///
    /// # Errors
    /// [`PackageError::NoManifest`] or [`PackageError::Manifest`].
    pub fn manifest(&self, host: &Version) -> Result<Manifest, PackageError> {
        let manifest = self.manifest.as_deref().ok_or(PackageError::NoManifest)?;
        Manifest::of_json(manifest, host).map_err(PackageError::Manifest)
    }
}

#[cfg(test)]
pub(crate) mod tests;
