//! A debate that was recorded is held again from its recording, with nobody to ask.

use amatelier_test_support::{FakeProvider, normalised};
use serde_json::{Value, json};

use crate::{
    empty,
    protocols::{SPEAKERS, house, team},
};

const ARGUMENTS: [&str; 6] = ["--max-rounds", "2", "--budget", "1", "--seed", "11"];

fn provider_calls(digest: &Value) -> &Value {
    &digest["usage"]["calls"]
}

/// The digest without what is told of who answered, and what that cost: nothing, when it is played back.
fn said_and_done(digest: Value) -> Value {
    let mut digest = normalised(digest);
    forget(&mut digest, &["mode", "cost", "unpriced"]);
    digest
}

fn forget(value: &mut Value, names: &[&str]) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !names.contains(&name.as_str()));
            fields.values_mut().for_each(|value| forget(value, names));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| forget(value, names)),
        _ => {}
    }
}

#[test]
fn a_recording_gives_the_same_debate_without_a_provider() {
    let tapes = tempfile::tempdir().unwrap();
    let tape = tapes.path().join("debate.tape");
    let tape = tape.to_str().unwrap();
    let provider = FakeProvider::start();
    let recorded = house(&provider, &SPEAKERS).variable("AMATELIER_CASSETTE_RECORD", tape);
    let digest = recorded.roundtable().args(ARGUMENTS).run().ok().digest();
    drop(recorded);
    drop(provider);

    let played = empty().team(&team(&SPEAKERS)).variable("AMATELIER_CASSETTE_FILE", tape);
    let again = played.roundtable().args(ARGUMENTS).run().ok().digest();
    assert_eq!((&again["mode"], provider_calls(&again)), (&json!("cassette"), provider_calls(&digest)));
    assert_eq!(said_and_done(again), said_and_done(digest));

    // Another debate is not in it.
    let other = played.roundtable().args(["--max-rounds", "1", "--seed", "12"]).run();
    assert_ne!(other.code, Some(0), "{other}");
}
