//! Where values come from, and what is wrong with them.

use std::fs;

use amatelier_test_support::{Amatelier, Ran};
use serde_json::{Value, json};

use crate::{empty, find};

/// A project, as a file beside the workspace: tests run in the home folder.
fn project(house: &Amatelier, text: &str) {
    fs::write(house.workspace().with_file_name("amatelier.toml"), text).unwrap();
}

fn origins(house: &Amatelier, more: &[&str]) -> Value {
    house.args(["config", "--origin", "--json"]).args(more).run().ok().digest()["origins"].take()
}

#[test]
fn every_value_says_which_layer_it_comes_from() {
    let house = empty()
        .file("amatelier.toml", "[roundtable]\nmax-rounds = 4\nfloor-turns = 4\nspeaker-timeout = 4\n")
        .variable("AMATELIER_ROUNDTABLE_SPEAKER_TIMEOUT", "6");
    project(&house, "# ours\n[roundtable]\nfloor-turns = 5\nspeaker-timeout = 5\n");
    let origins = origins(&house, &["--mode", "rehearsal"]);
    for (key, value, origin) in [
        ("mode", json!("rehearsal"), json!({"layer": "flag", "name": "--mode"})),
        ("durability", json!("power"), json!({"layer": "default"})),
        (
            "roundtable.max-rounds",
            json!(4),
            json!({"layer": "user", "file": house.path("amatelier.toml"), "line": 2}),
        ),
        (
            "roundtable.floor-turns",
            json!(5),
            json!({"layer": "project", "file": house.workspace().with_file_name("amatelier.toml"), "line": 3}),
        ),
        (
            "roundtable.speaker-timeout",
            json!(6),
            json!({"layer": "variable", "name": "AMATELIER_ROUNDTABLE_SPEAKER_TIMEOUT"}),
        ),
    ] {
        let said = find(&origins, "key", key);
        assert_eq!((&said["value"], &said["origin"]), (&value, &origin), "{key}");
    }
    let text = house.args(["config", "--origin"]).run().ok().stdout;
    assert!(
        text.lines().any(|line| line.starts_with("roundtable.floor-turns") && line.ends_with("line 3")),
        "{text}"
    );
    assert!(!house.args(["config"]).run().ok().stdout.contains("roundtable.floor-turns"));
}

#[test]
fn what_a_project_says_holds_in_a_debate() {
    let house = empty().variable("AMATELIER_MODE", "rehearsal");
    project(&house, "[roundtable]\nmax-rounds = 1\nfloor-turns = 0\n");
    let digest = house.roundtable().run().ok().digest();
    assert_eq!(digest["rounds"], 1, "{digest:#}");
    let longer = house.roundtable().args(["--max-rounds", "2"]).run().ok().digest();
    assert_eq!(longer["rounds"], 2);
}

#[test]
fn a_project_may_not_say_where_keys_go() {
    let house = empty();
    project(&house, "[openai-compat]\nbase-url = \"http://elsewhere\"\napi-key-env = \"HOME\"\n");
    let ran = house.roundtable().run().exits(3);
    for words in ["line 2", "base-url", "line 3", "api-key-env", "AMATELIER_OPENAI_COMPAT_BASE_URL"] {
        assert!(ran.stderr.contains(words), "no {words}: {ran}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let house = empty()
        .file("amatelier.toml", "[roundtable]\nmax_rounds = 3\nfloor-turns = 1001\n")
        .variable("AMATELIER_DURABILITY", "none");
    let ran: Ran = house.args(["config"]).run().exits(3);
    for words in
        ["line 2", "`max-rounds`", "line 3", "from 0 to 1000", "AMATELIER_DURABILITY", "docs configuration"]
    {
        assert!(ran.stderr.contains(words), "no {words}: {ran}");
    }
    house.args(["list"]).run().ok();
}

#[test]
fn a_variable_that_sets_nothing_is_noticed() {
    let house = empty().variable("AMATELIER_MAX_ROUNDS", "2");
    house.args(["config"]).run().ok().stderr_has("AMATELIER_ROUNDTABLE_MAX_ROUNDS");
}

#[test]
fn what_a_file_says_cannot_move_the_terminals_cursor() {
    let house = empty();
    project(&house, "mode = \"\\u001b[2J\"\n\"\\u001b[31m\" = 1\n");
    let ran = house.args(["config"]).run().exits(3);
    assert!(!ran.stderr.contains("\u{1b}[2J") && !ran.stderr.contains("\u{1b}[31m"), "{ran}");
}
