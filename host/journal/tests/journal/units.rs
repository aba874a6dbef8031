//! A unit happens as a whole or not at all, and alone.

use amatelier_journal::{Commit, Error, Journal, NewTurn, Refusal, Unit};
use amatelier_types::Timestamp;

use crate::support::{Held, Place, bodies, event, tally};

fn turn() -> NewTurn {
    NewTurn { stream: "s".into(), action: "speak".into(), component: None, at: Timestamp(1) }
}

fn shared_by_all_threads<T: Send + Sync + Clone>(_: &T) {}

#[test]
fn a_unit_that_fails_leaves_nothing() {
    let place = Place::new();
    let journal = place.open();
    shared_by_all_threads(&journal);
    journal.append("s", None, vec![event("before")], Commit::NoFsync).wait().unwrap();
    let before = tally(&journal);
    let unit = Unit::new().append("s", Some(1), vec![event("a")]).begin_turn(turn()).append(
        "t",
        Some(7),
        vec![event("b")],
    );
    assert!(matches!(journal.write(unit, Commit::Fsync).wait(), Err(Error::Conflict { found: 0, .. })));
    assert_eq!(bodies(&journal, "s"), ["before"]);
    assert_eq!(journal.attempts("s", "speak").unwrap(), []);
    assert_eq!(tally(&journal), before);
    assert_eq!(journal.append("s", Some(1), vec![event("c")], Commit::NoFsync).wait().unwrap().first_pos, 2);
}

#[test]
fn a_unit_that_fails_leaves_the_others_in_its_transaction_alone() {
    let place = Place::new();
    let journal = place.open();
    let append =
        |expected, body: &str| journal.append("s", Some(expected), vec![event(body)], Commit::NoFsync);
    let commits = journal.stats().commits;
    let held = Held::new(&journal);
    let (first, conflict, poison, second) =
        (append(0, "a"), append(0, "b"), append(1, "poison"), append(1, "c"));
    held.let_go();
    assert_eq!(first.wait().unwrap().last_seq, 1);
    assert!(matches!(conflict.wait(), Err(Error::Conflict { found: 1, .. })));
    assert!(matches!(poison.wait(), Err(Error::Projection { name: "tally", .. })));
    assert_eq!(second.wait().unwrap().first_pos, 3, "one event of the held unit and `a` are before it");
    assert_eq!(bodies(&journal, "s"), ["a", "c"]);
    assert_eq!(journal.stats().commits, commits + 2);
    assert_rebuilt_is_same(&journal);
}

fn assert_rebuilt_is_same(journal: &Journal) {
    let incremental = tally(journal);
    journal.rebuild("tally").wait().unwrap();
    assert_eq!(tally(journal), incremental);
}

#[test]
fn a_transaction_in_which_everything_fails_is_not_committed() {
    let place = Place::new();
    let journal = place.open();
    let before = journal.stats();
    journal.append("s", Some(9), vec![event("a")], Commit::Fsync).wait().unwrap_err();
    assert_eq!(journal.stats(), before);
}

#[test]
fn a_guard_sees_what_its_unit_did_and_can_refuse_it() {
    let place = Place::new();
    let journal = place.open();
    let at_most_two = || {
        Unit::new().append("s", None, vec![event("x")]).guard(|conn| {
            let events: i64 = conn.query_row("SELECT count(*) FROM events", [], |row| row.get(0))?;
            if events <= 2 { Ok(()) } else { Err(Refusal::Because(format!("{events} are too many"))) }
        })
    };
    journal.write(at_most_two(), Commit::NoFsync).wait().unwrap();
    journal.write(at_most_two(), Commit::NoFsync).wait().unwrap();
    let error = journal.write(at_most_two(), Commit::NoFsync).wait().unwrap_err();
    assert!(matches!(&error, Error::Refused(reason) if reason == "3 are too many"));
    assert_eq!(journal.all_events(0, 10).unwrap().len(), 2);
}

#[test]
fn a_unit_is_written_whether_or_not_anybody_waits() {
    let place = Place::new();
    let journal = place.open();
    for body in ["a", "b", "c"] {
        journal.append("s", None, vec![event(body)], Commit::NoFsync).forget();
    }
    drop(journal);
    assert_eq!(bodies(&place.open(), "s"), ["a", "b", "c"]);
}

#[tokio::test]
async fn a_pending_unit_can_be_awaited() {
    let place = Place::new();
    let journal = place.open();
    let committed =
        journal.write(Unit::new().begin_turn(turn()).begin_turn(turn()), Commit::Fsync).await.unwrap();
    assert_eq!(committed.turns.iter().map(|turn| turn.attempt).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_tally_is_written_with_its_unit_and_undone_with_it() {
    let place = Place::new();
    let journal = place.open();
    let table = "CREATE TABLE IF NOT EXISTS counted (calls INTEGER NOT NULL) STRICT";
    let counted = || {
        Unit::new().append("s", None, vec![event("x")]).tally(move |conn| {
            conn.execute(table, [])?;
            conn.execute("INSERT INTO counted (calls) VALUES (1)", []).map(drop)
        })
    };
    let count = || {
        journal.read(|conn| conn.query_row("SELECT count(*) FROM counted", [], |row| row.get::<_, u32>(0)))
    };
    journal.write(counted(), Commit::NoFsync).wait().unwrap();
    assert_eq!(count().unwrap(), 1);
    let refused = counted().guard(|_| Err(Refusal::Because("no".into())));
    journal.write(refused, Commit::NoFsync).wait().unwrap_err();
    assert_eq!(count().unwrap(), 1);
    let broken = Unit::new().tally(|conn| conn.execute("INSERT INTO nowhere VALUES (1)", []).map(drop));
    assert!(matches!(journal.write(broken, Commit::NoFsync).wait(), Err(Error::Sqlite(_))));
}
