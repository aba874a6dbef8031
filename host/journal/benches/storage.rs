//! Durable events per second through the journal, and through bare SQLite making the same commits. For `cargo xtask bench`: each line
//! is a name and what was measured, in nanoseconds.
//!
//! Many writers each append an event, wait until it is durable, and append the next; the journal commits together what waits. Then
//! SQLite alone writes as many events in as many transactions, prepared and in order, with nobody to answer. The two take turns, for
//! the disk is not equally fast at all times.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark: what fails here should stop it, and what it measured goes to stdout"
)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use amatelier_journal::{
    Commit, Journal, Migration, NewEvent, Options,
    rusqlite::{Connection, params},
};
use amatelier_types::Timestamp;

const MIGRATIONS: [Migration; 1] =
    [Migration { name: "0001_journal", sql: include_str!("../../../migrations/0001_journal.sql") }];

/// How many wait for the disk at once, and how many events each appends in one stretch.
const WRITERS: usize = 64;
const EVENTS: usize = 100;
const STRETCHES: usize = 7;
/// What a speech takes as an event, in bytes.
const BODY: usize = 1_000;

/// Events in each transaction of a stretch.
type Commits = Vec<usize>;

fn main() {
    let (mut ours, mut bare, mut commits) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STRETCHES {
        let folder = tempfile::tempdir().unwrap();
        let (took, made) = journal(&folder.path().join("journal.db"));
        bare.push(sqlite(&folder.path().join("bare.db"), &made));
        ours.push(took);
        commits.push(made.len());
    }
    print("ours", ours.iter().map(Duration::as_nanos));
    print("bare", bare.iter().map(Duration::as_nanos));
    print("commits", commits);
    print("events", [WRITERS * EVENTS]);
}

fn print<T: ToString>(name: &str, values: impl IntoIterator<Item = T>) {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    println!("{name} {}", values.join(" "));
}

fn event(number: usize) -> NewEvent {
    NewEvent {
        at: Timestamp(number as i64),
        actor: "host".into(),
        kind: "message-posted".into(),
        version: 1,
        body: vec![b'x'; BODY],
    }
}

fn journal(path: &Path) -> (Duration, Commits) {
    let journal = Journal::open(path, Options::default(), &MIGRATIONS, Vec::new()).unwrap();
    journal.append("warm", None, vec![event(0)], Commit::Fsync).wait().unwrap();
    let before = journal.stats();
    let begun = Instant::now();
    // Tasks, as debates are: a thread for each writer would measure how fast the system wakes threads.
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..WRITERS {
            let journal = journal.clone();
            writers.spawn(async move {
                let stream = format!("stream/{writer}");
                for number in 0..EVENTS {
                    let seq = Some(number as u64);
                    journal.append(&*stream, seq, vec![event(number)], Commit::Fsync).await.unwrap();
                }
            });
        }
        while let Some(written) = writers.join_next().await {
            written.unwrap();
        }
    });
    let took = begun.elapsed();
    let after = journal.stats();
    assert_eq!(after.fsyncs - before.fsyncs, after.commits - before.commits);
    let (events, commits) = (WRITERS * EVENTS, (after.commits - before.commits) as usize);
    // The events as evenly over as many transactions.
    (took, (0..commits).map(|place| events * (place + 1) / commits - events * place / commits).collect())
}

fn sqlite(path: &Path, commits: &Commits) -> Duration {
    let conn = Connection::open(path).unwrap();
    conn.pragma_update(None, "journal_mode", "wal").unwrap();
    conn.pragma_update(None, "synchronous", "full").unwrap();
    for migration in &MIGRATIONS {
        conn.execute_batch(migration.sql).unwrap();
    }
    let begun = Instant::now();
    let mut number = 0;
    for events in commits {
        conn.prepare_cached("BEGIN IMMEDIATE").unwrap().execute([]).unwrap();
        let mut insert = conn
            .prepare_cached(
                "INSERT INTO events (stream, seq, batch, at, actor, kind, version, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )
            .unwrap();
        for _ in 0..*events {
            let event = event(number);
            let (stream, seq) = (format!("stream/{}", number % WRITERS), number / WRITERS + 1);
            let NewEvent { at, actor, kind, version, body } = event;
            insert.execute(params![stream, seq, number, at.0, actor, kind, version, body]).unwrap();
            number += 1;
        }
        drop(insert);
        conn.prepare_cached("COMMIT").unwrap().execute([]).unwrap();
    }
    begun.elapsed()
}
