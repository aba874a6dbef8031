//! A journal in a folder of its own, a projection that notices everything, and a way to make the writer wait.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
};

use amatelier_journal::{
    Access, Commit, Committed, Durability, Journal, Migration, NewEvent, OpenError, Options, Pending,
    Projection, StoredEvent, Unit,
    rusqlite::{self, Connection, params},
};
use amatelier_types::Timestamp;
use tempfile::TempDir;

pub(crate) const JOURNAL: Migration =
    Migration { name: "0001_journal", sql: include_str!("../../../../migrations/0001_journal.sql") };
pub(crate) const ROUNDTABLES: Migration =
    Migration { name: "0002_roundtables", sql: include_str!("../../../../migrations/0002_roundtables.sql") };
pub(crate) const ACCOUNTS: Migration =
    Migration { name: "0003_accounts", sql: include_str!("../../../../migrations/0003_accounts.sql") };
const TALLY: Migration = Migration {
    name: "tally",
    sql: "CREATE TABLE tally (stream TEXT NOT NULL PRIMARY KEY, events INTEGER NOT NULL, digest INTEGER NOT NULL) STRICT",
};
pub(crate) const MIGRATIONS: [Migration; 4] = [JOURNAL, ROUNDTABLES, ACCOUNTS, TALLY];

pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Place { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder().join("roundtable.db")
    }

    pub(crate) fn open(&self) -> Journal {
        self.open_with(Options::default(), vec![Box::new(Tally { version: 1 })]).unwrap()
    }

    pub(crate) fn open_with(
        &self,
        options: Options,
        projections: Vec<Box<dyn Projection>>,
    ) -> Result<Journal, OpenError> {
        Journal::open(&self.path(), options, &MIGRATIONS, projections)
    }

    pub(crate) fn open_to_read(&self) -> Result<Journal, OpenError> {
        self.open_with(Options { access: Access::ReadOnly, ..Options::default() }, vec![])
    }

    pub(crate) fn open_without_fsync(&self) -> Journal {
        let options = Options { durability: Durability::Process, ..Options::default() };
        self.open_with(options, vec![Box::new(Tally { version: 1 })]).unwrap()
    }

    /// The file as anybody's SQLite sees it.
    pub(crate) fn raw(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) fn event(body: impl Into<Vec<u8>>) -> NewEvent {
    NewEvent { at: Timestamp(1), actor: "host".into(), kind: "noted".into(), version: 1, body: body.into() }
}

pub(crate) fn bodies(journal: &Journal, stream: &str) -> Vec<String> {
    let events = journal.events(stream, 0).unwrap();
    events.into_iter().map(|event| String::from_utf8(event.body).unwrap()).collect()
}

/// Counts the events of each stream and folds them into a number that depends on their order. Refuses the body `poison`.
pub(crate) struct Tally {
    pub(crate) version: u32,
}

impl Projection for Tally {
    fn name(&self) -> &'static str {
        "tally"
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn apply(&self, tx: &Connection, event: &StoredEvent) -> rusqlite::Result<()> {
        if event.body == b"poison" {
            return tx.execute("INSERT INTO tally (stream) VALUES (NULL)", []).map(|_| ());
        }
        let weight = event
            .body
            .iter()
            .fold(i64::from(self.version), |sum, byte| (sum * 7 + i64::from(*byte)) % 1_000_003);
        tx.prepare_cached(
            "INSERT INTO tally VALUES (?1, 1, ?2)
             ON CONFLICT (stream) DO UPDATE SET events = events + 1, digest = (digest * 31 + excluded.digest) % 1000003",
        )?
        .execute(params![event.stream, weight])?;
        Ok(())
    }

    fn reset(&self, tx: &Connection) -> rusqlite::Result<()> {
        tx.execute("DELETE FROM tally", []).map(|_| ())
    }
}

/// The whole tally: stream, events, digest.
pub(crate) fn tally(journal: &Journal) -> Vec<(String, u64, i64)> {
    journal
        .read(|conn| {
            conn.prepare("SELECT stream, events, digest FROM tally ORDER BY stream")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        })
        .unwrap()
}

/// A writer that is busy until it is let go; what is sent meanwhile waits.
pub(crate) struct Held {
    release: mpsc::Sender<()>,
    pending: Pending<Committed>,
}

impl Held {
    pub(crate) fn new(journal: &Journal) -> Self {
        let (entered, inside) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let released = std::sync::Mutex::new(released);
        let unit = Unit::new().append("held", None, vec![event("")]).guard(move |_| {
            entered.send(()).unwrap();
            released.lock().unwrap().recv().unwrap();
            Ok(())
        });
        let pending = journal.write(unit, Commit::NoFsync);
        inside.recv().unwrap();
        Held { release, pending }
    }

    pub(crate) fn let_go(self) {
        self.release.send(()).unwrap();
        self.pending.wait().unwrap();
    }
}
