//! The examples are what the program does: each briefing's digest in `examples/digests/` is the one that a rehearsal gives.
//!
//! `UPDATE_EXAMPLES=1 cargo test -p amatelier --test e2e examples` writes them anew.

use std::{
    fs,
    path::{Path, PathBuf},
};

use amatelier_test_support::normalised;
use serde_json::Value;

use crate::empty;

fn examples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

#[test]
fn every_example_briefing_has_its_digest() {
    for (briefing, arguments) in [
        ("hello-world.md", &[][..]),
        ("decision-with-data.md", &[]),
        ("self-host-vs-api/briefing.md", &[]),
        ("code-review.md", &[]),
        ("smoke.md", &["--workers", "clare", "--max-rounds", "1"]),
    ] {
        let house = empty();
        let name = briefing.trim_end_matches(".md").trim_end_matches("/briefing");
        let briefing = examples().join("briefings").join(briefing);
        let text = fs::read_to_string(&briefing).unwrap();
        let topic = text.lines().next().unwrap().trim_start_matches(['#', ' ']).to_owned();
        let call =
            house.args(["roundtable", "--mode", "rehearsal", "--topic", &topic, "--json", "--briefing"]);
        let digest = call.arg(&briefing).args(arguments).run().ok().digest();
        let path = examples().join(format!("digests/{name}.json"));
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            fs::write(&path, format!("{digest:#}\n")).unwrap();
        }
        let kept = kept(name);
        // Component hashes are those of the machine that built the guests.
        let (now, kept) = (without_hashes(normalised(digest)), without_hashes(normalised(kept)));
        if let Some(place) = first_difference(&now, &kept, String::new()) {
            panic!(
                "{name}: {place} is not what it was; the top of this file says how to write the digests anew"
            );
        }
    }
}

#[test]
fn what_the_examples_say_about_files_was_looked_up() {
    let digest = kept("self-host-vs-api");
    let notices = digest["notices"].as_array().unwrap();
    assert!(
        notices.iter().all(|notice| !notice.as_str().unwrap().contains("not registered")),
        "{notices:#?}"
    );
    let found: Vec<&Value> = digest["lookups"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|lookup| lookup["outcome"] == "found" && lookup["model"].is_null())
        .collect();
    assert!(!found.is_empty(), "no finding came of the grammar alone");
    let folder = examples().join("briefings/self-host-vs-api");
    // An outline says what a line is; lines are quoted.
    let quoting = |lookup: &&&Value| lookup["question"].as_str().unwrap().starts_with("lines ");
    assert!(found.iter().any(|lookup| quoting(&lookup)));
    for lookup in found.iter().filter(quoting) {
        for citation in lookup["citations"].as_array().unwrap() {
            stands_there(&folder, citation, citation["text"].as_str().unwrap());
        }
    }
    let verified = digest["citations"].as_array().unwrap().iter().filter(|line| line["verified"] == true);
    let mut later = 0;
    for citation in verified {
        let speech = find(&digest["transcript"], "seq", citation["seq"].as_u64().unwrap());
        let (file, line) = (citation["file"].as_str().unwrap(), &citation["first_line"]);
        let said = speech["message"].as_str().unwrap();
        assert!(said.contains(&format!("{file}:{line}")), "{citation} is not in {said}");
        // The finding that was given before it, to its speaker, covers the line.
        let given = found.iter().any(|lookup| {
            lookup["agent"] == citation["agent"]
                && lookup["seq"].as_u64().is_some_and(|seq| seq < citation["seq"].as_u64().unwrap())
                && lookup["citations"].as_array().unwrap().iter().any(|place| {
                    let covers = place["first_line"].as_u64() <= line.as_u64()
                        && line.as_u64() <= place["last_line"].as_u64();
                    place["file"] == file && covers
                })
        });
        later += u32::from(given);
    }
    assert!(later > 0, "no speech cites what its speaker looked up: {:#}", digest["citations"]);
}

/// A citation's lines of the file begin with what it quotes.
fn stands_there(folder: &Path, citation: &Value, quoted: &str) {
    let text = fs::read_to_string(folder.join(citation["file"].as_str().unwrap())).unwrap();
    let (first, last) = (citation["first_line"].as_u64().unwrap(), citation["last_line"].as_u64().unwrap());
    let lines: Vec<&str> = text.lines().take(last as usize).skip(first as usize - 1).collect();
    let quoted = quoted.trim_end_matches('…');
    assert!(lines.join("\n").contains(quoted.trim()), "{citation:#}");
}

/// The digest of an example.
fn kept(name: &str) -> Value {
    let path = examples().join(format!("digests/{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The entry of the list whose `field` is this number.
fn find<'a>(list: &'a Value, field: &str, number: u64) -> &'a Value {
    list.as_array().unwrap().iter().find(|object| object[field] == number).unwrap()
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
