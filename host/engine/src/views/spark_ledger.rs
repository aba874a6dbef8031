//! `spark_ledger`: one row per posting of the economy's events. A cause that was posted before is refused by the table, and the unit
//! that brought it with it: the last line of defence behind the rules.

use amatelier_journal::{
    Projection, StoredEvent,
    rusqlite::{self, Connection, params},
};
use amatelier_types::RoundtableId;

use crate::treasury;

/// The projection.
pub struct SparkLedger;

impl Projection for SparkLedger {
    fn name(&self) -> &'static str {
        "spark_ledger"
    }

    fn version(&self) -> u32 {
        1
    }

    fn apply(&self, tx: &Connection, stored: &StoredEvent) -> rusqlite::Result<()> {
        if stored.stream != treasury::STREAM {
            return Ok(());
        }
        let event = treasury::decode(stored)
            .map_err(|reason| rusqlite::Error::ToSqlConversionFailure(reason.into()))?;
        let mut insert = tx.prepare_cached(
            "INSERT INTO spark_ledger (agent_name, amount, reason, category, roundtable_id, created_at, cause, seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for posting in event.postings() {
            insert.execute(params![
                posting.member.as_str(),
                posting.amount.0,
                posting.reason,
                posting.category.name(),
                posting.roundtable.as_ref().map(RoundtableId::as_str),
                event.at().seconds(),
                posting.cause.as_str(),
                stored.seq
            ])?;
        }
        Ok(())
    }

    fn reset(&self, tx: &Connection) -> rusqlite::Result<()> {
        tx.execute("DELETE FROM spark_ledger", ()).map(drop)
    }
}
