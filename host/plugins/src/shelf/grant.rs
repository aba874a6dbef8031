//! What the operator lets a plugin do.

use amatelier_types::Capability;

use super::{Shelf, ShelfError};
use crate::{Manifest, PluginId, Right, Rights};

impl Shelf {
    /// Grant an installed plugin something beside what it has. Gives everything that it is granted now. A grant that was changed past the
    /// host counts as nothing: what is granted here is all it has then.
    ///
    /// # Errors
    /// [`ShelfError::NotAsked`], [`ShelfError::NotInstalled`], or the files cannot be used.
    pub fn grant(&self, id: &PluginId, rights: &Rights) -> Result<Rights, ShelfError> {
        self.change(|places, draft| {
            let entry = draft.entry(id)?;
            let given = within(&places.manifest(&entry)?, rights)?;
            let granted = draft.granted(&entry).unwrap_or_default().or(&given);
            draft.grant(&entry, &granted);
            Ok(granted)
        })
    }

    /// Take one capability from a plugin, or all of them, from the versions before, too. It takes effect at the plugin's next call. Gives
    /// whether anything changed. To take everything from a plugin that nobody has decided about is a no; one whose grant was changed past
    /// the host loses all of it.
    ///
    /// # Errors
    /// [`ShelfError::NotInstalled`], or the files cannot be used.
    pub fn revoke(&self, id: &PluginId, capability: Option<Capability>) -> Result<bool, ShelfError> {
        self.change(|_, draft| {
            let entry = draft.entry(id)?;
            let was_changed = draft.lock.granted(id, &draft.book).is_err();
            let before = draft.granted(&entry);
            let found = draft.book.revoke(id, capability);
            let left = match (before, capability) {
                (None, _) if was_changed => Rights::none(),
                (None, Some(_)) => return Ok(found),
                (None, None) | (Some(_), None) => Rights::none(),
                (Some(before), Some(capability)) => before.without(capability),
            };
            let is_new = draft.lock.get(id).map(|entry| entry.grant) != Some(Some(left.hash()));
            draft.grant(&entry, &left);
            Ok(found || is_new)
        })
    }
}

/// What is granted, as far as a plugin asks for it: narrower than it was said where the plugin asks for certain models alone, so that an
/// update that asks for others is noticed.
pub(super) fn within(manifest: &Manifest, given: &Rights) -> Result<Rights, ShelfError> {
    let asked = Rights::asked_by(manifest);
    for (capability, Right { labels }) in given.iter() {
        let labels = labels.iter().flatten();
        let beyond: Vec<String> = match asked.get(capability) {
            Some(Right { labels: None }) => continue,
            Some(Right { labels: Some(asked) }) => {
                labels.filter(|label| !asked.contains(*label)).cloned().collect()
            }
            None => labels.cloned().collect(),
        };
        if asked.get(capability).is_none() || !beyond.is_empty() {
            return Err(ShelfError::NotAsked {
                id: manifest.id.clone(),
                capability,
                labels: beyond,
                asks: manifest.asks.keys().copied().collect(),
            });
        }
    }
    Ok(asked.and(given))
}
