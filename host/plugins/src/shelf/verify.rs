//! Holding everything that is installed against what was locked.

use std::fmt;

use super::{Shelf, ShelfError, snapshot::Snapshot};
use crate::{LockEntry, PackageLimits, PluginId, host_version};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The plugin; nothing where it is about a file of all of them.
    pub id: Option<PluginId>,
    /// Whether it keeps a plugin from being loaded.
    pub weight: Weight,
    /// What is the matter, with what to do about it. Strangers' texts in it are escaped.
    pub what: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The plugin, or every one, is not loaded.
    Refused,
    /// Everything is loaded, but something is missing.
    Note,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Shelf {
    /// Everything that is not as it should be, of all plugins at once. Reads every byte of all of them.
    pub fn verify(&self) -> Vec<Finding> {
        let now = match self.read() {
            Ok(now) => now,
            Err(error) => return vec![refused(None, &error)],
        };
        let files = now.book().err().into_iter().chain(now.state().err()).map(|error| refused(None, &error));
        let mut findings: Vec<_> = files.collect();
        for entry in now.lock.iter() {
            self.verify_one(&now, entry, &mut findings);
        }
        findings
    }

    fn verify_one(&self, now: &Snapshot, entry: &LockEntry, findings: &mut Vec<Finding>) {
        let id = Some(&entry.id);
        match self.as_locked(entry) {
            Ok(()) => {}
            Err(ShelfError::Store(error)) => {
                let (id, from) = (&entry.id, &entry.source);
                let what = format!(
                    "`{id}` cannot be loaded: {error}; install it anew (it came from {from}), or `amatelier plugin rollback {id}`"
                );
                findings.push(Finding { id: Some(id.clone()), weight: Weight::Refused, what });
            }
            Err(error) => findings.push(refused(id, &error)),
        }
        if let Err(error) = self.places.manifest_copy(entry) {
            findings.push(note(id, error.to_string()));
        }
        // What is wrong with the whole of a file has been said.
        let (Ok(book), Ok(state)) = (now.book(), now.state()) else { return };
        match now.granted(&entry.id, &entry.sha256) {
            Err(error) => findings.push(refused(id, &error)),
            Ok(None) if entry.grant.is_some() => findings.push(note(
                id,
                format!(
                    "amatelier.lock remembers a grant for `{0}` that was not made here: look at `amatelier plugin show {0}`, then grant or revoke",
                    entry.id
                ),
            )),
            Ok(_) => {}
        }
        let known = state.of(&entry.id);
        let kept = known.previous.iter().map(|old| ("go back to", old));
        let kept = kept.chain(known.held.iter().map(|held| ("accept", held)));
        for (what, other) in kept.filter(|(_, other)| other.sha256 != entry.sha256) {
            if let Err(error) = self.as_locked(other) {
                let version = &other.version;
                findings.push(note(id, format!("`{}` cannot {what} version {version}: {error}", entry.id)));
            }
        }
        let strays = book.iter().filter(|(id, digest, _)| {
            **id == entry.id
                && **digest != entry.sha256
                && known.previous.iter().all(|old| old.sha256 != **digest)
        });
        findings.extend(strays.map(|(_, digest, _)| {
            let what = format!("there is a grant for bytes of `{}` that are not installed, {digest}: nothing has it, and the next change forgets it", entry.id);
            note(id, what)
        }));
    }

    fn as_locked(&self, entry: &LockEntry) -> Result<(), ShelfError> {
        let bytes = self.places.components.get(&entry.sha256)?;
        entry.check(&bytes, &PackageLimits::default(), &host_version())?;
        Ok(())
    }
}

fn refused(id: Option<&PluginId>, error: &ShelfError) -> Finding {
    Finding { id: id.cloned(), weight: Weight::Refused, what: error.to_string() }
}

fn note(id: Option<&PluginId>, what: String) -> Finding {
    Finding { id: id.cloned(), weight: Weight::Note, what }
}
