//! Going back to the version before.

use super::{Shelf, ShelfError};
use crate::{LockEntry, PackageLimits, PluginId, host_version};

impl Shelf {
    /// Put the version before in the place of the one that is installed, which is forgotten: another rollback goes further back. It may do
    /// what it might then, as far as the one that goes may do it now: going back never gives a plugin anything. Gives what is locked now.
    ///
    /// # Errors
    /// [`ShelfError::NoPrevious`], or the version before is not what it was, or does not fit this host.
    pub fn rollback(&self, id: &PluginId) -> Result<LockEntry, ShelfError> {
        self.change(|places, draft| {
            let now = draft.entry(id)?;
            let back = draft.known(id).previous.first().cloned();
            let back = back.ok_or_else(|| ShelfError::NoPrevious { id: id.clone() })?;
            let bytes = places.components.get(&back.sha256)?;
            let manifest = back.check(&bytes, &PackageLimits::default(), &host_version())?.manifest;
            let then = draft.book.of(id, &back.sha256).cloned();
            let granted = then.map(|then| then.and(&draft.granted(&now).unwrap_or_default()));
            places.keep(&bytes, &manifest)?;
            draft.switch_to(back, granted.as_ref());
            draft.known(id).previous.retain(|old| old.sha256 != now.sha256);
            draft.entry(id)
        })
    }
}
