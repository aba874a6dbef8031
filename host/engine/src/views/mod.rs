//! Projections: tables that follow from the events, under the names that people query (§4 of the facts).

mod marks;
mod messages;
mod notebooks;
mod roundtables;
mod spark_ledger;

use std::path::Path;

use amatelier_debate::Event;
use amatelier_journal::{Journal, Migration, OpenError, Options, Projection, StoredEvent, rusqlite};
use amatelier_types::RoundtableId;

pub use marks::Marks;
pub use messages::Messages;
pub use notebooks::Notebooks;
pub(crate) use notebooks::notebook;
pub use roundtables::Roundtables;
pub use spark_ledger::SparkLedger;

use crate::stream;

/// The journal's file in a data folder.
pub(crate) const FILE: &str = "roundtable.db";

/// Every schema there was, oldest first.
pub const MIGRATIONS: [Migration; 7] = [
    Migration { name: "0001_journal", sql: include_str!("../../../../migrations/0001_journal.sql") },
    Migration { name: "0002_roundtables", sql: include_str!("../../../../migrations/0002_roundtables.sql") },
    Migration { name: "0003_accounts", sql: include_str!("../../../../migrations/0003_accounts.sql") },
    Migration { name: "0004_sparks", sql: include_str!("../../../../migrations/0004_sparks.sql") },
    Migration { name: "0005_official", sql: include_str!("../../../../migrations/0005_official.sql") },
    Migration { name: "0006_notebooks", sql: include_str!("../../../../migrations/0006_notebooks.sql") },
    Migration {
        name: "0007_plugin_statistics",
        sql: include_str!("../../../../migrations/0007_plugin_statistics.sql"),
    },
];

/// All projections.
pub fn projections() -> Vec<Box<dyn Projection>> {
    vec![
        Box::new(Roundtables),
        Box::new(Messages),
        Box::new(Marks),
        Box::new(SparkLedger),
        Box::new(Notebooks),
    ]
}

/// The journal of a data folder.
pub(crate) fn open(data: &Path, options: Options) -> Result<Journal, OpenError> {
    Journal::open(&data.join(FILE), options, &MIGRATIONS, projections())
}

/// The debate and the event, if a stored event is one of a debate's and of one of these kinds. Every projection is shown every event,
/// and decoding one costs more than looking away.
fn of_debate(stored: &StoredEvent, kinds: &[&str]) -> rusqlite::Result<Option<(RoundtableId, Event)>> {
    if !kinds.contains(&stored.kind.as_str()) {
        return Ok(None);
    }
    let Some(id) = stored.stream.strip_prefix(stream::PREFIX).and_then(|id| id.parse().ok()) else {
        return Ok(None);
    };
    let event =
        stream::decode(stored).map_err(|reason| rusqlite::Error::ToSqlConversionFailure(reason.into()))?;
    Ok(Some((id, event)))
}
