//! The persona that looks numbers up before it disputes them.

use std::fs;

use amatelier_test_support::{Amatelier, FakeProvider};
use serde_json::Value;

use crate::{BRIEFING, empty, said};

/// Elena says that the search server takes 35 days; the file has 21.
const TEAM: &str = "[members]\n\
    elena = { role = \"worker\", component = \"scripted\", settings = { speak = \"The search server takes 35 build days.\", \
        rebuttal = \"I stand by what I said.\" } }\n\
    marcus = { role = \"worker\", component = \"challenger\", tagline = \"attacks\" }\n\
    judge = { role = \"judge\" }\n\
    [rubric]\n\
    component = \"classic\"\n";

fn house() -> Amatelier {
    let briefing = format!("{BRIEFING}\n## Steward-Registered Files\n\n- choices.csv\n");
    let house = empty().team(TEAM).briefing(briefing);
    let choices = "choice,name,build_days,monthly_eur\nA,full-text index,8,0\nB,search server,21,85\n";
    fs::write(house.briefing_path().with_file_name("choices.csv"), choices).unwrap();
    house
}

/// A speech after elena's names the right number with its place, once; the host found the place verified.
fn assert_disputed(digest: &Value) {
    let disputed =
        "I dispute elena's `35`: choices.csv:3 has `21` under `build_days` (`B,search server,21,85`).";
    let speeches = said(digest, "speech");
    let wrong = speeches.iter().position(|speech| speech.contains("35 build days")).unwrap();
    let right = speeches.iter().position(|speech| speech.contains(disputed)).expect("nobody disputes it");
    assert!(wrong < right, "{speeches:#?}");
    assert_eq!(speeches.iter().filter(|speech| speech.contains(disputed)).count(), 1, "once is enough");
    let of_marcus = |list: &Value, is: &dyn Fn(&Value) -> bool| {
        list.as_array().unwrap().iter().any(|entry| entry["agent"] == "marcus" && is(entry))
    };
    let is_the_line = |cited: &Value| cited["file"] == "choices.csv" && cited["first_line"] == 3;
    let cited = |cited: &Value| is_the_line(cited) && cited["verified"] == true;
    assert!(of_marcus(&digest["citations"], &cited), "{:#}", digest["citations"]);
    let asked =
        |asked: &Value| asked["question"] == "lines 3-3 of choices.csv" && asked["outcome"] == "found";
    assert!(of_marcus(&digest["lookups"], &asked), "{:#}", digest["lookups"]);
}

#[test]
fn a_wrong_number_is_disputed_with_file_and_line_whatever_the_model_says() {
    let provider = FakeProvider::start();
    let house = house().provider(&provider);
    let short = ["--max-rounds", "1", "--budget", "0", "--yes"];
    assert_disputed(&house.roundtable().args(short).run().ok().digest());
}

#[test]
fn a_wrong_number_is_disputed_in_rehearsal_too() {
    let house = house();
    let short = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    assert_disputed(&house.roundtable().args(short).run().ok().digest());
}

#[test]
fn a_member_is_enrolled_with_it_by_its_id() {
    let house = empty();
    house.args(["init", "--template", "minimal"]).run().ok();
    let added = house.args(["team", "new", "vera", "--component", "challenger"]).run().ok().stdout;
    assert!(added.contains("component challenger"), "{added}");
    house.args(["team", "validate"]).run().ok();
}
