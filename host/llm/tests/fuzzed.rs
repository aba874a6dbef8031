//! The bodies of the fuzz targets in `fuzz/`, on stable: over what is recorded, over pieces of it, and over damaged ones.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::{fs, path::Path};

use amatelier_llm::fuzzing::{self, Spoken};
use proptest::{collection::vec, prelude::*, sample::Index};

/// Every recorded body, and what else is worth beginning from.
fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = vec![fs::read(root.join("prices.toml")).unwrap()];
    for folder in fs::read_dir(root.join("tests/recorded")).unwrap().map(|entry| entry.unwrap().path()) {
        if folder.is_dir() {
            seeds.extend(fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()));
        }
    }
    assert!(seeds.len() > 20);
    seeds
}

/// Every body of a target.
fn all(bytes: &[u8]) {
    fuzzing::sse(bytes);
    fuzzing::ndjson(bytes);
    fuzzing::command(bytes);
    fuzzing::prices(bytes);
    for spoken in Spoken::ALL {
        fuzzing::answer(spoken, bytes);
    }
}

#[test]
fn nothing_that_was_recorded_depends_on_how_it_arrives() {
    for seed in seeds() {
        all(&seed);
        // Some protocol's end in the middle of another's.
        all(&[seed.as_slice(), b"\n\ndata: [DONE]\n\n{\"done\":true}\n", &seed].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nor_does_anything_damaged(
        seed in any::<Index>(), from in any::<Index>(), to in any::<Index>(),
        changes in vec((any::<Index>(), any::<u8>()), 0..8),
    ) {
        let mut seed = seed.get(&seeds()).clone();
        for (at, byte) in changes {
            if !seed.is_empty() {
                let at = at.index(seed.len());
                seed[at] = byte;
            }
        }
        let (from, to) = (from.index(seed.len() + 1), to.index(seed.len() + 1));
        all(&seed[from.min(to)..from.max(to)]);
    }
}
