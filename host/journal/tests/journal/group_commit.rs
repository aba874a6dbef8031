//! Whoever waits for the disk waits together. Counted, not timed.

use std::thread;

use amatelier_journal::{Commit, Unit};

use crate::support::{Held, Place, event};

#[test]
fn units_that_wait_at_the_same_time_share_one_commit_and_one_fsync() {
    let place = Place::new();
    let journal = place.open();
    let before = journal.stats();
    let held = Held::new(&journal);
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let journal = journal.clone();
            thread::spawn(move || {
                let send = |_| journal.append(format!("s{writer}"), None, vec![event("x")], Commit::Fsync);
                (0..20).map(send).collect::<Vec<_>>()
            })
        })
        .collect();
    let pending: Vec<_> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    held.let_go();
    let mut positions: Vec<u64> = pending.into_iter().map(|unit| unit.wait().unwrap().last_pos).collect();
    positions.sort_unstable();
    assert_eq!(positions, (2..=161).collect::<Vec<u64>>());
    let after = journal.stats();
    assert_eq!(after.commits - before.commits, 2, "the held unit, and all the others");
    assert_eq!(after.fsyncs - before.fsyncs, 1);
    assert_eq!(after.events - before.events, 161);
}

#[test]
fn a_transaction_takes_a_bounded_number_of_units() {
    let place = Place::new();
    let journal = place.open();
    let before = journal.stats().commits;
    let held = Held::new(&journal);
    let pending: Vec<_> =
        (0..600).map(|_| journal.append("s", None, vec![event("x")], Commit::NoFsync)).collect();
    held.let_go();
    for unit in pending {
        unit.wait().unwrap();
    }
    assert_eq!(journal.stats().commits - before, 1 + 3, "600 units in transactions of 256");
}

#[test]
fn only_a_barrier_waits_for_the_disk() {
    let place = Place::new();
    let journal = place.open();
    for (commit, fsyncs) in [
        (Commit::NoFsync, 0),
        (Commit::Fsync, 1),
        (Commit::NoFsync, 1),
        (Commit::NoFsync, 1),
        (Commit::Fsync, 2),
    ] {
        journal.append("s", None, vec![event("x")], commit).wait().unwrap();
        assert_eq!(journal.stats().fsyncs, fsyncs);
    }
    assert_eq!(journal.stats().commits, 5);
}

#[test]
fn a_journal_that_need_not_survive_power_cuts_never_waits_for_the_disk() {
    let place = Place::new();
    let journal = place.open_without_fsync();
    journal.append("s", None, vec![event("x")], Commit::Fsync).wait().unwrap();
    let stats = journal.stats();
    assert_eq!((stats.commits, stats.fsyncs), (1, 0));
}

#[test]
fn an_empty_barrier_still_writes_a_frame_that_can_be_synced() {
    let place = Place::new();
    let journal = place.open();
    journal.append("s", None, vec![event("x")], Commit::NoFsync).wait().unwrap();
    let log = place.folder().join("roundtable.db-wal");
    let before = log.metadata().unwrap().len();
    journal.write(Unit::new(), Commit::NoFsync).wait().unwrap();
    assert_eq!(log.metadata().unwrap().len(), before, "without a barrier there is nothing to do");
    journal.write(Unit::new(), Commit::Fsync).wait().unwrap();
    assert_eq!(log.metadata().unwrap().len(), before + 24 + 4096, "one page and its frame header");
    assert_eq!(journal.stats().fsyncs, 1);
}
