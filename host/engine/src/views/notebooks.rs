//! `notebooks`: what members' components noted, by member and key.

use amatelier_debate::{Event, Note, Notebook};
use amatelier_journal::{
    Journal, Projection, StoredEvent,
    rusqlite::{self, Connection, params},
};
use amatelier_types::MemberName;

use super::of_debate;
use crate::Error;

/// The projection.
pub struct Notebooks;

impl Projection for Notebooks {
    fn name(&self) -> &'static str {
        "notebooks"
    }

    fn version(&self) -> u32 {
        1
    }

    fn apply(&self, tx: &Connection, stored: &StoredEvent) -> rusqlite::Result<()> {
        let Some((_, Event::NotesKept { member, notes })) = of_debate(stored, &["notes-kept"])? else {
            return Ok(());
        };
        for (key, note) in notes {
            match note {
                Some(Note(value)) => tx
                    .prepare_cached(
                        "INSERT OR REPLACE INTO notebooks (member, key, value) VALUES (?1, ?2, ?3)",
                    )?
                    .execute(params![member.as_str(), key, value])?,
                None => tx
                    .prepare_cached("DELETE FROM notebooks WHERE member = ?1 AND key = ?2")?
                    .execute(params![member.as_str(), key])?,
            };
        }
        Ok(())
    }

    fn reset(&self, tx: &Connection) -> rusqlite::Result<()> {
        tx.execute("DELETE FROM notebooks", ()).map(drop)
    }
}

/// The notebook of a member after the last turn that changed it.
pub(crate) fn notebook(journal: &Journal, member: &MemberName) -> Result<Notebook, Error> {
    let notes = journal.read(|conn| {
        let mut select = conn.prepare_cached("SELECT key, value FROM notebooks WHERE member = ?1")?;
        let rows = select.query_map([member.as_str()], |row| Ok((row.get(0)?, Note(row.get(1)?))))?;
        rows.collect::<rusqlite::Result<Notebook>>()
    })?;
    Ok(notes)
}
