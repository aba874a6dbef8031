//! Turns: attempts at an action, and how they end.

use std::fmt;

use amatelier_types::{Sha256, Timestamp};
use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

use crate::columns;

/// One attempt at an action; given by the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TurnId(pub(crate) i64);

impl fmt::Display for TurnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A turn to begin. Its attempt is the next one of the action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTurn {
    /// The stream whose action it carries out.
    pub stream: String,
    /// The action's id, stable over attempts.
    pub action: String,
    /// The component that runs; none where the host acts itself.
    pub component: Option<Sha256>,
    /// When it begins.
    pub at: Timestamp,
}

/// A turn that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BegunTurn {
    /// Its id.
    pub id: TurnId,
    /// Which attempt at the action it is, from 1.
    pub attempt: u32,
}

/// How a turn ended. One that a crash cut off has no end: it stays as it was, and the next attempt begins beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnEnd {
    /// It came to its end.
    Finished,
    /// It failed.
    Failed,
    /// It was dropped without an outcome and will run again over its calls.
    Suspended,
}

impl TurnEnd {
    const ALL: [TurnEnd; 3] = [TurnEnd::Finished, TurnEnd::Failed, TurnEnd::Suspended];

    /// The name in the `state` column.
    pub fn name(self) -> &'static str {
        match self {
            TurnEnd::Finished => "finished",
            TurnEnd::Failed => "failed",
            TurnEnd::Suspended => "suspended",
        }
    }
}

impl ToSql for TurnEnd {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for TurnEnd {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        TurnEnd::ALL.into_iter().find(|end| end.name() == name).ok_or(FromSqlError::InvalidType)
    }
}

/// A turn as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTurn {
    /// Its id.
    pub id: TurnId,
    /// The stream whose action it carried out.
    pub stream: String,
    /// The action's id.
    pub action: String,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// The component that ran.
    pub component: Option<Sha256>,
    /// How it ended; none while it runs, and for ever if its process died.
    pub end: Option<TurnEnd>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

impl StoredTurn {
    /// The columns that [`StoredTurn::from_row`] expects, in its order.
    pub(crate) const COLUMNS: &'static str =
        "id, stream, action, attempt, component, nullif(state, 'running'), started_at, ended_at";

    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(StoredTurn {
            id: TurnId(row.get(0)?),
            stream: row.get(1)?,
            action: row.get(2)?,
            attempt: row.get(3)?,
            component: columns::digest_or_null(row, 4)?,
            end: row.get(5)?,
            started_at: Timestamp(row.get(6)?),
            ended_at: row.get::<_, Option<i64>>(7)?.map(Timestamp),
        })
    }
}
