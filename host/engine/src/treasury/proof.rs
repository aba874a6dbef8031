//! Proof of every balance: from the events alone, against the ledger that is shown, and against the table that people query.

use std::collections::BTreeMap;

use amatelier_economy::{Audit, Cause, Event};
use amatelier_journal::{Journal, rusqlite};
use amatelier_types::RoundtableId;

use super::{Books, Posted, STREAM, decode, posted::posted};
use crate::Error;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// How many events were read.
    pub events: u64,
    /// The postings added up, and what the rules of the economy do not allow.
    pub audit: Audit,
    /// Where the table `spark_ledger` says something else than the events.
    pub table: Vec<TableFault>,
}

/// A row that is not what was posted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableFault {
    /// A posting without a row.
    #[error("the table spark_ledger has no row for {0}")]
    Missing(Cause),
    /// A row that says something else than its posting.
    #[error("row {id} of the table spark_ledger, {cause}, has the {column} `{found}`; posted was `{posted}`")]
    Differs {
        /// The row.
        id: i64,
        /// Its cause.
        cause: Cause,
        /// Which of its columns.
        column: &'static str,
        /// What stands there.
        found: String,
        /// What should.
        posted: String,
    },
    /// A row that nothing posted.
    #[error("row {id} of the table spark_ledger, `{cause}`, was never posted")]
    Extra {
        /// The row.
        id: i64,
        /// What it says its cause is.
        cause: String,
    },
}

/// A row of the table, as text.
struct Row {
    id: i64,
    cause: String,
    cells: [String; COLUMNS.len()],
}

const COLUMNS: [&str; 7] =
    ["agent_name", "amount", "reason", "category", "roundtable_id", "created_at", "seq"];

impl Proof {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.audit.faults.is_empty() && self.table.is_empty()
    }

    /// Everything that is wrong, in words.
    pub fn faults(&self) -> Vec<String> {
        let rules = self.audit.faults.iter().map(ToString::to_string);
        rules.chain(self.table.iter().map(ToString::to_string)).collect()
    }

    /// Read a journal from its beginning and prove its ledger. What others append meanwhile is left to the next proof.
    pub(super) fn of(journal: &Journal, shown: &Books) -> Result<Self, Error> {
        let mut stored = journal.events(STREAM, 0)?;
        stored.retain(|event| event.seq <= shown.seq);
        let events: Vec<Event> =
            stored.iter().map(decode).collect::<Result<_, _>>().map_err(Error::BadLedger)?;
        let posted = posted(&stored).map_err(Error::BadLedger)?;
        let rows = rows(journal, shown.seq)?;
        Ok(Proof {
            events: shown.seq,
            audit: Audit::of(&events, &shown.ledger),
            table: compare(&posted, rows),
        })
    }
}

fn rows(journal: &Journal, last: u64) -> Result<Vec<Row>, Error> {
    let read = journal.read(|tables| {
        let mut select = tables.prepare_cached(
            "SELECT id, cause, agent_name, amount, reason, category, roundtable_id, created_at, seq
             FROM spark_ledger WHERE seq <= ?1 ORDER BY id",
        )?;
        let rows = select.query_map([last], |row| {
            let roundtable: Option<String> = row.get(6)?;
            let cells = [
                row.get::<_, String>(2)?,
                row.get::<_, i64>(3)?.to_string(),
                row.get(4)?,
                row.get(5)?,
                roundtable.unwrap_or_default(),
                row.get::<_, f64>(7)?.to_string(),
                row.get::<_, i64>(8)?.to_string(),
            ];
            Ok(Row { id: row.get(0)?, cause: row.get(1)?, cells })
        })?;
        rows.collect::<rusqlite::Result<Vec<Row>>>()
    });
    Ok(read?)
}

fn compare(posted: &[Posted], rows: Vec<Row>) -> Vec<TableFault> {
    let mut rows: BTreeMap<String, Row> = rows.into_iter().map(|row| (row.cause.clone(), row)).collect();
    let mut faults = Vec::new();
    for one in posted {
        let cause = &one.posting.cause;
        let Some(row) = rows.remove(cause.as_str()) else {
            faults.push(TableFault::Missing(cause.clone()));
            continue;
        };
        let differing = COLUMNS.into_iter().zip(row.cells).zip(cells(one));
        let differing = differing.filter(|((_, found), posted)| found != posted);
        faults.extend(differing.map(|((column, found), posted)| TableFault::Differs {
            id: row.id,
            cause: cause.clone(),
            column,
            found,
            posted,
        }));
    }
    faults.extend(rows.into_values().map(|row| TableFault::Extra { id: row.id, cause: row.cause }));
    faults
}

/// What a row of this posting says.
fn cells(one: &Posted) -> [String; COLUMNS.len()] {
    let posting = &one.posting;
    [
        posting.member.to_string(),
        posting.amount.0.to_string(),
        posting.reason.clone(),
        posting.category.name().to_owned(),
        posting.roundtable.as_ref().map(RoundtableId::to_string).unwrap_or_default(),
        one.at.seconds().to_string(),
        one.seq.to_string(),
    ]
}
