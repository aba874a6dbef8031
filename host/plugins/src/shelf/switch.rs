//! Putting another version in the place of one.

use super::change::Draft;
use crate::{LockEntry, Rights};

impl Draft {
    /// Lock a plugin with what is granted to it, in the place of whatever has its id; that one is remembered.
    pub(super) fn switch_to(&mut self, mut entry: LockEntry, granted: Option<&Rights>) {
        entry.grant = granted.map(Rights::hash);
        match granted {
            Some(granted) => self.book.set(&entry.id, &entry.sha256, granted),
            // Whatever was decided about these bytes in another life counts no more.
            None => self.book.unset(&entry.id, &entry.sha256),
        }
        let (id, sha256, version) = (entry.id.clone(), entry.sha256, entry.version.clone());
        let old = self.lock.insert(entry);
        let Some(old) = old else {
            self.state.0.remove(&id);
            return;
        };
        let known = self.known(&id);
        known.previous.retain(|previous| previous.sha256 != sha256 && previous.sha256 != old.sha256);
        known.previous.insert(0, old);
        known.held.take_if(|held| held.sha256 == sha256 || held.version <= version);
    }
}
