//! The one thread that writes.
//!
//! It takes whatever waits, puts it into one transaction and commits once, so that the price of a commit is shared by all who wait
//! for it (group commit). A unit that fails leaves the others alone: they are taken once more, each behind a savepoint of its own. When the disk cannot be
//! written the writer stops for good: after a failed fsync nobody knows which pages reached the disk, and trying again would only
//! report success for pages that the kernel has given up.

use std::sync::{
    Arc,
    atomic::Ordering,
    mpsc::{Receiver, Sender},
};

use rusqlite::{Connection, ErrorCode, config::DbConfig};

use crate::{
    Commit, Committed, Durability, Error, Unit, apply, pending::Reply, projector::Projector, stats::Counters,
};

/// Units in one transaction at most: what a unit waits for when a thousand debates write at once stays a few milliseconds of work.
const BATCH: usize = 256;

/// Whether each unit of a transaction can be undone by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Savepoints {
    /// No: one that fails spoils the transaction.
    None,
    /// Yes.
    Each,
}

pub(crate) enum Work {
    Unit { unit: Unit, commit: Commit },
    Rebuild { projection: String },
}

/// A piece of work and where its answer goes. The channel is not bounded: who sends a unit waits for it before sending the next, and
/// what is sent without waiting is bounded by the answers being streamed.
pub(crate) type Job = (Work, Reply);
pub(crate) type Jobs = Sender<Job>;

pub(crate) struct Writer {
    pub(crate) conn: Connection,
    pub(crate) durability: Durability,
    pub(crate) projector: Projector,
    pub(crate) counters: Arc<Counters>,
    /// The level that `PRAGMA synchronous` is set to.
    pub(crate) full: bool,
    /// Why nothing is written any more.
    pub(crate) stopped: Option<Error>,
}

