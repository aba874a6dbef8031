//! Changing a shelf: one process at a time, in an order that can end anywhere.
//!
//! A change works on a draft and decides everything before anything is written; bytes and manifest alone are kept earlier, under their
//! hashes, where nobody looks for them yet. Then come, each written as a whole and only if it differs:
//!
//! 1. the state, with what either side of the change needs: nothing is forgotten yet, and a grant that will change is announced;
//! 2. the grants, with those of the old bytes and the new ones;
//! 3. the lock: from here on it is the new plugin;
//! 4. the grants and the state without what is no longer needed.
//!
//! What a reader finds after any of them is the old plugin or the new one. What a change did not get to is done by the next one before its
//! own work.

use super::{
    Shelf, ShelfError,
    places::Places,
    snapshot::Snapshot,
    state::{Granting, Known, State},
};
use crate::{GrantBook, Lock, LockEntry, PluginId, Rights, host_file};

/// Lock, grants and state as they shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) lock: Lock,
    pub(super) book: GrantBook,
    pub(super) state: State,
}

impl Shelf {
    /// Make a change, while every other process is kept out.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&Places, &mut Draft) -> Result<T, ShelfError>,
    ) -> Result<T, ShelfError> {
        let _held = host_file::hold(&self.places.held)?;
        let found = Snapshot::read(&self.places)?;
        let found =
            Draft { lock: found.lock.clone(), book: found.book()?.clone(), state: found.state()?.clone() };
        // What a change before this one did not get to comes first, whatever becomes of this one.
        let mut before = found.clone();
        before.settle();
        before.sweep();
        self.write(&found, &before)?;
        let mut after = before.clone();
        let said = change(&self.places, &mut after)?;
        after.sweep();
        self.write(&before, &after)?;
        Ok(said)
    }

    fn write(&self, before: &Draft, after: &Draft) -> Result<(), ShelfError> {
        if before == after {
            return Ok(());
        }
        let both = Draft::between(before, after);
        let (state_of_both, book_of_both) = (both.state.to_toml(), both.book.to_toml());
        for (path, old, new) in [
            (&self.places.state, &before.state.to_toml(), &state_of_both),
            (&self.places.grants, &before.book.to_toml(), &book_of_both),
            (&self.places.lock, &before.lock.to_toml(), &after.lock.to_toml()),
            (&self.places.grants, &book_of_both, &after.book.to_toml()),
            (&self.places.state, &state_of_both, &after.state.to_toml()),
        ] {
            if old != new {
                #[cfg(test)]
                self.places.may_die()?;
                host_file::write(path, new)?;
            }
        }
        Ok(())
    }
}

impl Draft {
    /// What a plugin's locked bytes are granted, as far as the lock knows of it: what was changed past the host counts as nothing.
    pub(super) fn granted(&self, entry: &LockEntry) -> Option<Rights> {
        self.lock.granted(&entry.id, &self.book).ok().flatten().cloned()
    }

    /// The entry of a plugin that must be there.
    pub(super) fn entry(&self, id: &PluginId) -> Result<LockEntry, ShelfError> {
        self.lock.get(id).cloned().ok_or_else(|| ShelfError::NotInstalled { id: id.clone() })
    }

    /// What is remembered of a plugin, to be changed.
    pub(super) fn known(&mut self, id: &PluginId) -> &mut Known {
        self.state.0.entry(id.clone()).or_default()
    }

    /// Decide what a plugin's locked bytes may do.
    pub(super) fn grant(&mut self, entry: &LockEntry, granted: &Rights) {
        self.book.set(&entry.id, &entry.sha256, granted);
        self.lock.remember_grant(&entry.id, Some(granted));
    }

    /// Finish changes of grants that were announced and written, and did not get to the lock.
    fn settle(&mut self) {
        for (id, known) in &mut self.state.0 {
            let Some(Granting { sha256, grant }) = known.granting.take() else { continue };
            let granted = self.book.of(id, &sha256).filter(|granted| granted.hash() == grant);
            if let Some(granted) = granted
                && self.lock.get(id).is_some_and(|entry| entry.sha256 == sha256)
            {
                self.lock.remember_grant(id, Some(granted));
            }
        }
    }

    /// Forget what belongs to nothing that is installed, and versions that are too long ago.
    fn sweep(&mut self) {
        self.state.0.retain(|id, _| self.lock.get(id).is_some());
        for (id, known) in &mut self.state.0 {
            let locked = self.lock.get(id).map(|entry| entry.sha256);
            known.previous.retain(|old| Some(old.sha256) != locked);
            known.previous.truncate(Shelf::PREVIOUS);
            known.held.take_if(|held| Some(held.sha256) == locked);
        }
        self.state.0.retain(|_, known| *known != Known::default());
        let (lock, state) = (&self.lock, &self.state);
        self.book.retain(|id, digest| {
            let previous = state.0.get(id).into_iter().flat_map(|known| &known.previous);
            lock.get(id).into_iter().chain(previous).any(|entry| entry.sha256 == *digest)
        });
    }

    /// What serves readers of the old lock and of the new one.
    fn between(before: &Draft, after: &Draft) -> Draft {
        let mut both = after.clone();
        for (id, digest, rights) in before.book.iter() {
            if both.book.of(id, digest).is_none() {
                both.book.set(id, digest, rights);
            }
        }
        for entry in before.lock.iter() {
            let old = before.state.of(&entry.id);
            let known = both.known(&entry.id);
            // Putting aside and taking up change nothing else; beside anything else, what was put aside stays so.
            if before.lock != after.lock {
                known.disabled |= old.disabled;
            }
            known.held = known.held.take().or(old.held);
            for old in old.previous {
                if !known.previous.contains(&old) {
                    known.previous.push(old);
                }
            }
            if let Some(new) = after.lock.get(&entry.id)
                && new.sha256 == entry.sha256
                && let Some(granted) = after.book.of(&entry.id, &entry.sha256).map(Rights::hash)
                && Some(granted) != entry.grant
            {
                known.granting = Some(Granting { sha256: entry.sha256, grant: granted });
            }
        }
        both
    }
}
