//! What the documentation says, done as it says.

use std::{collections::BTreeSet, fs, path::Path};

use amatelier_workspace::{SETTINGS, SetBy};
use serde_json::Value;

use crate::{
    empty,
    page::{DOCS, Page, Reader},
};

/// Type the commands of a page in an empty folder; what was printed.
fn follow(page: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let reader = Reader::of(home.path()).variable("HOME", home.path().to_owned());
    reader.follows(page, &Page::read(page).commands())
}

#[test]
fn the_tutorial_ends_with_a_debate_of_the_readers_own_team() {
    let printed = follow("tutorials/first-debate.md");
    for words in ["vera", "bram", "all is well", "Boards, floor, or wait?", "rehearsal"] {
        assert!(printed.contains(words), "no {words}: {printed}");
    }
}

#[test]
fn the_guides_do_what_they_say() {
    let team = follow("guides/your-own-team.md");
    assert!(team.contains("its documents stay in") && team.contains("[SKIP]"), "{team}");
    let sparks = follow("guides/sparks.md");
    for words in
        ["every balance is their sum", "elena: +5 (admin_grant)", "clare: +5 (outcome_bonus)", "season s-"]
    {
        assert!(sparks.contains(words), "no {words}: {sparks}");
    }
    let files = follow("guides/registered-files.md");
    for words in [
        "line 14: `data/prices.csv`",
        "3 of 5 rows",
        "data/prices.csv:2: second boat,900",
        "Looked up",
        "✓ data/",
    ] {
        assert!(files.contains(words), "no {words}: {files}");
    }
    follow("guides/your-own-persona.md");
}

#[test]
fn docs_prints_a_page_finds_one_and_guesses_what_was_meant() {
    let house = empty();
    let listed = house.args(["docs"]).run().ok().stdout;
    for words in ["tutorials", "first-debate", "reference", "configuration", "what-is-contained"] {
        assert!(listed.contains(words), "no {words}: {listed}");
    }
    let page = house.args(["docs", "first-debate"]).run().ok().stdout;
    assert_eq!(page, fs::read_to_string(Path::new(DOCS).join("tutorials/first-debate.md")).unwrap());
    house.args(["docs", "configuraton"]).run().exits(4).stderr_has("did you mean `configuration`?");
    let found = house
        .args(["docs", "--search", "AMATELIER_WORKSPACE", "data directory", "--json"])
        .run()
        .ok()
        .digest();
    let topics = found["topics"].as_array().unwrap();
    assert!(topics.iter().any(|topic| topic["topic"] == "reference/configuration"), "{found:#}");
    house.args(["docs", "--search", "zeppelin"]).run().exits(4);
    assert!(!house.path("team.toml").exists(), "reading makes nothing");
}

#[test]
fn shells_and_manuals_know_every_command() {
    let house = empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = house.args(["completions", shell]).run().ok().stdout;
        assert!(script.contains("refresh-seeds") && script.contains("from-template"), "{shell}");
    }
    let page = house.args(["man"]).run().ok().stdout;
    assert!(page.contains(".TH amatelier") && page.contains("refresh\\-seeds"), "{page}");
    let page = house.args(["man", "roundtable"]).run().ok().stdout;
    assert!(page.contains(".TH amatelier-roundtable") && page.contains("max\\-rounds"), "{page}");
    house.args(["man", "nothing"]).run().exits(4);
}

#[test]
fn the_reference_has_every_field_of_the_digest() {
    // One in which something was looked up and cited.
    let path = Path::new(DOCS).join("../examples/digests/self-host-vs-api.json");
    let digest: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let page = fs::read_to_string(Path::new(DOCS).join("reference/digest.md")).unwrap();
    let mut fields = BTreeSet::new();
    names(&digest, "", &mut fields);
    assert!(fields.contains("sha256") && fields.contains("verified") && fields.contains("to"), "{fields:?}");
    for field in fields {
        assert!(page.contains(&format!("`{field}`")), "no {field}");
    }
}

/// The names of all fields, but for those that are names of members, axes or numbers of rounds.
fn names(value: &Value, field: &str, found: &mut BTreeSet<String>) {
    const MAPS: [&str; 7] = [
        "contributions",
        "final_positions",
        "stability_jaccard",
        "entry_fees",
        "benched",
        "axes",
        "evidence",
    ];
    match value {
        Value::Object(fields) if field == "budget_usage" => {
            fields.values().for_each(|budget| names(budget, "", found));
        }
        Value::Object(_) if MAPS.contains(&field) => {}
        Value::Object(fields) => {
            for (name, inner) in fields {
                found.insert(name.clone());
                names(inner, name, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, field, found)),
        _ => {}
    }
}

#[test]
fn the_reference_has_every_setting_flag_and_exit_code() {
    let page = |name: &str| fs::read_to_string(Path::new(DOCS).join("reference").join(name)).unwrap();
    let (settings, commands) = (page("configuration.md"), page("commands.md"));
    for own in &SETTINGS {
        let name = if own.section.is_empty() {
            own.name.to_owned()
        } else {
            format!("{}.{}", own.section, own.name)
        };
        let dagger = if own.set_by == SetBy::Operator { " †" } else { "" };
        if !own.name.is_empty() {
            assert!(settings.contains(&format!("| `{name}`{dagger} |")), "no {name}{dagger}");
            assert!(settings.contains(&format!("`{}`", own.variable())), "no {}", own.variable());
        }
    }
    let house = empty();
    for command in [
        &["roundtable"][..],
        &["resume"],
        &["lookups"],
        &["steward", "files"],
        &["steward", "ask"],
        &["steward", "read"],
        &["steward", "grep"],
    ] {
        let help = house.args(command).arg("--help").run().ok().stdout;
        for flag in
            help.split(|c: char| !c.is_ascii_lowercase() && c != '-').filter(|word| word.starts_with("--"))
        {
            let known =
                ["--help", "--verbose", "--summary", "--json"].contains(&flag) || commands.contains(flag);
            assert!(known, "{command:?}: no {flag}");
        }
    }
    let readme = fs::read_to_string(Path::new(DOCS).join("../README.md")).unwrap();
    for page in [&commands, &readme] {
        assert!(page.contains("a cap was reached"), "no exit code 6");
    }
}
