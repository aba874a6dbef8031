//! Bodies of answers as servers send them, kept in `recorded/`: what each means, and that it means the same however it arrives.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::{fs, path::Path};

use amatelier_llm::fuzzing::{Overheard, Spoken, hear};
use proptest::prelude::*;

/// Protocol, name and bytes of every recorded body.
fn bodies() -> Vec<(Spoken, String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recorded");
    let mut bodies = Vec::new();
    for spoken in Spoken::ALL {
        let folder = fs::read_dir(root.join(spoken.name())).unwrap();
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{spoken:?} has no recorded bodies");
        bodies.extend(files.into_iter().map(|file| {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            (spoken, name, fs::read(file).unwrap())
        }));
    }
    bodies
}

fn whole(spoken: Spoken, body: &[u8]) -> Overheard {
    hear(spoken, [body])
}

#[test]
fn every_recorded_body_means_what_it_meant() {
    for (spoken, name, body) in bodies() {
        insta::assert_debug_snapshot!(format!("{}__{name}", spoken.name()), whole(spoken, &body));
    }
}

#[test]
fn every_cut_in_two_and_every_small_piece_gives_the_same() {
    for (spoken, name, body) in bodies() {
        let expected = whole(spoken, &body);
        for at in 0..=body.len() {
            let (before, after) = body.split_at(at);
            assert_eq!(hear(spoken, [before, after]), expected, "{spoken:?} {name} cut at {at}");
        }
        for size in 1..=4 {
            assert_eq!(hear(spoken, body.chunks(size)), expected, "{spoken:?} {name} in pieces of {size}");
        }
    }
}

#[test]
fn what_is_lost_at_the_end_is_never_made_up() {
    for (spoken, name, body) in bodies() {
        let expected = whole(spoken, &body);
        for at in 0..body.len() {
            let cut = whole(spoken, &body[..at]);
            assert!(expected.text.starts_with(&cut.text), "{spoken:?} {name} up to {at}");
            assert!(cut.calls.len() <= expected.calls.len(), "{spoken:?} {name} up to {at}");
        }
    }
}

proptest! {
    #[test]
    fn any_chunking_of_any_recorded_body_gives_the_same(
        which in any::<prop::sample::Index>(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let bodies = bodies();
        let (spoken, _, body) = which.get(&bodies);
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        at.extend([0, body.len()]);
        at.sort_unstable();
        let pieces = at.windows(2).map(|pair| &body[pair[0]..pair[1]]);
        prop_assert_eq!(hear(*spoken, pieces), whole(*spoken, body));
    }

    #[test]
    fn damaged_bodies_are_survived(
        which in any::<prop::sample::Index>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9),
        size in 1_usize..50,
    ) {
        let bodies = bodies();
        let (spoken, _, body) = which.get(&bodies);
        let mut body = body.clone();
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        prop_assert_eq!(hear(*spoken, body.chunks(size)), whole(*spoken, &body));
    }
}
