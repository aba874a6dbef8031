//! What the Steward was asked, as `lookups` and the readable digest say it.

use std::fs;

use amatelier_test_support::{Amatelier, FakeProvider, Reaction};
use serde_json::{Value, json};

use crate::{BRIEFING, PAIR, empty, find, pair, prompts};

const COUNTS: &str = "day,vehicles\nmon,4100\ntue,4300\nwed,4200\n";
const SHORT: [&str; 4] = ["--max-rounds", "2", "--budget", "0"];

/// A house whose briefing registers a file beside it.
fn registered(house: Amatelier) -> Amatelier {
    let briefing = format!("{BRIEFING}\n## Steward-Registered Files\n- counts.csv (vehicles a day)\n");
    let house = house.briefing(briefing);
    fs::write(house.briefing_path().with_file_name("counts.csv"), COUNTS).unwrap();
    house
}

/// A debate in which elena looks a line up in her first speech and cites it in the second.
fn grounded(provider: &FakeProvider) -> (Amatelier, Value) {
    provider
        .once(
            |asked| prompts::of("elena")(asked) && prompts::speaks(1)(asked),
            Reaction::Say("First the count. [[request: lines 2-3 of counts.csv]]".into()),
        )
        .whenever(
            |asked| prompts::of("elena")(asked) && prompts::speaks(2)(asked),
            Reaction::Say("Tuesday had 4300 vehicles (counts.csv:3), Wednesday 4200 (counts.csv:4).".into()),
        );
    let house = registered(pair(provider));
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    (house, digest)
}

#[test]
fn every_request_is_listed_with_what_was_read_for_it() {
    let provider = FakeProvider::start();
    let (house, digest) = grounded(&provider);
    let id = digest["roundtable_id"].as_str().unwrap();
    let listed = house.args(["lookups", id, "--json"]).run().ok().digest();
    assert_eq!((&listed["schema"], &listed["roundtable_id"]), (&json!("amatelier/lookups/v1"), &json!(id)));
    assert_eq!((&listed["lookups"], &listed["citations"]), (&digest["lookups"], &digest["citations"]));

    let lookup = find(&listed["lookups"], "question", "lines 2-3 of counts.csv");
    let sha256 = amatelier_types::Sha256::of(COUNTS.as_bytes()).to_string();
    assert_eq!((&lookup["agent"], &lookup["outcome"]), (&json!("elena"), &json!("found")));
    let file = json!({"name": "counts.csv", "bytes": COUNTS.len(), "sha256": sha256});
    assert_eq!(lookup["files"], json!([file]));
    assert_eq!((&lookup["model"], &lookup["struck"]), (&Value::Null, &json!([])));
    let place = &lookup["citations"][0];
    assert_eq!((&place["first_line"], &place["last_line"]), (&json!(2), &json!(3)));
    let message = |field: &str| {
        let seq = lookup[field].as_u64().unwrap();
        &digest["transcript"][seq as usize - 1]
    };
    assert_eq!((&message("seq")["kind"], &message("seq")["to"]), (&json!("finding"), &json!("elena")));
    assert_eq!(message("asked_in")["agent"], "elena");

    let text = house.args(["lookups", id]).run().ok().stdout;
    for words in [
        "asked by elena in message",
        "lines 2-3 of counts.csv",
        "found, given in message",
        "without a model",
        "cites counts.csv:2-3",
        &format!("{} bytes, sha256 {sha256}", COUNTS.len()),
        "✓ counts.csv:3 by elena",
        "? counts.csv:4 by elena",
    ] {
        assert!(text.contains(words), "no {words:?}: {text}");
    }
}

#[test]
fn the_readable_digest_says_what_was_looked_up() {
    let provider = FakeProvider::start();
    let (house, digest) = grounded(&provider);
    let id = digest["roundtable_id"].as_str().unwrap();
    let summary = house.args(["show", id, "--summary"]).run().ok().stdout;
    let latest = fs::read_to_string(house.path("digests/latest-result.md")).unwrap();
    for text in [summary, latest] {
        let (_, section) = text.split_once("Looked up").unwrap_or_else(|| panic!("no section: {text}"));
        for words in [
            "elena: lines 2-3 of counts.csv: found at counts.csv:2-3",
            "✓ counts.csv:3 by elena",
            "? counts.csv:4",
        ] {
            assert!(section.contains(words), "no {words:?}: {section}");
        }
    }
}

#[test]
fn one_members_requests_are_picked_by_name() {
    let provider = FakeProvider::start();
    let (house, digest) = grounded(&provider);
    let id = digest["roundtable_id"].as_str().unwrap();
    let of = |member: &str| house.args(["lookups", id, "--json", "--member", member]).run().ok().digest();
    assert!(of("elena")["lookups"].as_array().unwrap().iter().all(|lookup| lookup["agent"] == "elena"));
    assert!(!of("elena")["citations"].as_array().unwrap().is_empty());
    assert!(of("marcus")["lookups"].as_array().unwrap().iter().all(|lookup| lookup["agent"] == "marcus"));
    assert_eq!(of("marcus")["citations"], json!([]));
    house.args(["lookups", id, "--member", "elna"]).run().exits(4).stderr_has("did you mean `elena`?");
    house.args(["lookups", "000000000000"]).run().exits(4).stderr_has("000000000000");
    house.args(["lookups", "no-id"]).run().exits(2);
}

#[test]
fn a_debate_without_files_has_nothing_to_list() {
    let house = empty().team(PAIR).variable("AMATELIER_MODE", "rehearsal");
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    let id = digest["roundtable_id"].as_str().unwrap();
    assert_eq!(house.args(["lookups", id, "--json"]).run().ok().digest()["lookups"], json!([]));
    let text = house.args(["lookups", id]).run().ok().stdout;
    assert!(text.contains("was asked nothing"), "{text}");
    let summary = house.args(["show", id, "--summary"]).run().ok().stdout;
    assert!(!summary.contains("Looked up"), "{summary}");
}

#[test]
fn what_a_member_asked_moves_no_cursor() {
    let provider = FakeProvider::start();
    provider.once(
        |asked| prompts::of("elena")(asked) && prompts::speaks(1)(asked),
        Reaction::Say("So? [[request: grep \u{1b}[2J in counts.csv]]".into()),
    );
    let house = registered(pair(&provider));
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    let id = digest["roundtable_id"].as_str().unwrap();
    assert!(digest["lookups"].to_string().contains("2J in counts.csv"), "{:#}", digest["lookups"]);
    for arguments in [&["lookups", id][..], &["lookups", id, "--json"], &["show", id, "--summary"]] {
        let ran = house.args(arguments).run().ok();
        assert!(ran.stdout.contains("2J in counts.csv") && !ran.stdout.contains('\u{1b}'), "{ran}");
    }
    let latest = fs::read_to_string(house.path("digests/latest-result.md")).unwrap();
    assert!(latest.contains("2J in counts.csv") && !latest.contains('\u{1b}'), "{latest}");
}