impl Writer {
    /// Work until the last sender is gone, then close.
    pub(crate) fn run(mut self, jobs: Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let (work, replies): (Vec<Work>, Vec<Reply>) =
                std::iter::once(first).chain(jobs.try_iter().take(BATCH - 1)).unzip();
            let waiting = replies.len();
            let results = self.transact(work).unwrap_or_else(|error| vec![Err(error); waiting]);
            for (reply, result) in replies.into_iter().zip(results) {
                if let Err(Err(error)) = reply.send(result) {
                    tracing::warn!(%error, "a unit that nobody waits for was not written");
                }
            }
        }
        self.close();
    }

    /// One transaction. An error is everybody's.
    fn transact(&mut self, work: Vec<Work>) -> Result<Vec<Result<Committed, Error>>, Error> {
        if let Some(stopped) = &self.stopped {
            return Err(stopped.clone());
        }
        self.attempt(work).map_err(|error| {
            let busy = error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
            if !self.conn.is_autocommit() {
                // Nothing hangs on it: what cannot be rolled back now is when the connection closes.
                self.conn.execute_batch("ROLLBACK").ok();
            }
            if busy {
                return Error::Busy;
            }
            tracing::error!(%error, "the journal stops writing");
            let stopped = Error::Stopped(error);
            self.stopped = Some(stopped.clone());
            stopped
        })
    }

    fn attempt(&mut self, work: Vec<Work>) -> Result<Vec<Result<Committed, Error>>, Arc<rusqlite::Error>> {
        let wants_fsync = |work: &Work| matches!(work, Work::Unit { commit: Commit::Fsync, .. });
        let full = self.durability == Durability::Power && work.iter().any(wants_fsync);
        self.synchronous(full)?;
        self.begin()?;
        // A savepoint copies every page that its unit touches, for nothing unless a unit fails; few do. So all are taken without, and
        // if one fails, once more with.
        let mut results = self.all(&work, Savepoints::None)?;
        if work.len() > 1 && results.iter().any(Result::is_err) {
            self.conn.prepare_cached("ROLLBACK")?.execute([])?;
            self.begin()?;
            results = self.all(&work, Savepoints::Each)?;
        }
        let is_empty = |work: &Work| matches!(work, Work::Unit { unit, .. } if unit.steps.is_empty());
        let wrote = work.iter().zip(&results).any(|(work, result)| result.is_ok() && !is_empty(work));
        if results.iter().all(Result::is_err) {
            self.conn.prepare_cached("ROLLBACK")?.execute([])?;
            return Ok(results);
        }
        self.projector.save(&self.conn)?;
        if full && !wrote {
            // A transaction that changes nothing is not synced, and a barrier must be: write the first page as it is.
            let version: i64 = self.conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
            self.conn.pragma_update(None, "user_version", version)?;
        }
        self.conn.prepare_cached("COMMIT")?.execute([])?;
        self.count(full, &results);
        Ok(results)
    }

    fn begin(&mut self) -> rusqlite::Result<()> {
        // IMMEDIATE: a transaction that reads first and then wants to write fails where waiting would have done.
        self.conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        self.projector.begin();
        Ok(())
    }

    /// Every piece of work in its order; without savepoints up to the first that fails, which leaves the transaction to be undone.
    fn all(
        &mut self,
        work: &[Work],
        savepoints: Savepoints,
    ) -> Result<Vec<Result<Committed, Error>>, Arc<rusqlite::Error>> {
        let mut results = Vec::with_capacity(work.len());
        for work in work {
            let result = self.one(work, savepoints)?;
            let spoilt = result.is_err() && savepoints == Savepoints::None;
            results.push(result);
            if spoilt {
                break;
            }
        }
        Ok(results)
    }

    /// One piece of work. The inner error is its own; the outer one ends the transaction.
    fn one(
        &mut self,
        work: &Work,
        savepoints: Savepoints,
    ) -> Result<Result<Committed, Error>, Arc<rusqlite::Error>> {
        if savepoints == Savepoints::Each {
            self.conn.prepare_cached("SAVEPOINT unit")?.execute([])?;
        }
        let mark = self.projector.mark();
        let result = match work {
            Work::Unit { unit, .. } => apply::unit(&self.conn, &mut self.projector, unit),
            Work::Rebuild { projection } => {
                self.projector.rebuild(&self.conn, projection).map(|()| Committed::default())
            }
        };
        if let Err(error) = &result {
            // Some errors make SQLite end the transaction by itself; others mean that the file is beyond us.
            if let Some(fatal) = self.fatal(error) {
                return Err(fatal);
            }
            self.projector.undo(mark);
            if savepoints == Savepoints::Each {
                self.conn.prepare_cached("ROLLBACK TO unit")?.execute([])?;
            }
        }
        if savepoints == Savepoints::Each {
            self.conn.prepare_cached("RELEASE unit")?.execute([])?;
        }
        Ok(result)
    }

    fn fatal(&self, error: &Error) -> Option<Arc<rusqlite::Error>> {
        let (Error::Sqlite(error) | Error::Projection { source: error, .. }) = error else { return None };
        let code = error.sqlite_error_code();
        let beyond_us = matches!(
            code,
            Some(
                ErrorCode::SystemIoFailure
                    | ErrorCode::DiskFull
                    | ErrorCode::DatabaseCorrupt
                    | ErrorCode::NotADatabase
            )
        );
        (beyond_us || self.conn.is_autocommit()).then(|| error.clone())
    }

    /// Set what the next commit waits for.
    ///
    /// A commit at FULL makes every earlier commit at NORMAL durable too. In a write-ahead log the sync of a commit is one fsync of
    /// the whole log file (`walFrames` in SQLite's wal.c), so it covers all frames before it; and frames are only ever overwritten
    /// after a checkpoint synced the log, copied them to the database and synced that, which it does at NORMAL as well (`walCheckpoint`;
    /// the checkpoint's sync flags do not depend on FULL). The pragma cannot change inside a transaction, hence before BEGIN.
    fn synchronous(&mut self, full: bool) -> rusqlite::Result<()> {
        if self.full != full {
            self.conn.pragma_update(None, "synchronous", if full { "full" } else { "normal" })?;
            self.full = full;
        }
        Ok(())
    }

    fn count(&self, full: bool, results: &[Result<Committed, Error>]) {
        let events: u64 = results
            .iter()
            .flatten()
            .flat_map(|committed| &committed.appended)
            .map(|appended| appended.last_pos + 1 - appended.first_pos)
            .sum();
        self.counters.commits.fetch_add(1, Ordering::Relaxed);
        self.counters.fsyncs.fetch_add(u64::from(full), Ordering::Relaxed);
        self.counters.events.fetch_add(events, Ordering::Relaxed);
    }

    fn close(self) {
        let closing = if self.stopped.is_some() {
            // The log is the only good copy; the next to open the file recovers from it.
            self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map(|_| ())
        } else {
            // Passive: it never waits for readers or writers of other processes.
            self.conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(()))
        };
        if let Err(error) = closing.and_then(|()| self.conn.close().map_err(|(_, error)| error)) {
            tracing::warn!(%error, "the journal did not close cleanly; it recovers when it is opened");
        }
    }
}
