//! Events go in once, in order, and stay.

use amatelier_journal::{Commit, Error, NewEvent, Refusal, StoredEvent, Unit, rusqlite};
use amatelier_types::Timestamp;

use crate::support::{Place, bodies, event};

#[test]
fn events_come_back_as_they_were_appended() {
    let place = Place::new();
    let journal = place.open();
    let spoken = NewEvent {
        at: Timestamp(1_700_000_000_123),
        actor: "user:ann".into(),
        kind: "message-posted".into(),
        version: 3,
        body: vec![0, 255, 10, 195],
    };
    journal.append("other", None, vec![event("x")], Commit::NoFsync).wait().unwrap();
    let appended =
        journal.append("debate/1", Some(0), vec![spoken.clone(), spoken], Commit::Fsync).wait().unwrap();
    assert_eq!((appended.first_pos, appended.last_pos, appended.last_seq, appended.batch), (2, 3, 2, 2));
    let stored = StoredEvent {
        pos: 3,
        stream: "debate/1".into(),
        seq: 2,
        batch: 2,
        at: Timestamp(1_700_000_000_123),
        actor: "user:ann".into(),
        kind: "message-posted".into(),
        version: 3,
        body: vec![0, 255, 10, 195],
    };
    assert_eq!(journal.events("debate/1", 1).unwrap(), std::slice::from_ref(&stored));
    assert_eq!(journal.all_events(2, 10).unwrap(), [stored]);
    assert_eq!(journal.all_events(0, 2).unwrap().len(), 2);
    assert_eq!(journal.events("nobody", 0).unwrap(), []);
}

#[test]
fn an_append_at_the_wrong_place_is_refused_and_says_where_the_stream_ends() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", Some(0), vec![event("a"), event("b")], Commit::NoFsync).wait().unwrap();
    for expected in [0, 1, 3] {
        let error =
            journal.append("s", Some(expected), vec![event("c")], Commit::NoFsync).wait().unwrap_err();
        assert!(
            matches!(&error, Error::Conflict { stream, expected: e, found: 2 } if stream == "s" && *e == expected)
        );
    }
    journal.append("s", Some(2), vec![event("c")], Commit::NoFsync).wait().unwrap();
    journal.append("s", None, vec![event("d")], Commit::NoFsync).wait().unwrap();
    assert_eq!(bodies(&journal, "s"), ["a", "b", "c", "d"]);
}

#[test]
fn an_append_of_nothing_only_checks_where_the_stream_ends() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", None, vec![event("a")], Commit::NoFsync).wait().unwrap();
    let nothing = journal.append("s", Some(1), vec![], Commit::NoFsync).wait().unwrap();
    assert_eq!((nothing.first_pos, nothing.last_pos, nothing.last_seq), (2, 1, 1));
    journal.append("s", Some(0), vec![], Commit::NoFsync).wait().unwrap_err();
    assert_eq!(journal.stats().events, 1);
}

#[test]
fn the_events_of_one_unit_share_a_batch() {
    let place = Place::new();
    let journal = place.open();
    let unit =
        || Unit::new().append("a", None, vec![event("1"), event("2")]).append("b", None, vec![event("3")]);
    journal.write(unit(), Commit::NoFsync).wait().unwrap();
    let second = journal.write(unit(), Commit::NoFsync).wait().unwrap();
    assert_eq!(second.appended.iter().map(|a| a.batch).collect::<Vec<_>>(), [4, 4]);
    let batches: Vec<u64> = journal.all_events(0, 10).unwrap().iter().map(|e| e.batch).collect();
    assert_eq!(batches, [1, 1, 1, 4, 4, 4]);
}

#[test]
fn streams_are_listed_by_prefix() {
    let place = Place::new();
    let journal = place.open();
    for stream in ["debate/2", "member/a", "debate/1", "debate", "debate/1", "team", "Debate/0"] {
        journal.append(stream, None, vec![event("")], Commit::NoFsync).wait().unwrap();
    }
    assert_eq!(journal.streams("debate/").unwrap(), ["debate/1", "debate/2"]);
    assert_eq!(
        journal.streams("").unwrap(),
        ["Debate/0", "debate", "debate/1", "debate/2", "member/a", "team"]
    );
    assert!(journal.streams("z").unwrap().is_empty());
}

#[test]
fn events_can_neither_be_changed_nor_deleted() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", None, vec![event("a")], Commit::NoFsync).wait().unwrap();
    for (sql, refusal) in [
        ("UPDATE events SET body = x'00'", "events are never changed"),
        ("DELETE FROM events", "events are never deleted"),
    ] {
        assert!(place.raw().execute(sql, []).unwrap_err().to_string().contains(refusal));
    }
    // Past the triggers of a foreign connection, but not past those of ours.
    let replace = "INSERT OR REPLACE INTO events VALUES (1, 's', 1, 1, 1, 'me', 'forged', 1, x'00')";
    let forging = Unit::new().guard(move |conn| conn.execute(replace, []).map(|_| ()).map_err(Refusal::from));
    let error = journal.write(forging, Commit::NoFsync).wait().unwrap_err();
    assert!(error.to_string().contains("events are never deleted"), "{error}");
    assert_eq!(bodies(&journal, "s"), ["a"]);
}

#[test]
fn a_read_cannot_write() {
    let place = Place::new();
    let journal = place.open();
    let result: Result<usize, Error> =
        journal.read(|conn| conn.execute("DELETE FROM tally", rusqlite::params![]));
    assert!(matches!(result, Err(Error::Sqlite(_))));
}
