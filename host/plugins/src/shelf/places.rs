//! Where everything of a shelf is, and what is kept there by its hash.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use amatelier_types::Sha256;

use super::ShelfError;
use crate::{
    ComponentStore, FileError, LockEntry, Manifest, PackageLimits, host_file, host_version, regular_file,
};

/// The paths of a workspace that the shelf uses.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) lock: PathBuf,
    pub(super) grants: PathBuf,
    pub(super) state: PathBuf,
    manifests: PathBuf,
    /// The name beside which the file stands that one process at a time holds.
    pub(super) held: PathBuf,
    pub(super) components: ComponentStore,
    /// How many files may be written until the test's process dies.
    #[cfg(test)]
    pub(super) writes_left: std::sync::atomic::AtomicUsize,
}

impl Places {
    pub(super) fn of(root: &Path) -> Self {
        let plugins = root.join("plugins");
        Places {
            lock: root.join("amatelier.lock"),
            grants: plugins.join("grants.toml"),
            state: plugins.join("state.toml"),
            manifests: plugins.join("manifests"),
            held: plugins.join("shelf"),
            components: ComponentStore::new(root.join("components")),
            #[cfg(test)]
            writes_left: usize::MAX.into(),
        }
    }

    /// Keep bytes and manifest, in the place of whatever is there and is something else.
    pub(super) fn keep(&self, bytes: &[u8], manifest: &Manifest) -> Result<(), ShelfError> {
        self.components.restore(bytes)?;
        let (path, text) = (self.manifest_path(&manifest.hash()), manifest.to_json());
        if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
            return Ok(());
        }
        Ok(host_file::write(&path, &text)?)
    }

    /// What a locked plugin says about itself: the copy that lies ready, or where that is not what is locked, the one in its bytes.
    pub(super) fn manifest(&self, entry: &LockEntry) -> Result<Manifest, ShelfError> {
        if let Ok(manifest) = self.manifest_copy(entry) {
            return Ok(manifest);
        }
        let bytes = self.components.get(&entry.sha256)?;
        Ok(entry.check(&bytes, &PackageLimits::default(), &host_version())?.manifest)
    }

    /// The copy of a manifest, if it is what is locked.
    pub(super) fn manifest_copy(&self, entry: &LockEntry) -> Result<Manifest, ShelfError> {
        let path = self.manifest_path(&entry.manifest);
        let bad = |why: String| ShelfError::ManifestCopy { id: entry.id.clone(), path: path.clone(), why };
        let bytes = match regular_file::read(&path, Manifest::BYTES) {
            Ok(bytes) => bytes,
            Err(FileError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Err(bad("is missing".into()));
            }
            Err(error) => return Err(bad(format!("cannot be used: {error}"))),
        };
        if Sha256::of(&bytes) != entry.manifest {
            return Err(bad("holds something else than amatelier.lock remembers".into()));
        }
        let manifest = Manifest::of_json(&bytes, &host_version())
            .map_err(|error| bad(format!("is no manifest: {error}")))?;
        if manifest.id != entry.id || manifest.version != entry.version {
            return Err(bad(format!("is that of {} {}", manifest.id, manifest.version)));
        }
        Ok(manifest)
    }

    /// Where a test may let a change end.
    #[cfg(test)]
    pub(super) fn may_die(&self) -> Result<(), ShelfError> {
        use std::sync::atomic::Ordering::Relaxed;
        let left = self
            .writes_left
            .load(Relaxed)
            .checked_sub(1)
            .ok_or(crate::HostFileError::Io { path: "died".into(), source: io::Error::other("died") })?;
        self.writes_left.store(left, Relaxed);
        Ok(())
    }

    fn manifest_path(&self, hash: &Sha256) -> PathBuf {
        self.manifests.join(format!("{hash}.json"))
    }
}
