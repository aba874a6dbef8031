//! `roundtables`: one row per debate.

use amatelier_debate::{Event, StopReason};
use amatelier_journal::{
    Projection, StoredEvent,
    rusqlite::{self, Connection, params},
};

use super::of_debate;

/// The projection.
pub struct Roundtables;

/// The events that change a row.
const KINDS: [&str; 8] = [
    "roundtable-opened",
    "phase-began",
    "roundtable-paused",
    "roundtable-resumed",
    "roundtable-closed",
    "scoring-opened",
    "scored",
    "unscored",
];

impl Projection for Roundtables {
    fn name(&self) -> &'static str {
        "roundtables"
    }

    fn version(&self) -> u32 {
        1
    }

    fn apply(&self, tx: &Connection, stored: &StoredEvent) -> rusqlite::Result<()> {
        let Some((id, event)) = of_debate(stored, &KINDS)? else { return Ok(()) };
        let (id, pos) = (id.as_str(), stored.pos);
        match event {
            Event::RoundtableOpened { setup } => {
                let names: Vec<&str> =
                    setup.workers.iter().chain([&setup.judge]).map(|seat| seat.name.as_str()).collect();
                let names = serde_json::to_string(&names)
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
                tx.prepare_cached(
                    "INSERT INTO roundtables (id, topic, status, participants, created_at, seed, mode, last_pos)
                     VALUES (?1, ?2, 'open', ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    id,
                    setup.topic,
                    names,
                    setup.opened_at.seconds(),
                    setup.seed.0.cast_signed(),
                    setup.mode,
                    pos
                ])?;
            }
            Event::PhaseBegan { round, .. } => set(tx, "rounds = ?2", id, pos, round)?,
            Event::RoundtablePaused { .. } => set(tx, "status = ?2", id, pos, "paused")?,
            Event::RoundtableResumed { .. } => set(tx, "status = ?2", id, pos, "open")?,
            // A closed debate stays open, as work that is left, until it is scored or known to stay unscored.
            Event::RoundtableClosed { stop, at } => {
                set(tx, "stop_reason = ?2", id, pos, stop.reason.name())?;
                set(tx, "closed_at = ?2", id, pos, at.seconds())?;
                if stop.reason == StopReason::Aborted {
                    set(tx, "status = ?2", id, pos, "aborted")?;
                }
            }
            Event::ScoringOpened { .. } => set(tx, "status = ?2", id, pos, "open")?,
            Event::Scored { .. } | Event::Unscored { .. } => set(tx, "status = ?2", id, pos, "closed")?,
            _ => {}
        }
        Ok(())
    }

    fn reset(&self, tx: &Connection) -> rusqlite::Result<()> {
        tx.execute("DELETE FROM roundtables", ()).map(drop)
    }
}

fn set(tx: &Connection, what: &str, id: &str, pos: u64, value: impl rusqlite::ToSql) -> rusqlite::Result<()> {
    let sql = format!("UPDATE roundtables SET {what}, last_pos = ?3 WHERE id = ?1");
    tx.prepare_cached(&sql)?.execute(params![id, value, pos]).map(drop)
}
