//! Installing, and updating.

use super::{
    Inspection, InstallOptions, Installation, Shelf, ShelfError, change::Draft, grant::within, places::Places,
};
use crate::{LockEntry, Manifest, Rights, Source, UpdateDiff, rights::more_worlds};

impl Shelf {
    /// Install a plugin, or put it in the place of another version of itself. One that asks for more than its predecessor asked for and
    /// than is granted, or can be called for more, is held: its bytes are kept, and the predecessor stays.
    ///
    /// # Errors
    /// [`ShelfError`]: the bytes are no plugin for this host, the options do not allow it, or the files cannot be used. Then everything is
    /// as it was.
    pub fn install(
        &self,
        bytes: &[u8],
        source: Source,
        options: &InstallOptions,
    ) -> Result<Installation, ShelfError> {
        let seen = Inspection::of(bytes)?;
        let given = options.grants.as_ref().map(|given| within(&seen.manifest, given)).transpose()?;
        let new = LockEntry::of(&seen.manifest, &seen.package, &seen.agreement, source, None);
        let candidate = Candidate { bytes, manifest: &seen.manifest, new, given };
        self.change(|places, draft| match draft.lock.get(&candidate.new.id).cloned() {
            Some(old) if options.locked => candidate.as_locked(places, draft, &old),
            None if options.locked => {
                Err(crate::LockError::NotLocked { id: candidate.new.id.clone() }.into())
            }
            None => candidate.anew(places, draft, options),
            Some(old) if old.sha256 == candidate.new.sha256 => candidate.again(places, draft, &old),
            Some(old) => candidate.update(places, draft, &old, options),
        })
    }
}

/// What is to be installed.
struct Candidate<'a> {
    bytes: &'a [u8],
    manifest: &'a Manifest,
    new: LockEntry,
    given: Option<Rights>,
}

impl Candidate<'_> {
    fn anew(
        &self,
        places: &Places,
        draft: &mut Draft,
        options: &InstallOptions,
    ) -> Result<Installation, ShelfError> {
        let id = &self.new.id;
        if options.bundled.contains(id) && !options.replace_bundled {
            return Err(ShelfError::Bundled { id: id.clone() });
        }
        places.keep(self.bytes, self.manifest)?;
        draft.switch_to(self.new.clone(), self.given.as_ref());
        Ok(Installation::New)
    }

    /// The same bytes: their files and their entry are as they should be afterwards, and what is granted is granted beside what was.
    fn again(&self, places: &Places, draft: &mut Draft, old: &LockEntry) -> Result<Installation, ShelfError> {
        places.keep(self.bytes, self.manifest)?;
        draft.lock.insert(LockEntry { grant: old.grant, ..self.new.clone() });
        if let Some(given) = &self.given {
            let granted = draft.granted(old).unwrap_or_default().or(given);
            draft.grant(old, &granted);
        }
        Ok(Installation::Same)
    }

    fn update(
        &self,
        places: &Places,
        draft: &mut Draft,
        old: &LockEntry,
        options: &InstallOptions,
    ) -> Result<Installation, ShelfError> {
        self.is_allowed(old, options)?;
        // A world more may be one in which the host has a component of that id.
        let is_wider = !more_worlds(&old.worlds, &self.new.worlds).is_empty();
        if is_wider && options.bundled.contains(&self.new.id) && !options.replace_bundled {
            return Err(ShelfError::Bundled { id: self.new.id.clone() });
        }
        let (before, was) = (self.before(places, old), draft.granted(old));
        let runs = was.is_some() || before.asks.is_empty();
        let asked = Rights::asked_by(self.manifest);
        let granted = match (was, &self.given) {
            (None, None) => None,
            (was, given) => {
                Some(asked.and(&was.unwrap_or_default().or(given.as_ref().unwrap_or(&Rights::none()))))
            }
        };
        let diff = UpdateDiff::of(&before, granted.as_ref().unwrap_or(&Rights::none()), self.manifest)
            .with_worlds(&old.worlds, &self.new.worlds);
        places.keep(self.bytes, self.manifest)?;
        // One that could not be called anyway loses nothing, and its successor waits for a grant as it did.
        if runs && diff.asks_for_more() {
            draft.known(&self.new.id).held = Some(self.new.clone());
            return Ok(Installation::Held(diff));
        }
        draft.switch_to(self.new.clone(), granted.as_ref());
        Ok(Installation::Updated { from: old.version.clone(), diff })
    }

    fn is_allowed(&self, old: &LockEntry, options: &InstallOptions) -> Result<(), ShelfError> {
        let id = self.new.id.clone();
        let (installed, given) = (&old.version, &self.new.version);
        // What comes after a plus does not make a version another one.
        match given.cmp_precedence(installed) {
            std::cmp::Ordering::Less if !options.downgrade => {
                Err(ShelfError::Older { id, installed: installed.clone(), given: given.clone() })
            }
            std::cmp::Ordering::Equal if !options.same_version => Err(ShelfError::SameVersion {
                id,
                version: given.clone(),
                installed: old.sha256.into(),
                given: self.new.sha256.into(),
            }),
            _ => Ok(()),
        }
    }

    /// What the version before said about itself. Where nobody knows any more, it asked for nothing, so that everything is more.
    fn before(&self, places: &Places, old: &LockEntry) -> Manifest {
        places.manifest(old).unwrap_or_else(|_| {
            let mut nothing = self.manifest.clone();
            nothing.asks.clear();
            nothing
        })
    }

    /// Exactly what the lock names. The lock stays as it is: a grant that it does not remember is refused, and none is taken from it.
    fn as_locked(
        &self,
        places: &Places,
        draft: &mut Draft,
        old: &LockEntry,
    ) -> Result<Installation, ShelfError> {
        let worlds =
            |entry: &LockEntry| entry.worlds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let grant = self.given.as_ref().map(|given| given.hash().to_string());
        let locked_grant = old.grant.map_or("none".into(), |grant| grant.to_string());
        for (what, locked, given) in [
            ("version", old.version.to_string(), self.new.version.to_string()),
            ("sha256", old.sha256.to_string(), self.new.sha256.to_string()),
            ("manifest hash", old.manifest.to_string(), self.new.manifest.to_string()),
            ("list of worlds", worlds(old), worlds(&self.new)),
            ("hash of the grant", locked_grant.clone(), grant.unwrap_or(locked_grant)),
        ] {
            if locked != given {
                return Err(ShelfError::NotAsLocked { id: old.id.clone(), what, locked, given });
            }
        }
        let was_there = places.manifest(old).is_ok() && places.components.get(&old.sha256).is_ok();
        places.keep(self.bytes, self.manifest)?;
        if let Some(given) = &self.given {
            draft.book.set(&old.id, &old.sha256, given);
        }
        Ok(if was_there { Installation::Same } else { Installation::New })
    }
}
