//! `messages`: one row per posted message.

use amatelier_debate::Event;
use amatelier_journal::{
    Projection, StoredEvent,
    rusqlite::{self, Connection, params},
};

use super::of_debate;

/// The projection.
pub struct Messages;

impl Projection for Messages {
    fn name(&self) -> &'static str {
        "messages"
    }

    fn version(&self) -> u32 {
        1
    }

    fn apply(&self, tx: &Connection, stored: &StoredEvent) -> rusqlite::Result<()> {
        let Some((id, Event::MessagePosted(posted))) = of_debate(stored, &["message-posted"])? else {
            return Ok(());
        };
        let message = posted.message;
        tx.prepare_cached(
            "INSERT INTO messages (roundtable_id, agent_name, message, timestamp, seq, round, phase, kind, role, recipient)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            id.as_str(),
            message.author.as_str(),
            message.text,
            posted.at.seconds(),
            message.seq,
            message.round,
            message.phase.name(),
            message.kind.name(),
            message.role.name(),
            message.to.as_ref().map(|to| to.as_str())
        ])
        .map(drop)
    }

    fn reset(&self, tx: &Connection) -> rusqlite::Result<()> {
        // The numbers are given anew, as the first time.
        tx.execute_batch("DELETE FROM messages; DELETE FROM sqlite_sequence WHERE name = 'messages'")
    }
}
