//! The examples are what the program does: each briefing's digest in `examples/digests/` is the one that a rehearsal gives.
//!
//! `UPDATE_EXAMPLES=1 cargo test -p amatelier --test e2e examples` writes them anew.

use std::{fs, path::PathBuf};

use amatelier_test_support::normalised;
use serde_json::Value;

use crate::empty;

fn examples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

#[test]
fn every_example_briefing_has_its_digest() {
    for (name, arguments) in [
        ("hello-world", &[][..]),
        ("decision-with-data", &[]),
        ("code-review", &[]),
        ("smoke", &["--workers", "clare", "--max-rounds", "1"]),
    ] {
        let house = empty();
        let briefing = examples().join(format!("briefings/{name}.md"));
        let text = fs::read_to_string(&briefing).unwrap();
        let topic = text.lines().next().unwrap().trim_start_matches(['#', ' ']).to_owned();
        let call =
            house.args(["roundtable", "--mode", "rehearsal", "--topic", &topic, "--json", "--briefing"]);
        let digest = call.arg(&briefing).args(arguments).run().ok().digest();
        let path = examples().join(format!("digests/{name}.json"));
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            fs::write(&path, format!("{digest:#}\n")).unwrap();
        }
        let kept: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        // Component hashes are those of the machine that built the guests.
        let (now, kept) = (without_hashes(normalised(digest)), without_hashes(normalised(kept)));
        if let Some(place) = first_difference(&now, &kept, String::new()) {
            panic!(
                "{name}: {place} is not what it was; the top of this file says how to write the digests anew"
            );
        }
    }
}

/// Where two digests first differ; the digests themselves are too long to read in a failure.
fn first_difference(one: &Value, other: &Value, path: String) -> Option<String> {
    match (one, other) {
        (Value::Object(ones), Value::Object(others)) if ones.keys().eq(others.keys()) => {
            ones.iter().find_map(|(key, one)| first_difference(one, &others[key], format!("{path}.{key}")))
        }
        (Value::Array(ones), Value::Array(others)) if ones.len() == others.len() => (0..ones.len())
            .find_map(|place| first_difference(&ones[place], &others[place], format!("{path}[{place}]"))),
        _ => (one != other).then_some(path),
    }
}

fn without_hashes(mut digest: Value) -> Value {
    for member in digest["members"].as_array_mut().unwrap() {
        for used in member["components"].as_array_mut().unwrap() {
            used["sha256"] = Value::Null;
        }
    }
    digest
}
