//! Which bundled documents lie in the workspace as they were laid down: a list of hashes, `agents/.seeds.toml`.
//!
//! A document whose hash is the recorded one was never edited, and may be brought up to date. One that differs, or that no record
//! knows, is taken for somebody's work.

use std::{collections::BTreeMap, path::Path};

use amatelier_types::Sha256;

use crate::{BadFile, Problem, file};

/// The file, in the folder of the personas.
const NAME: &str = ".seeds.toml";

/// Paths below the folder of the personas, and the hash of what was written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeedRecord(BTreeMap<String, Sha256>);

impl SeedRecord {
    /// The record of a folder; empty where there is none.
    pub(crate) fn read(agents: &Path) -> Result<Self, BadFile> {
        let path = agents.join(NAME);
        let text = match file::read(&path, file::LIMIT) {
            Ok(text) => text,
            Err(BadFile { problem: Problem::Missing, .. }) => return Ok(SeedRecord::default()),
            Err(bad) => return Err(bad),
        };
        let hashes = toml::from_str(&text);
        hashes.map(SeedRecord).map_err(|error| BadFile::new(path, Problem::Toml(error.to_string())))
    }

    /// Write it, if there is anything to write.
    pub(crate) fn write(&self, agents: &Path) -> Result<(), BadFile> {
        if self.0.is_empty() {
            return Ok(());
        }
        let path = agents.join(NAME);
        let lines = toml::to_string(&self.0)
            .map_err(|error| BadFile::new(&path, Problem::Toml(error.to_string())))?;
        let text = format!(
            "# What the bundled documents were when they were written here. `refresh-seeds` updates those that nobody edited since.\n{lines}"
        );
        file::write(&path, text.as_bytes())
    }

    /// Remember what was written.
    pub(crate) fn note(&mut self, path: &str, contents: &[u8]) {
        self.0.insert(path.to_owned(), Sha256::of(contents));
    }

    /// Forget what is gone with a persona's folder.
    pub(crate) fn forget(&mut self, name: &str) {
        let prefix = format!("{name}/");
        self.0.retain(|path, _| !path.starts_with(&prefix));
    }

    /// Whether this is what was once written there.
    pub(crate) fn is_untouched(&self, path: &str, contents: &[u8]) -> bool {
        self.0.get(path) == Some(&Sha256::of(contents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_known_again_until_it_is_edited_or_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(SeedRecord::read(folder.path()).unwrap(), SeedRecord::default());
        let mut record = SeedRecord::default();
        record.note("elena/identity.md", b"I am");
        record.write(folder.path()).unwrap();
        let mut record = SeedRecord::read(folder.path()).unwrap();
        assert!(record.is_untouched("elena/identity.md", b"I am"));
        assert!(!record.is_untouched("elena/identity.md", b"I was"));
        assert!(!record.is_untouched("marcus/identity.md", b"I am"));
        record.forget("elena");
        assert!(!record.is_untouched("elena/identity.md", b"I am"));
    }
}
