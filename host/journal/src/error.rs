//! What can go wrong.

use std::{path::PathBuf, sync::Arc};

use crate::{BackupError, CallKey, RequestKey, TurnId};

/// Why a unit was not committed, or a read gave nothing. Cheap to clone: units that share a transaction share its failure.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The stream does not end where the writer thought; somebody else wrote to it.
    #[error("stream `{stream}` ends at {found}, not at {expected}")]
    Conflict {
        /// The stream.
        stream: String,
        /// The last sequence number the writer knew of.
        expected: u64,
        /// The last there is.
        found: u64,
    },
    /// The turn does not exist or has ended.
    #[error("turn {0} is not running")]
    NoRunningTurn(TurnId),
    /// The call does not exist or has its answer.
    #[error("there is no call {0} that waits for an answer")]
    NoOpenCall(CallKey),
    /// The request does not exist or has its outcome.
    #[error("there is no request {0} that waits for an outcome")]
    NoOpenRequest(RequestKey),
    /// A hold would take an account past its limit.
    #[error(
        "{account} has {spent} spent and {held} held, and {amount} more would exceed its limit of {limit}"
    )]
    Exceeded {
        /// The account.
        account: String,
        /// What was taken from it.
        spent: u64,
        /// What other requests hold of it.
        held: u64,
        /// What was to be held.
        amount: u64,
        /// The most there may be of all three.
        limit: u64,
    },
    /// A guard did not let the unit happen.
    #[error("{0}")]
    Refused(String),
    /// A projection could not take an event.
    #[error("projection `{name}` failed")]
    Projection {
        /// The projection's name.
        name: &'static str,
        /// What SQLite said.
        source: Arc<rusqlite::Error>,
    },
    /// The journal was opened without this projection.
    #[error("there is no projection `{0}`")]
    NoProjection(String),
    /// The journal was opened for reading.
    #[error("the journal is open for reading only")]
    ReadOnly,
    /// Another process kept the file to itself for too long. Nothing was written; it can be tried again.
    #[error("another process holds the journal")]
    Busy,
    /// SQLite refused a statement.
    #[error("{0}")]
    Sqlite(Arc<rusqlite::Error>),
    /// The disk could not be written, or cannot be trusted to have been; after that nothing is written until the journal is opened
    /// again. Whether the units that were under way are stored is known only then.
    #[error("the journal stopped writing ({0}); it writes again when it is opened again")]
    Stopped(Arc<rusqlite::Error>),
    /// The writer is gone.
    #[error("the journal is closed")]
    Closed,
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Error::Sqlite(Arc::new(error))
    }
}

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The SQLite in this binary has a bug that can destroy the file.
    #[error(
        "this binary carries SQLite {found}; versions before {needed} can corrupt a journal that two processes write"
    )]
    OldSqlite {
        /// The version there is.
        found: &'static str,
        /// The first version that will do.
        needed: &'static str,
    },
    /// The file is a database, but of something else.
    #[error("`{path}` is a database, but not a journal of Amatelier", path = path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer binary.
    #[error(
        "`{path}` has schema version {found}, and this Amatelier knows none after {known}: a newer one wrote it",
        path = path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its schema.
        found: usize,
        /// The last version that this binary knows.
        known: usize,
    },
    /// The file would have to be migrated, and is opened for reading.
    #[error("`{path}` has schema version {found} and must be migrated to {known}, which reading alone does not do", path = path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// The version of its schema.
        found: usize,
        /// The version it must have.
        known: usize,
    },
    /// The file system cannot share memory between processes, which the write-ahead log needs.
    #[error("`{path}` cannot have a write-ahead log here (SQLite chose `{mode}`); a network drive cannot hold a journal", path = path.display())]
    NoWal {
        /// The file.
        path: PathBuf,
        /// The journal mode that SQLite fell back to.
        mode: String,
    },
    /// A migration failed; the file is as it was.
    #[error("migration `{name}` failed; `{path}` is unchanged", path = path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// The migration's name.
        name: &'static str,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The backup before a migration failed; the file is as it was.
    #[error("`{path}` is not migrated because it could not be backed up", path = path.display())]
    Backup {
        /// The file.
        path: PathBuf,
        /// Why.
        source: BackupError,
    },
    /// A projection could not be brought up to date.
    #[error("the tables in `{path}` could not be brought up to date", path = path.display())]
    Projections {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Error,
    },
    /// SQLite could not open it.
    #[error("`{path}` could not be opened", path = path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The writer could not be started.
    #[error("the writer thread could not be started")]
    Thread(#[source] std::io::Error),
}
