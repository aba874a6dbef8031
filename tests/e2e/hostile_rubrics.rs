//! Rubrics that lie, in whole debates: each is refused with its reason, and no spark moves.

use amatelier_test_support::{Amatelier, example, guest};
use rusqlite::Connection;
use serde_json::Value;

use crate::{empty, find};

/// Two workers, a judge who says nothing, and whatever marks them.
pub(crate) fn team(rubric: &str) -> String {
    format!(
        "[members]\n\
         ada = {{ role = \"worker\", component = \"scripted\", settings = {{ speak = \"It costs 90 euros.\" }} }}\n\
         bob = {{ role = \"worker\", component = \"scripted\", settings = {{ speak = \"Close it.\" }} }}\n\
         judge = {{ role = \"judge\", component = \"hostile.wasm\", settings = {{ attack = \"quiet\" }} }}\n\
         [rubric]\n{rubric}"
    )
}

fn hostile(attack: &str) -> String {
    team(&format!("component = \"hostile.wasm\"\nsettings = {{ attack = \"{attack}\" }}\n"))
}

/// A workspace in which one fair debate was held and settled.
pub(crate) fn house() -> Amatelier {
    let house = empty()
        .team(&team("component = \"clarity.wasm\"\n"))
        .file("hostile.wasm", guest("hostile"))
        .file("clarity.wasm", example("rubric-clarity"));
    assert_eq!(hold(&house)["scoring_status"], "complete");
    house
}

pub(crate) fn hold(house: &Amatelier) -> Value {
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    house.roundtable().args(arguments).run().ok().digest()
}

/// Whose, how much, of which kind, for which debate.
pub(crate) type Posted = (String, i64, String, Option<String>);

/// Every posting, oldest first; every balance is proved.
pub(crate) fn ledger(house: &Amatelier) -> Vec<Posted> {
    house.args(["sparks", "--audit"]).run().ok();
    let journal = Connection::open(house.path("rehearsal/roundtable.db")).unwrap();
    let mut query = journal
        .prepare("SELECT agent_name, amount, category, roundtable_id FROM spark_ledger ORDER BY id")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_rubric_that_lies_leaves_the_debate_unscored_and_the_ledger_as_it_was() {
    let house = house();
    let before = ledger(&house);
    for category in ["opening_balance", "score_award", "entry_fee"] {
        assert!(before.iter().any(|posting| posting.2 == category), "no {category} in {before:?}");
    }
    for (attack, words) in [
        ("rubric-no-axes", "the rubric has no axes"),
        ("rubric-many-axes", "the rubric has 17 axes"),
        ("rubric-axis-id", "is no id of an axis"),
        ("rubric-axis-name", "the name of wit is not one line"),
        ("rubric-rich-scale", "the scale of wit goes beyond 1000"),
        ("rubric-off-scale", "4000000000 is not on the scale"),
        ("rubric-duplicates", "has more than one mark for wit"),
        ("rubric-missing", "has no mark for wit"),
        ("rubric-strangers", "nobody is nobody to be scored"),
        ("rubric-wordy", "the reason for wit is longer than 2000 characters"),
        ("rubric-much-evidence", "wit rests on 65 messages; at most 64 are read"),
        ("rubric-megabyte", "result: it returned"),
        ("rubric-million", "data: it passed or returned"),
    ] {
        house.replace("team.toml", hostile(attack));
        let digest = hold(&house);
        assert_eq!(digest["scoring_status"], "unscored", "{attack}");
        let reason = digest["scoring"]["reason"].as_str().unwrap();
        assert!(reason.contains(words), "{attack}: {reason}");
        assert!(reason.len() < 2_000 && !reason.contains(char::is_control), "{attack}: {reason:?}");
        let shown = house.args(["show", digest["roundtable_id"].as_str().unwrap(), "--summary"]).run().ok();
        assert!(!shown.stdout.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}']), "{attack}: {shown}");
        assert_eq!(ledger(&house), before, "{attack}");
    }
}

#[test]
fn a_ten_that_is_proved_with_somebody_elses_words_earns_what_a_three_does() {
    let house = house();
    for attack in ["rubric-forged", "rubric-lies"] {
        house.replace("team.toml", hostile(attack));
        let digest = hold(&house);
        assert_eq!(digest["scoring_status"], "complete", "{attack}");
        assert!(digest["scoring"]["notes"].to_string().contains("wit counts 3"), "{attack}: {digest:#}");
        let id = digest["roundtable_id"].as_str().unwrap();
        for member in ["ada", "bob"] {
            let score = find(&digest["scoring"]["scores"], "agent", member);
            assert_eq!((&score["axes"]["wit"], &score["grand_insight"]), (&3.into(), &Value::Array(vec![])));
            let earned: i64 = ledger(&house)
                .iter()
                .filter(|posting| posting.0 == member && posting.2 == "score_award")
                .filter(|posting| posting.3.as_deref() == Some(id))
                .map(|posting| posting.1)
                .sum();
            // Three of ten, of forty.
            assert_eq!(earned, 12, "{attack} {member}");
        }
    }
}

#[test]
fn a_mark_rests_on_what_its_member_posted_whatever_a_rubric_says() {
    let house = house();
    house.replace("team.toml", hostile("rubric-stolen"));
    let digest = hold(&house);
    assert_eq!(digest["scoring_status"], "complete");
    for member in ["ada", "bob"] {
        let own: Vec<Value> = digest["transcript"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["agent"] == member)
            .map(|line| line["seq"].clone())
            .collect();
        let score = find(&digest["scoring"]["scores"], "agent", member);
        assert!(!own.is_empty());
        assert_eq!(score["evidence"]["wit"], Value::Array(own), "{member}");
        assert!(digest["scoring"]["notes"].to_string().contains(&format!("which {member} did not post")));
    }
}

#[test]
fn a_debate_that_is_settled_stays_so_whatever_hostile_rubric_marks_it_again() {
    let house = house();
    let settled = hold(&house);
    let id = settled["roundtable_id"].as_str().unwrap();
    let before = ledger(&house);
    for (attack, words) in [
        ("rubric-off-scale", "is not on the scale"),
        ("rubric-strangers", "is nobody to be scored"),
        ("rubric-rich-scale", "goes beyond 1000"),
        ("rubric-wordy", "is longer than 2000 characters"),
        ("rubric-megabyte", "result: it returned"),
    ] {
        house.replace("team.toml", hostile(attack));
        for more in [&["--official"][..], &["--official", "--double-score"]] {
            let ran = house.args(["score", id, "--rubric", "hostile.wasm", "--json"]).args(more).run();
            let other = find(&ran.digest()["other_scores"], "rubric", "hostile.wasm").clone();
            assert_eq!(other["status"], "unscored", "{attack}: {ran}");
            assert!(other["reason"].as_str().unwrap().contains(words), "{attack}: {other:#}");
            assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{attack}: {ran}");
            assert_eq!(ledger(&house), before, "{attack}: {ran}");
        }
        let digest = house.args(["show", id, "--json"]).run().ok().digest();
        assert_eq!(digest["scoring"]["scores"], settled["scoring"]["scores"], "{attack}");
    }
    // One that marks as it should settles the debate anew.
    house.args(["score", id, "--rubric", "evidence", "--official", "--json"]).run().ok();
    assert_ne!(ledger(&house), before);
}
