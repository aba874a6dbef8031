//! What is left after the process, the power or the disk gave out.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use amatelier_journal::{Commit, Error, Refusal, Unit};

use crate::support::{Place, bodies, event, tally};

/// Where the child finds its journal; set only in the child.
const CHILD: &str = "AMATELIER_JOURNAL_TEST_CHILD";

#[test]
fn a_log_cut_anywhere_is_a_prefix_of_history() {
    let place = Place::new();
    let journal = place.open();
    let history: Vec<String> = (0..24).map(|n| format!("{n}").repeat(1 + n * 37)).collect();
    for pair in history.chunks(2) {
        let events = pair.iter().map(|body| event(body.as_bytes())).collect();
        journal.append("s", None, events, Commit::NoFsync).wait().unwrap();
    }
    let file = std::fs::read(place.path()).unwrap();
    let log = std::fs::read(place.folder().join("roundtable.db-wal")).unwrap();
    let frames = (0..).map(|frame| 32 + frame * (24 + 4096)).take_while(|end| *end <= log.len());
    let cuts =
        frames.flat_map(|end| [end.saturating_sub(1), end, end + 1]).chain((0..log.len()).step_by(9973));
    let mut lengths = std::collections::BTreeSet::new();
    for cut in cuts.filter(|cut| *cut <= log.len()) {
        let after = Place::new();
        std::fs::write(after.path(), &file).unwrap();
        std::fs::write(after.folder().join("roundtable.db-wal"), &log[..cut]).unwrap();
        let journal = after.open();
        let left = bodies(&journal, "s");
        assert_eq!(left, history[..left.len()], "cut at {cut}");
        assert_eq!(left.len() % 2, 0, "half a unit is left, cut at {cut}");
        assert_eq!(tally(&journal).iter().map(|row| row.1).sum::<u64>(), left.len() as u64, "cut at {cut}");
        lengths.insert(left.len());
    }
    assert_eq!(lengths.into_iter().collect::<Vec<_>>(), (0..=24).step_by(2).collect::<Vec<_>>());
}

/// Not a test of its own: the process that the next test kills.
#[test]
fn child_that_writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let journal = amatelier_journal::Journal::open(
        path.as_ref(),
        Default::default(),
        &crate::support::MIGRATIONS,
        vec![],
    );
    let journal = journal.unwrap();
    for n in 0_u64.. {
        journal.append("s", Some(n), vec![event(n.to_string())], Commit::NoFsync).wait().unwrap();
        println!("stored {n}");
    }
}

#[test]
fn what_was_answered_survives_a_kill() {
    let place = Place::new();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crashes::child_that_writes_until_it_is_killed", "--nocapture"])
        .env(CHILD, place.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut stored = lines.map(Result::unwrap).filter(|line| line.starts_with("stored "));
    assert_eq!(stored.nth(199).unwrap(), "stored 199");
    child.kill().unwrap();
    child.wait().unwrap();
    // Lines that were still in the pipe were answered too.
    let answered = 200 + stored.count();
    let left = bodies(&place.open(), "s");
    assert!(left.len() >= answered, "{} of {answered} are left", left.len());
    assert_eq!(left, (0..left.len()).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_full_disk_stops_the_journal_and_loses_nothing_that_was_answered() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", None, vec![event("kept")], Commit::Fsync).wait().unwrap();
    // The limit of the connection stands in for the limit of the disk: both are SQLITE_FULL.
    let full = Unit::new().guard(|conn| {
        let pages: i64 = conn.pragma_query_value(None, "page_count", |row| row.get(0))?;
        conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).map_err(Refusal::from)
    });
    journal.write(full, Commit::NoFsync).wait().unwrap();
    let large = journal.append("s", None, vec![event(vec![7; 100_000])], Commit::NoFsync).wait().unwrap_err();
    assert!(matches!(large, Error::Stopped(_)), "{large}");
    assert_eq!(
        large.to_string(),
        "the journal stopped writing (database or disk is full); it writes again when it is opened again"
    );
    let small = journal.append("s", None, vec![event("x")], Commit::NoFsync).wait().unwrap_err();
    assert!(matches!(small, Error::Stopped(_)), "it stays stopped, for nobody knows what is on the disk");
    assert_eq!(bodies(&journal, "s"), ["kept"], "it can still be read");
    drop(journal);
    let again = place.open();
    again.append("s", Some(1), vec![event("more")], Commit::NoFsync).wait().unwrap();
    assert_eq!(bodies(&again, "s"), ["kept", "more"]);
}

#[test]
fn a_writer_that_panicked_answers_that_it_is_closed() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", None, vec![event("kept")], Commit::NoFsync).wait().unwrap();
    let broken = Unit::new().append("s", None, vec![event("lost")]).guard(|_| panic!("a broken guard"));
    assert!(matches!(journal.write(broken, Commit::NoFsync).wait(), Err(Error::Closed)));
    assert!(matches!(journal.append("s", None, vec![event("x")], Commit::Fsync).wait(), Err(Error::Closed)));
    drop(journal);
    assert_eq!(bodies(&place.open(), "s"), ["kept"]);
}
