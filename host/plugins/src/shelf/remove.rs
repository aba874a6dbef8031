//! Putting plugins aside, taking them up again, and taking them away.

use super::{Shelf, ShelfError};
use crate::{LockEntry, PluginId};

impl Shelf {
    /// Put a plugin aside: it stays installed with its grant, and nothing calls it. Gives whether it was not so before.
    ///
    /// # Errors
    /// [`ShelfError::NotInstalled`], or the files cannot be used.
    pub fn disable(&self, id: &PluginId) -> Result<bool, ShelfError> {
        self.change(|_, draft| {
            draft.entry(id)?;
            Ok(!std::mem::replace(&mut draft.known(id).disabled, true))
        })
    }

    /// Take a plugin up again. Gives whether it was put aside.
    ///
    /// # Errors
    /// [`ShelfError::NotInstalled`], or the files cannot be used.
    pub fn enable(&self, id: &PluginId) -> Result<bool, ShelfError> {
        self.change(|_, draft| {
            draft.entry(id)?;
            Ok(std::mem::replace(&mut draft.known(id).disabled, false))
        })
    }

    /// Take a plugin away, with its grants and everything that is remembered of it; when it comes back, it is asked about again. Its bytes
    /// stay in the component store, for the debates that were held with it. Gives what was locked.
    ///
    /// # Errors
    /// [`ShelfError::NotInstalled`], or the files cannot be used.
    pub fn remove(&self, id: &PluginId) -> Result<LockEntry, ShelfError> {
        self.change(|_, draft| {
            let entry = draft.entry(id)?;
            draft.lock.remove(id);
            Ok(entry)
        })
    }
}
