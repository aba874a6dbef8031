//! Files are recognised, migrated with a backup, and shared.

use std::{thread, time::Duration};

use amatelier_journal::{BackupError, Commit, Error, Journal, Migration, OpenError, Options, Refusal, Unit};

use crate::support::{JOURNAL, MIGRATIONS, Place, ROUNDTABLES, bodies, event};

fn open_at(place: &Place, migrations: &[Migration]) -> Result<Journal, OpenError> {
    Journal::open(&place.path(), Options::default(), migrations, vec![])
}

#[test]
fn a_new_file_has_the_last_schema_and_no_backup() {
    let place = Place::new();
    drop(place.open());
    assert_eq!(place.files(), ["roundtable.db"], "and a clean close leaves no log");
    let raw = place.raw();
    let pragma = |name| raw.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(pragma("user_version"), 4);
    assert_eq!(pragma("application_id"), 0x414d_544c);
    let mode: String = raw.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_file_of_a_newer_binary_is_refused_in_plain_words() {
    let place = Place::new();
    drop(place.open());
    let before = std::fs::read(place.path()).unwrap();
    let error = open_at(&place, &[JOURNAL, ROUNDTABLES]).err().unwrap();
    assert!(matches!(error, OpenError::Newer { found: 4, known: 2, .. }));
    let path = place.path().display().to_string();
    assert_eq!(
        error.to_string(),
        format!("`{path}` has schema version 4, and this Amatelier knows none after 2: a newer one wrote it")
    );
    assert_eq!(std::fs::read(place.path()).unwrap(), before);
    assert_eq!(place.files(), ["roundtable.db"]);
}

#[test]
fn a_database_of_somebody_else_is_refused_and_not_touched() {
    let place = Place::new();
    place.raw().execute_batch("CREATE TABLE roundtables (id TEXT PRIMARY KEY, topic TEXT)").unwrap();
    let before = std::fs::read(place.path()).unwrap();
    assert!(matches!(open_at(&place, &MIGRATIONS), Err(OpenError::Foreign { .. })));
    assert_eq!(std::fs::read(place.path()).unwrap(), before);
    std::fs::write(place.path(), "this is a text, and a long one, but it is not a database at all").unwrap();
    assert!(matches!(open_at(&place, &MIGRATIONS), Err(OpenError::Sqlite { .. })));
}

#[test]
fn a_backup_is_made_before_a_file_is_migrated() {
    let place = Place::new();
    let old = open_at(&place, &[JOURNAL]).unwrap();
    old.append("s", None, vec![event("old")], Commit::NoFsync).wait().unwrap();
    // Still open: what is only in the log must be in the backup too.
    let new = open_at(&place, &[JOURNAL, ROUNDTABLES]).unwrap();
    new.append("s", Some(1), vec![event("new")], Commit::NoFsync).wait().unwrap();
    assert_eq!(bodies(&old, "s"), ["old", "new"]);
    drop((old, new));
    assert_eq!(place.files(), ["roundtable.db", "roundtable.db.before-2.bak"]);

    let restored = Place::new();
    std::fs::copy(place.folder().join("roundtable.db.before-2.bak"), restored.path()).unwrap();
    let journal = open_at(&restored, &[JOURNAL]).unwrap();
    assert_eq!(bodies(&journal, "s"), ["old"]);
    journal.append("s", Some(1), vec![event("other")], Commit::NoFsync).wait().unwrap();
}

#[test]
fn a_migration_that_fails_leaves_the_file_as_it_was() {
    let place = Place::new();
    let old = open_at(&place, &[JOURNAL]).unwrap();
    old.append("s", None, vec![event("old")], Commit::NoFsync).wait().unwrap();
    drop(old);
    let broken = Migration { name: "0003_broken", sql: "CREATE TABLE fine (a) ; CREATE TABLE events (b)" };
    let error = open_at(&place, &[JOURNAL, ROUNDTABLES, broken]).err().unwrap();
    assert!(matches!(error, OpenError::Migration { name: "0003_broken", .. }));
    assert_eq!(bodies(&open_at(&place, &[JOURNAL]).unwrap(), "s"), ["old"]);
}

#[test]
fn many_who_open_an_old_or_a_new_file_at_once_migrate_it_once() {
    for old in [false, true] {
        let place = Place::new();
        if old {
            drop(open_at(&place, &[JOURNAL]).unwrap());
        }
        thread::scope(|scope| {
            let opened: Vec<_> = (0..8).map(|_| scope.spawn(|| place.open())).collect();
            for (number, journal) in opened.into_iter().enumerate() {
                let journal = journal.join().unwrap();
                journal.append("s", None, vec![event(number.to_string())], Commit::NoFsync).wait().unwrap();
            }
        });
        assert_eq!(bodies(&place.open(), "s").len(), 8);
        let files: &[&str] =
            if old { &["roundtable.db", "roundtable.db.before-4.bak"] } else { &["roundtable.db"] };
        assert_eq!(place.files(), files);
    }
}

#[test]
fn two_journals_on_one_file_take_turns() {
    let place = Place::new();
    let journals = [place.open(), place.open()];
    thread::scope(|scope| {
        for journal in &journals {
            scope.spawn(|| {
                let mut seen = 0;
                let mut mine = 0;
                while mine < 50 {
                    match journal.append("s", Some(seen), vec![event("x")], Commit::NoFsync).wait() {
                        Ok(appended) => (seen, mine) = (appended.last_seq, mine + 1),
                        Err(Error::Conflict { found, .. }) => seen = found,
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    let [one, two] = &journals;
    assert_eq!(one.events("s", 0).unwrap(), two.events("s", 0).unwrap());
    let positions: Vec<u64> = one.all_events(0, 1000).unwrap().iter().map(|event| event.pos).collect();
    assert_eq!(positions, (1..=100).collect::<Vec<u64>>());
    let incremental = crate::support::tally(one);
    two.rebuild("tally").wait().unwrap();
    assert_eq!(crate::support::tally(two), incremental);
}

#[test]
fn a_journal_open_for_reading_reads_and_does_not_write() {
    let place = Place::new();
    assert!(place.open_to_read().is_err(), "there is nothing to read");
    assert!(place.files().is_empty(), "and nothing is made");
    let journal = place.open();
    journal.append("s", None, vec![event("a")], Commit::NoFsync).wait().unwrap();
    let reading = place.open_to_read().unwrap();
    assert_eq!(bodies(&reading, "s"), ["a"]);
    let refused = reading.append("s", None, vec![event("b")], Commit::NoFsync).wait();
    assert!(matches!(refused, Err(Error::ReadOnly)));
    journal.append("s", None, vec![event("c")], Commit::NoFsync).wait().unwrap();
    assert_eq!(bodies(&reading, "s"), ["a", "c"]);
}

#[test]
fn reading_alone_does_not_migrate() {
    let place = Place::new();
    drop(open_at(&place, &[JOURNAL]).unwrap());
    assert!(matches!(place.open_to_read(), Err(OpenError::Older { found: 1, known: 4, .. })));
    let version: i64 = place.raw().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
    assert!(!place.files().iter().any(|name| name.ends_with(".bak")));
}

#[test]
fn a_backup_is_a_journal_and_overwrites_nothing() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", None, vec![event("a")], Commit::NoFsync).wait().unwrap();
    let copy = Place::new();
    journal.backup(&copy.path()).unwrap();
    assert!(matches!(journal.backup(&copy.path()), Err(BackupError::Exists(path)) if path == copy.path()));
    assert!(journal.backup(&copy.folder().join("no/such/folder.db")).is_err());
    assert_eq!(copy.files(), ["roundtable.db"]);
    assert_eq!(
        copy.open().append("s", Some(1), vec![event("b")], Commit::NoFsync).wait().unwrap().first_pos,
        2
    );
    assert_eq!(bodies(&journal, "s"), ["a"]);
}

#[test]
fn a_process_that_keeps_the_file_to_itself_makes_others_say_so_and_try_again() {
    let place = Place::new();
    let journal = place.open();
    // Nobody waits five seconds in a test.
    let impatient = Unit::new().guard(|conn| conn.busy_timeout(Duration::ZERO).map_err(Refusal::from));
    journal.write(impatient, Commit::NoFsync).wait().unwrap();
    let hog = place.raw();
    hog.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(journal.append("s", None, vec![event("a")], Commit::NoFsync).wait(), Err(Error::Busy)));
    hog.execute_batch("ROLLBACK").unwrap();
    journal.append("s", Some(0), vec![event("b")], Commit::NoFsync).wait().unwrap();
    assert_eq!(bodies(&journal, "s"), ["b"]);
}
