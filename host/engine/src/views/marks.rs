//! `marks`: one row per mark of a rubric, the latest that it gave; the view `scores` shows those that settled a debate in the old shape.

use amatelier_debate::Event;
use amatelier_journal::{
    Projection, StoredEvent,
    rusqlite::{self, Connection, params},
};

use super::of_debate;

/// The projection.
pub struct Marks;

impl Projection for Marks {
    fn name(&self) -> &'static str {
        "marks"
    }

    fn version(&self) -> u32 {
        2
    }

    fn apply(&self, tx: &Connection, stored: &StoredEvent) -> rusqlite::Result<()> {
        let Some((id, Event::Scored { scores, official, .. })) = of_debate(stored, &["scored"])? else {
            return Ok(());
        };
        tx.prepare_cached("DELETE FROM marks WHERE roundtable_id = ?1 AND rubric = ?2")?
            .execute(params![id.as_str(), scores.rubric])?;
        if official {
            tx.prepare_cached("UPDATE marks SET official = 0 WHERE roundtable_id = ?1")?
                .execute(params![id.as_str()])?;
        }
        let mut insert = tx.prepare_cached(
            "INSERT INTO marks (roundtable_id, rubric, member, axis, value, because, official) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for card in &scores.cards {
            for mark in &card.marks {
                insert.execute(params![
                    id.as_str(),
                    scores.rubric,
                    card.member.as_str(),
                    mark.axis,
                    mark.value,
                    mark.because,
                    official
                ])?;
            }
        }
        Ok(())
    }

    fn reset(&self, tx: &Connection) -> rusqlite::Result<()> {
        tx.execute("DELETE FROM marks", ()).map(drop)
    }
}
