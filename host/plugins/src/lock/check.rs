//! Holding what is there against what is locked.

use amatelier_types::Sha256;
use semver::Version;

use super::{Lock, LockEntry, LockError};
use crate::{Agreement, GrantBook, Manifest, Package, PackageLimits, PluginId, Rights};

/// A plugin that is what the lock says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it says about itself.
    pub manifest: Manifest,
    /// What it is.
    pub package: Package,
    /// That the two fit.
    pub agreement: Agreement,
}

impl Lock {
    /// The entry of a plugin whose bytes have this digest: the check for what comes from a cache, where the digest is the key.
    ///
    /// # Errors
    /// [`LockError::NotLocked`] or [`LockError::Bytes`].
    pub fn check_digest(&self, id: &PluginId, found: &Sha256) -> Result<&LockEntry, LockError> {
        let entry = self.get(id).ok_or_else(|| LockError::NotLocked { id: id.clone() })?;
        if entry.sha256 == *found {
            Ok(entry)
        } else {
            Err(LockError::Bytes { id: id.clone(), locked: entry.sha256, found: *found })
        }
    }

    /// Read a plugin's bytes, if they are what is locked. The bytes that were checked are the ones to load: a file that is read again may
    /// be another one.
    ///
    /// # Errors
    /// [`LockError`], with the entry's id.
    pub fn check(
        &self,
        id: &PluginId,
        bytes: &[u8],
        limits: &PackageLimits,
        host: &Version,
    ) -> Result<Checked, LockError> {
        let entry = self.get(id).ok_or_else(|| LockError::NotLocked { id: id.clone() })?;
        entry.check(bytes, limits, host)
    }

    /// What a locked plugin is granted, if that is what the lock remembers. Nothing where nobody has decided yet, and nothing where the
    /// lock remembers a grant that is not in the book: it came from another machine, and grants are never taken from a lock.
    ///
    /// # Errors
    /// [`LockError::NotLocked`] or [`LockError::Grant`].
    pub fn granted<'a>(&self, id: &PluginId, book: &'a GrantBook) -> Result<Option<&'a Rights>, LockError> {
        let entry = self.get(id).ok_or_else(|| LockError::NotLocked { id: id.clone() })?;
        let granted = book.of(id, &entry.sha256);
        if granted.is_none() || granted.map(Rights::hash) == entry.grant {
            Ok(granted)
        } else {
            Err(LockError::Grant { id: id.clone() })
        }
    }
}

impl LockEntry {
    /// Read a plugin's bytes, if they are what this entry says.
    ///
    /// # Errors
    /// [`LockError`], with the entry's id.
    pub fn check(&self, bytes: &[u8], limits: &PackageLimits, host: &Version) -> Result<Checked, LockError> {
        let (entry, id) = (self, &self.id);
        let found = Sha256::of(bytes);
        if entry.sha256 != found {
            return Err(LockError::Bytes { id: id.clone(), locked: entry.sha256, found });
        }
        let of_package = |error| LockError::Package { id: id.clone(), error: Box::new(error) };
        let package = Package::read(bytes, limits).map_err(of_package)?;
        let manifest = package.manifest(host).map_err(of_package)?;
        let agreement =
            Agreement::of(&manifest, &package).map_err(|error| LockError::Fit { id: id.clone(), error })?;
        let worlds =
            |entry: &LockEntry| entry.worlds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let there = LockEntry::of(&manifest, &package, &agreement, entry.source.clone(), None);
        for (what, locked, found) in [
            ("id", entry.id.to_string(), there.id.to_string()),
            ("version", entry.version.to_string(), there.version.to_string()),
            ("manifest hash", entry.manifest.to_string(), there.manifest.to_string()),
            ("list of worlds", worlds(entry), worlds(&there)),
        ] {
            if locked != found {
                return Err(LockError::Entry { id: id.clone(), what, locked, found });
            }
        }
        Ok(Checked { manifest, package, agreement })
    }
}
