//! A journal that is open.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, TransactionBehavior};

use crate::{
    Access, Appended, BackupError, Commit, Committed, Error, Migration, NewEvent, OpenError, Options,
    Pending, Projection, Stats, Unit, backup, migrations, pragmas,
    projector::Projector,
    readers::Readers,
    stats::Counters,
    writer::{Jobs, Work, Writer},
};

/// The first SQLite in which two processes cannot corrupt a write-ahead log by restarting it at once (§5.1 of the facts).
const OLDEST_SQLITE: (i32, &str) = (3_051_003, "3.51.3");

/// An open journal; cloning it shares it. When the last clone goes, what was queued is written and the file is closed: that
/// blocks for as long as it takes.
#[derive(Clone)]
pub struct Journal {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    readers: Readers,
    counters: Arc<Counters>,
    /// None: opened for reading, or closing.
    jobs: Option<Jobs>,
    thread: Option<JoinHandle<()>>,
}

impl Journal {
    /// Open a journal, and create it where there is none. The schema is brought to the last of the migrations and the projections
    /// to the end of the log, unless it is opened for reading, which refuses a file with another schema and ignores the projections.
    ///
    /// # Errors
    /// The file is not a journal, is newer than this binary, or cannot be used here.
    pub fn open(
        path: &Path,
        options: Options,
        migrations: &[Migration],
        projections: Vec<Box<dyn Projection>>,
    ) -> Result<Journal, OpenError> {
        if rusqlite::version_number() < OLDEST_SQLITE.0 {
            return Err(OpenError::OldSqlite { found: rusqlite::version(), needed: OLDEST_SQLITE.1 });
        }
        let fail = |source| OpenError::Sqlite { path: path.into(), source };
        let mut inner = Inner {
            path: path.into(),
            readers: Readers::new(path.into()),
            counters: Arc::default(),
            jobs: None,
            thread: None,
        };
        if options.access == Access::ReadOnly {
            let conn = pragmas::reader(path).map_err(fail)?;
            migrations::verify(&conn, path, migrations)?;
            return Ok(Journal { inner: Arc::new(inner) });
        }
        let mut conn = pragmas::writer(path).map_err(fail)?;
        migrations::recognise(&conn, path, migrations)?;
        let mode = pragmas::ready(&conn, options.durability).map_err(fail)?;
        if mode != "wal" {
            return Err(OpenError::NoWal { path: path.into(), mode });
        }
        migrations::migrate(&mut conn, path, migrations)?;
        let mut projector = Projector::new(projections);
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        projector.level(&tx).map_err(|source| OpenError::Projections { path: path.into(), source })?;
        tx.commit().map_err(fail)?;
        let writer = Writer {
            conn,
            durability: options.durability,
            projector,
            counters: inner.counters.clone(),
            full: false,
            stopped: None,
        };
        let (jobs, queue) = mpsc::channel();
        let thread = thread::Builder::new().name("journal".into()).spawn(move || writer.run(queue));
        inner.jobs = Some(jobs);
        inner.thread = Some(thread.map_err(OpenError::Thread)?);
        Ok(Journal { inner: Arc::new(inner) })
    }

    /// Write a unit. Units are committed in the order in which they are handed over.
    pub fn write(&self, unit: Unit, commit: Commit) -> Pending<Committed> {
        self.send(Work::Unit { unit, commit }, |committed| committed)
    }

    /// Append events to one stream: a unit of one step.
    pub fn append(
        &self,
        stream: impl Into<String>,
        expected_seq: Option<u64>,
        events: Vec<NewEvent>,
        commit: Commit,
    ) -> Pending<Appended> {
        let unit = Unit::new().append(stream, expected_seq, events);
        self.send(Work::Unit { unit, commit }, |committed| {
            committed.appended.into_iter().next().unwrap_or_default()
        })
    }

    /// Empty a projection's tables and fill them from the log.
    pub fn rebuild(&self, projection: impl Into<String>) -> Pending<()> {
        self.send(Work::Rebuild { projection: projection.into() }, |_| ())
    }

    fn send<T>(&self, work: Work, pick: fn(Committed) -> T) -> Pending<T> {
        let (reply, pending) = Pending::new(pick);
        match &self.inner.jobs {
            // If the writer died the reply is dropped with the job, and the answer is `Closed`.
            Some(jobs) => drop(jobs.send((work, reply))),
            None => drop(reply.send(Err(Error::ReadOnly))),
        }
        pending
    }

    /// Query the tables, on one snapshot that holds every unit answered before. It blocks; see the other reads.
    ///
    /// # Errors
    /// What SQLite says; the connection cannot write.
    pub fn read<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        self.inner.readers.read(query)
    }

    /// Copy the journal, as it is committed now, to a new file. It blocks for as long as that takes; nobody else waits.
    ///
    /// # Errors
    /// The file exists or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), BackupError> {
        if to.exists() {
            return Err(BackupError::Exists(to.into()));
        }
        backup::copy(&self.inner.path, to)
    }

    /// What was done since the journal was opened.
    pub fn stats(&self) -> Stats {
        self.inner.counters.read()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Readers first: the last connection to close tidies the log away, and that should be the writer.
        self.readers.close();
        self.jobs = None;
        if let Some(Err(_)) = self.thread.take().map(JoinHandle::join) {
            tracing::error!("the journal's writer panicked");
        }
    }
}
