//! Component bytes by their digest, so that a debate can be resumed, replayed and verified with what it was held with.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use amatelier_types::Sha256;

use crate::{FileError, PackageLimits, regular_file};

/// A folder of files named `<sha256>.wasm`, each written once, by rename.
#[derive(Clone, Debug)]
pub struct ComponentStore {
    folder: PathBuf,
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be read or written.
    #[error("the component store cannot use {path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The bytes are not there (any more).
    #[error("component {hash} is not in the component store ({path} is missing)")]
    Missing {
        /// The component.
        hash: Sha256,
        /// Where it should be.
        path: PathBuf,
    },
    /// The bytes are not what they were.
    #[error("component {hash} is damaged: {path} holds other bytes than were stored")]
    Damaged {
        /// The component.
        hash: Sha256,
        /// Where it is.
        path: PathBuf,
    },
}

impl ComponentStore {
    /// A store in a folder, which is made when something is first put in.
    pub fn new(folder: PathBuf) -> Self {
        ComponentStore { folder }
    }

    /// Keep some bytes.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn put(&self, bytes: &[u8]) -> Result<Sha256, StoreError> {
        let hash = Sha256::of(bytes);
        let path = self.path(&hash);
        if !path.exists() {
            self.write(&path, bytes).map_err(|source| StoreError::Io { path, source })?;
        }
        Ok(hash)
    }

    /// Keep some bytes, in the place of a file that is damaged, too. Reads what is there.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn restore(&self, bytes: &[u8]) -> Result<Sha256, StoreError> {
        let hash = Sha256::of(bytes);
        if self.get(&hash).is_err() {
            let path = self.path(&hash);
            self.write(&path, bytes).map_err(|source| StoreError::Io { path, source })?;
        }
        Ok(hash)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(bytes)?;
        // An event that names these bytes may be durable before the next crash, so they must be, too.
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }

    /// The bytes of a component, checked.
    ///
    /// # Errors
    /// [`StoreError`], each with the file it is about.
    pub fn get(&self, hash: &Sha256) -> Result<Vec<u8>, StoreError> {
        let path = self.path(hash);
        match regular_file::read(&path, PackageLimits::COMPONENT_BYTES) {
            Ok(bytes) if Sha256::of(&bytes) == *hash => Ok(bytes),
            Ok(_) => Err(StoreError::Damaged { hash: *hash, path }),
            Err(FileError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Missing { hash: *hash, path })
            }
            Err(FileError::Io { source, .. }) => Err(StoreError::Io { path, source }),
            Err(FileError::NotAFile { .. } | FileError::TooLarge { .. }) => {
                Err(StoreError::Damaged { hash: *hash, path })
            }
        }
    }

    fn path(&self, hash: &Sha256) -> PathBuf {
        self.folder.join(format!("{hash}.wasm"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out_unless_somebody_touched_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = ComponentStore::new(folder.path().join("components"));
        let hash = store.put(b"bytes").unwrap();
        assert_eq!(store.put(b"bytes").unwrap(), hash);
        assert_eq!(store.get(&hash).unwrap(), b"bytes");
        assert!(matches!(store.get(&Sha256::of(b"other")), Err(StoreError::Missing { .. })));
        fs::write(store.path(&hash), b"bites").unwrap();
        assert!(matches!(store.get(&hash), Err(StoreError::Damaged { .. })));
        assert_eq!(store.restore(b"bytes").unwrap(), hash);
        assert_eq!(store.get(&hash).unwrap(), b"bytes");
        let huge = fs::File::options().write(true).open(store.path(&hash)).unwrap();
        huge.set_len(PackageLimits::COMPONENT_BYTES as u64 + 1).unwrap();
        assert!(matches!(store.get(&hash), Err(StoreError::Damaged { .. })));
    }
}
