//! Bundled documents in the workspace: laid down with their persona, brought up to date later, never over somebody's work.

use std::{fs, path::PathBuf};

use serde::Serialize;

use crate::{BadFile, SeedFile, Workspace, backup, file, seed_record::SeedRecord};

/// What became of a bundled document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Refreshed {
    /// It was not there and was written.
    Missing,
    /// Nobody had edited it, and there was a newer one.
    Updated,
    /// It had been edited and was replaced all the same; a copy was kept, unless this was a dry run.
    Replaced {
        /// The copy.
        backup: Option<PathBuf>,
    },
    /// It is the bundled one.
    Current,
    /// Somebody edited it; it was left alone.
    Edited,
}

impl Refreshed {
    /// Whether the file was written.
    pub fn is_written(&self) -> bool {
        !matches!(self, Refreshed::Current | Refreshed::Edited)
    }
}

/// What to do with documents that were edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// Leave them alone.
    Keep,
    /// Replace them, and keep a copy.
    Replace,
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earnest {
    /// Write.
    Do,
    /// Only say what would be done.
    Say,
}

impl Workspace {
    /// Write a persona's bundled documents where none are; the paths below `agents/` that were written.
    pub(crate) fn lay_down(&self, seeds: &[SeedFile<'_>], persona: &str) -> Result<Vec<String>, BadFile> {
        let agents = self.agents();
        let mut record = SeedRecord::read(&agents)?;
        let mut written = Vec::new();
        for seed in of(seeds, persona) {
            let path = agents.join(seed.path);
            if !path.exists() {
                file::write(&path, seed.contents)?;
                record.note(seed.path, seed.contents);
                written.push(seed.path.to_owned());
            }
        }
        record.write(&agents)?;
        Ok(written)
    }

    /// Bring a persona's bundled documents up to date; what became of each, by its path below `agents/`.
    ///
    /// # Errors
    /// What cannot be read or written.
    pub fn refresh(
        &self,
        seeds: &[SeedFile<'_>],
        persona: &str,
        edited: Edited,
        earnest: Earnest,
    ) -> Result<Vec<(String, Refreshed)>, BadFile> {
        let agents = self.agents();
        let mut record = SeedRecord::read(&agents)?;
        let mut refreshed = Vec::new();
        for seed in of(seeds, persona) {
            let path = agents.join(seed.path);
            let there = match fs::read(&path) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => return Err(BadFile::io(path, error)),
            };
            let mut outcome = match there {
                None => Refreshed::Missing,
                Some(bytes) if bytes == seed.contents => Refreshed::Current,
                Some(bytes) if record.is_untouched(seed.path, &bytes) => Refreshed::Updated,
                Some(_) if edited == Edited::Replace => Refreshed::Replaced { backup: None },
                Some(_) => Refreshed::Edited,
            };
            if earnest == Earnest::Do {
                if let Refreshed::Replaced { backup } = &mut outcome {
                    *backup = Some(backup::keep(&path)?);
                }
                if outcome.is_written() {
                    file::write(&path, seed.contents)?;
                }
                if outcome != Refreshed::Edited {
                    record.note(seed.path, seed.contents);
                }
            }
            refreshed.push((seed.path.to_owned(), outcome));
        }
        if earnest == Earnest::Do {
            record.write(&agents)?;
        }
        Ok(refreshed)
    }
}

/// The bundled documents of a persona.
pub(crate) fn of<'a, 'b>(
    seeds: &'a [SeedFile<'b>],
    persona: &'a str,
) -> impl Iterator<Item = &'a SeedFile<'b>> {
    seeds.iter().filter(move |seed| seed.path.strip_prefix(persona).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[SeedFile<'_>] = &[
        SeedFile { path: "elena/identity.md", contents: b"old" },
        SeedFile { path: "elena/instructions.md", contents: b"same" },
        SeedFile { path: "elena/notes.md", contents: b"old" },
        SeedFile { path: "el/identity.md", contents: b"another" },
    ];
    const NEW: &[SeedFile<'_>] = &[
        SeedFile { path: "elena/identity.md", contents: b"new" },
        SeedFile { path: "elena/instructions.md", contents: b"same" },
        SeedFile { path: "elena/notes.md", contents: b"new" },
        SeedFile { path: "elena/more.md", contents: b"new" },
    ];

    #[test]
    fn what_nobody_edited_is_updated_and_what_somebody_wrote_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let house = Workspace::locate(Some(folder.path().into())).unwrap();
        assert_eq!(house.lay_down(OLD, "elena").unwrap().len(), 3);
        assert!(house.lay_down(OLD, "elena").unwrap().is_empty());
        let notes = house.persona("elena").join("notes.md");
        fs::write(&notes, "mine").unwrap();

        let would = house.refresh(NEW, "elena", Edited::Keep, Earnest::Say).unwrap();
        let did = house.refresh(NEW, "elena", Edited::Keep, Earnest::Do).unwrap();
        assert_eq!(would, did);
        let outcomes: Vec<_> = did.into_iter().map(|(_, outcome)| outcome).collect();
        assert_eq!(outcomes, [Refreshed::Updated, Refreshed::Current, Refreshed::Edited, Refreshed::Missing]);
        assert_eq!(fs::read_to_string(&notes).unwrap(), "mine");

        let forced = house.refresh(NEW, "elena", Edited::Replace, Earnest::Do).unwrap();
        let Some((_, Refreshed::Replaced { backup: Some(copy) })) = forced.get(2) else {
            panic!("{forced:?}")
        };
        assert_eq!([copy, &notes].map(|path| fs::read_to_string(path).unwrap()), ["mine", "new"]);
        let again = house.refresh(NEW, "elena", Edited::Keep, Earnest::Do).unwrap();
        assert!(again.iter().all(|(_, outcome)| *outcome == Refreshed::Current), "{again:?}");
    }
}
