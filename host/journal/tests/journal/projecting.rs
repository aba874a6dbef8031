//! Tables follow from the events, however they came to be filled.

use amatelier_journal::{Commit, Error, Journal, Options, Unit};
use proptest::prelude::*;

use crate::support::{Place, Tally, bodies, event, tally};

/// Something that happens to a journal.
#[derive(Clone, Debug)]
enum Step {
    /// An append, expecting the stream to be off by so much from where it is.
    Append {
        stream: u8,
        bodies: Vec<Vec<u8>>,
        off_by: u64,
    },
    /// Two appends in one unit, of which the second may conflict.
    Pair {
        first: u8,
        second: u8,
        conflict: bool,
    },
    Rebuild,
    Reopen,
    /// Somebody appends who does not know of the projection.
    Stranger {
        stream: u8,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let body = prop_oneof![9 => prop::collection::vec(any::<u8>(), 0..5), 1 => Just(b"poison".to_vec())];
    prop_oneof![
        8 => (0..3u8, prop::collection::vec(body, 0..4), prop_oneof![4 => Just(0), 1 => 1..3u64])
            .prop_map(|(stream, bodies, off_by)| Step::Append { stream, bodies, off_by }),
        3 => (0..3u8, 0..3u8, any::<bool>())
            .prop_map(|(first, second, conflict)| Step::Pair { first, second, conflict }),
        1 => Just(Step::Rebuild),
        1 => Just(Step::Reopen),
        1 => (0..3u8).prop_map(|stream| Step::Stranger { stream }),
    ]
}

fn stream(number: u8) -> String {
    format!("s{number}")
}

/// A plain model of the streams.
type Model = [Vec<Vec<u8>>; 3];

fn take(place: &Place, journal: &mut Option<Journal>, model: &mut Model, step: Step) {
    let open = journal.get_or_insert_with(|| place.open());
    let ends = |model: &Model, number: u8| model[usize::from(number)].len() as u64;
    match step {
        Step::Append { stream: number, bodies, off_by } => {
            let expected = Some(ends(model, number) + off_by);
            let events = bodies.iter().cloned().map(event).collect();
            let result = open.append(stream(number), expected, events, Commit::NoFsync).wait();
            if off_by != 0 {
                assert!(matches!(result, Err(Error::Conflict { .. })));
            } else if bodies.contains(&b"poison".to_vec()) {
                assert!(matches!(result, Err(Error::Projection { .. })));
            } else {
                result.unwrap();
                model[usize::from(number)].extend(bodies);
            }
        }
        Step::Pair { first, second, conflict } => {
            let follows = u64::from(first == second) + u64::from(conflict);
            let unit = Unit::new().append(stream(first), None, vec![event("1")]).append(
                stream(second),
                Some(ends(model, second) + follows),
                vec![event("2")],
            );
            let result = open.write(unit, Commit::NoFsync).wait();
            assert_eq!(result.is_err(), conflict);
            if !conflict {
                model[usize::from(first)].push(b"1".to_vec());
                model[usize::from(second)].push(b"2".to_vec());
            }
        }
        Step::Rebuild => open.rebuild("tally").wait().unwrap(),
        Step::Reopen => *journal = None,
        Step::Stranger { stream: number } => {
            let stranger = place.open_with(Options::default(), vec![]).unwrap();
            stranger.append(stream(number), None, vec![event("aside")], Commit::NoFsync).wait().unwrap();
            model[usize::from(number)].push(b"aside".to_vec());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rebuilding_from_nothing_gives_what_was_built_step_by_step(steps in prop::collection::vec(step(), 0..40)) {
        let place = Place::new();
        let (mut journal, mut model) = (None, Model::default());
        for step in steps {
            take(&place, &mut journal, &mut model, step);
        }
        // The last append brings what strangers wrote into the tables.
        take(&place, &mut journal, &mut model, Step::Append { stream: 0, bodies: vec![b"end".to_vec()], off_by: 0 });
        let journal = journal.unwrap();
        for (number, expected) in (0..).zip(&model) {
            let stored: Vec<_> =
                journal.events(&stream(number), 0).unwrap().into_iter().map(|event| event.body).collect();
            prop_assert_eq!(&stored, expected);
        }
        let incremental = tally(&journal);
        let counted: u64 = incremental.iter().map(|(_, events, _)| events).sum();
        prop_assert_eq!(counted, model.iter().map(Vec::len).sum::<usize>() as u64);
        journal.rebuild("tally").wait().unwrap();
        prop_assert_eq!(tally(&journal), incremental);
    }
}

fn filled() -> Place {
    let place = Place::new();
    let journal = place.open();
    for body in ["a", "b", "c"] {
        journal.append("s", None, vec![event(body)], Commit::NoFsync).wait().unwrap();
    }
    place
}

#[test]
fn a_projection_of_another_version_is_built_anew_when_the_journal_is_opened() {
    let place = filled();
    let old = tally(&place.open());
    let journal = place.open_with(Options::default(), vec![Box::new(Tally { version: 2 })]).unwrap();
    let new = tally(&journal);
    assert_ne!(new, old);
    journal.rebuild("tally").wait().unwrap();
    assert_eq!(tally(&journal), new);
}

#[test]
fn tables_that_somebody_damaged_are_rebuilt_on_demand() {
    let place = filled();
    let journal = place.open();
    let good = tally(&journal);
    place.raw().execute("UPDATE tally SET digest = 0", []).unwrap();
    assert_ne!(tally(&journal), good);
    journal.rebuild("tally").wait().unwrap();
    assert_eq!(tally(&journal), good);
    let error = journal.rebuild("nothing").wait().unwrap_err();
    assert_eq!(error.to_string(), "there is no projection `nothing`");
}

#[test]
fn a_projection_takes_what_was_appended_without_it_before_what_comes_next() {
    let place = filled();
    let knowing = place.open();
    let stranger = place.open_with(Options::default(), vec![]).unwrap();
    stranger.append("s", None, vec![event("d")], Commit::NoFsync).wait().unwrap();
    assert_eq!(tally(&knowing)[0].1, 3);
    knowing.append("s", Some(4), vec![event("e")], Commit::NoFsync).wait().unwrap();
    let incremental = tally(&knowing);
    assert_eq!(incremental[0].1, 5);
    knowing.rebuild("tally").wait().unwrap();
    assert_eq!(tally(&knowing), incremental);
}

#[test]
fn tables_that_another_version_took_over_are_left_to_it() {
    let place = filled();
    let old = place.open();
    let new = place.open_with(Options::default(), vec![Box::new(Tally { version: 2 })]).unwrap();
    let taken = tally(&new);
    old.append("s", None, vec![event("d")], Commit::NoFsync).wait().unwrap();
    assert_eq!(tally(&new), taken, "the old one keeps its hands off");
    new.append("s", None, vec![event("e")], Commit::NoFsync).wait().unwrap();
    assert_eq!(tally(&new)[0].1, 5, "the new one takes both events");
    drop((old, new));
    assert_eq!(bodies(&place.open(), "s"), ["a", "b", "c", "d", "e"]);
    assert_eq!(tally(&place.open())[0].1, 5);
}
