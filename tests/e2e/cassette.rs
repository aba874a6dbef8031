//! A debate that was recorded is held again from its recording, with nobody to ask.

use amatelier_test_support::{FakeProvider, normalised};

use crate::{
    empty,
    protocols::{SPEAKERS, house, team},
};

const ARGUMENTS: [&str; 6] = ["--max-rounds", "2", "--budget", "1", "--seed", "11"];

#[test]
fn a_recording_gives_the_same_debate_without_a_provider() {
    let tapes = tempfile::tempdir().unwrap();
    let tape = tapes.path().join("debate.tape");
    let tape = tape.to_str().unwrap();
    let provider = FakeProvider::start();
    let recorded = house(&provider, &SPEAKERS).variable("AMATELIER_CASSETTE_RECORD", tape);
    let mut digest = recorded.roundtable().args(ARGUMENTS).run().ok().digest();
    drop(recorded);
    drop(provider);

    let played = empty().team(&team(&SPEAKERS)).variable("AMATELIER_CASSETTE_FILE", tape);
    let mut again = played.roundtable().args(ARGUMENTS).run().ok().digest();
    assert_ne!(digest["mode"], again["mode"]);
    digest["mode"] = again["mode"].take();
    again["mode"] = digest["mode"].clone();
    assert_eq!(normalised(again), normalised(digest));

    // Another debate is not in it.
    let other = played.roundtable().args(["--max-rounds", "1", "--seed", "12"]).run();
    assert_ne!(other.code, Some(0), "{other}");
}
