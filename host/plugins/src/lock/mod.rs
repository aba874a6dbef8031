//! Which bytes are installed under which id, and what they were when they were: `amatelier.lock`.
//!
//! The lock is checked at every load, from a cache, too: first the digest of the bytes, which is all that a cache needs, and where the
//! bytes are at hand what they hold. Whatever is not as it was is an error that names the entry; nothing is mended on the way.

mod check;
mod entry;
mod error;
mod source;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

pub use self::{
    check::Checked,
    entry::LockEntry,
    error::LockError,
    source::{BadSource, Source},
};
use crate::{
    PluginId, Rights,
    document::{Fields, Problems, Value, read_toml},
    host_file,
};

/// The installed plugins, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(BTreeMap<PluginId, LockEntry>);

const HEAD: &str = "# What is installed. Written by `amatelier plugin`; `amatelier plugin verify` holds it against the files.\n";

impl Lock {
    /// Read the file; without one nothing is installed.
    ///
    /// # Errors
    /// [`LockError`]; of a file that is damaged anywhere nothing is taken.
    pub fn read(path: &Path) -> Result<Self, LockError> {
        host_file::read(path)?.map_or_else(|| Ok(Lock::default()), |text| Self::parse(&text))
    }

    /// The entry of a plugin.
    pub fn get(&self, id: &PluginId) -> Option<&LockEntry> {
        self.0.get(id)
    }

    /// Lock a plugin; gives what was locked under its id before.
    pub fn insert(&mut self, entry: LockEntry) -> Option<LockEntry> {
        self.0.insert(entry.id.clone(), entry)
    }

    /// Forget a plugin; gives what was locked.
    pub fn remove(&mut self, id: &PluginId) -> Option<LockEntry> {
        self.0.remove(id)
    }

    /// Remember what a plugin is granted now; whoever changes a grant does this next. Between the two the plugin is not loaded, so a crash
    /// there costs another `grant` and no more. Whether the plugin is locked.
    pub fn remember_grant(&mut self, id: &PluginId, granted: Option<&Rights>) -> bool {
        let entry = self.0.get_mut(id);
        entry.map(|entry| entry.grant = granted.map(Rights::hash)).is_some()
    }

    /// All entries, by id.
    pub fn iter(&self) -> impl Iterator<Item = &LockEntry> {
        self.0.values()
    }

    /// The file's text: sorted, so that the same plugins always read the same.
    pub fn to_toml(&self) -> String {
        let mut text = format!("{HEAD}schema = 1\n");
        for entry in self.0.values() {
            // Writing into a text cannot fail.
            let _ = write!(text, "\n[[plugin]]\n{entry}");
        }
        text
    }

    /// The lock in a file's text.
    ///
    /// # Errors
    /// [`LockError::Problems`]: all of them, by line.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let node = read_toml(text).map_err(LockError::Problems)?;
        let problems = Problems::default();
        let mut lock = Lock::default();
        if let Some(top) = Fields::of(&node, "", &["schema", "plugin"], &problems) {
            if let Some(schema) = top.needed("schema", "schema = 1")
                && schema.value != Value::Whole(1)
            {
                let what = "`schema` is not one that this host reads";
                problems.add(&schema.place, what, "use the host that wrote it");
            }
            for node in top.perhaps_list("plugin", usize::MAX).unwrap_or_default() {
                let Some(entry) = LockEntry::read(node, &problems) else { continue };
                let id = entry.id.clone();
                if lock.insert(entry).is_some() {
                    problems.add(
                        &node.place,
                        format!("`{id}` is locked twice"),
                        "leave the entry that you meant",
                    );
                }
            }
        }
        problems.found().map_or(Ok(lock), |found| Err(LockError::Problems(found)))
    }
}

#[cfg(test)]
mod tests;
