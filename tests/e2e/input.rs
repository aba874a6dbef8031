//! What people type wrong.

use amatelier_test_support::{FakeProvider, Ran};

use crate::{PAIR, empty, pair};

const TOPIC: [&str; 3] = ["roundtable", "--topic", "Why?"];

/// Whoever asked for the impossible is told so before anybody is asked.
fn refused(ran: Ran, provider: &FakeProvider, words: &[&str]) {
    for word in words {
        assert!(ran.stderr.to_lowercase().contains(&word.to_lowercase()), "no {word:?} on stderr: {ran}");
    }
    assert_eq!(ran.stdout, "", "{ran}");
    assert_eq!(provider.asked(), 0, "{ran}");
}

#[test]
fn a_briefing_that_is_not_there_is_not_found() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let ran = house.args(TOPIC).args(["--briefing", "nowhere.md"]).run().exits(4);
    refused(ran, &provider, &["nowhere.md", "--briefing"]);
}

#[test]
fn a_briefing_without_text_is_a_mistake_of_usage() {
    let provider = FakeProvider::start();
    for bytes in [&b""[..], b" \n\t\n", b"\x7fELF\x02\x01\0\0", b"\xff\xfe\x00\x01"] {
        let house = pair(&provider).briefing(bytes);
        refused(house.roundtable().run().exits(2), &provider, &["briefing.md"]);
    }
}

#[test]
fn a_briefing_that_no_model_takes_is_refused_with_both_sizes() {
    let provider = FakeProvider::start();
    let house = pair(&provider)
        .file("amatelier.toml", "[openai-compat]\ncontext-tokens = 9000\n")
        .briefing("The bridge is old and the winter is long. ".repeat(2_000));
    let ran = house.roundtable().run().exits(3);
    // 84 000 bytes are 28 000 tokens at three bytes each.
    let mut numbers =
        ran.stderr.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
    assert!(numbers.any(|number: u32| number > 28_000), "{ran}");
    refused(ran, &provider, &["too long", "9000", "context-tokens"]);
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(listed["roundtables"], serde_json::json!([]), "nothing was opened");
}

#[test]
fn a_worker_that_nobody_knows_is_answered_with_those_there_are() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    for flag in ["--workers", "--skip-agent"] {
        let ran = house.roundtable().args([flag, "zoe"]).run().exits(4);
        refused(ran, &provider, &["zoe", "elena", "marcus"]);
    }
    let nobody = house.roundtable().args(["--skip-agent", "elena", "--skip-agent", "marcus"]).run();
    refused(nobody.exits(2), &provider, &["nobody"]);
}

#[test]
fn a_value_that_no_flag_takes_is_a_mistake_of_usage() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    for (flag, value, remedy) in [
        ("--mode", "claude", "rehearsal"),
        ("--max-rounds", "0", "--max-rounds"),
        ("--max-rounds", "many", "--max-rounds"),
        ("--speaker-timeout", "-1", "--speaker-timeout"),
        ("--seed", "x", "--seed"),
        ("--budget", "1.5", "--budget"),
    ] {
        let ran = house.roundtable().arg(format!("{flag}={value}")).run().exits(2);
        refused(ran, &provider, &[value, remedy]);
    }
    refused(house.roundtable().arg("--colour").run().exits(2), &provider, &["--colour"]);
    refused(house.args(TOPIC).run().exits(2), &provider, &["--briefing"]);
    refused(house.args(["resume", "no-id"]).run().exits(2), &provider, &["no-id"]);
}

#[test]
fn a_file_that_is_wrong_is_named_with_its_line() {
    let provider = FakeProvider::start();
    let house = pair(&provider).team("[members]\nelena = { roll = \"worker\" }\n");
    refused(house.roundtable().run().exits(3), &provider, &["team.toml", "line 2", "roll"]);
    let house = pair(&provider).file("amatelier.toml", "mode = \"auto\"\nspeed = 3\n");
    refused(house.roundtable().run().exits(3), &provider, &["amatelier.toml", "line 2", "speed"]);
    let house = pair(&provider).variable("OPENAI_BASE_URL", "localhost:1");
    refused(house.roundtable().run().exits(3), &provider, &["OPENAI_BASE_URL", "http://"]);
    let house = pair(&provider).variable("AMATELIER_MODE", "claude");
    refused(house.roundtable().run().exits(3), &provider, &["AMATELIER_MODE", "claude"]);
}

#[test]
fn a_component_that_is_none_is_found_before_anybody_is_asked() {
    let provider = FakeProvider::start();
    let with =
        |component: &str| PAIR.replace("tagline = \"attacks\"", &format!("component = \"{component}\""));
    for (component, words) in
        [("gone.wasm", "gone.wasm"), ("text.wasm", "text.wasm"), ("unheard-of", "classic, scripted")]
    {
        let house = pair(&provider).team(&with(component)).file("text.wasm", "(module)");
        refused(house.roundtable().run().exits(3), &provider, &[words]);
    }
}

#[test]
fn nothing_to_resume_and_nothing_to_list_are_said_plainly() {
    let house = empty();
    house.args(["resume"]).run().exits(4).stderr_has("no roundtable");
    house.args(["resume", "0123456789ab"]).run().exits(4).stderr_has("0123456789ab");
    house.args(["list"]).run().ok();
    let version = house.args(["--version"]).run().ok();
    assert!(version.stdout.starts_with("amatelier "), "{version}");
}

#[test]
fn a_key_is_never_shown() {
    let provider = FakeProvider::start();
    let house = pair(&provider).variable("OPENAI_API_KEY", "sk-very-secret");
    for arguments in [&["config"][..], &["config", "--json"]] {
        let ran = house.args(arguments).run().ok();
        assert!(ran.stdout.contains("OPENAI_API_KEY") && !ran.stdout.contains("very-secret"), "{ran}");
    }
}
