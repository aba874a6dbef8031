//! Components of strangers (`examples/plugins`), used by their paths, and others put in their place between two debates.

use std::fs;

use amatelier_test_support::{Amatelier, example, guest};
use amatelier_types::Sha256;
use serde_json::{Value, json};

use crate::{all, empty, find};

/// Two workers who say what stands here: one in short sentences with figures and manners, the other in a long one without either.
const WORKERS: &str = "[members]\n\
    ada = { role = \"worker\", component = \"scripted\", settings = { speak = \"It costs 90 euros. We close it.\", \
    rebuttal = \"Bob has a good point. Who pays?\" } }\n\
    bob = { role = \"worker\", component = \"scripted\", settings = { speak = \"Whoever has seen the old bridge in the rain of a \
    late autumn evening, with all the people of the town on it, will never want to see it closed.\" } }\n\
    judge = { role = \"judge\", component = \"hostile.wasm\", settings = { attack = \"quiet\" } }\n";

/// A workspace with these lines below the members in its team file. The judge says nothing.
fn house(lines: &str) -> Amatelier {
    empty().team(&format!("{WORKERS}{lines}")).file("hostile.wasm", guest("hostile"))
}

fn hold(house: &Amatelier) -> Value {
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    house.roundtable().args(arguments).run().ok().digest()
}

/// The marks of a worker, axis by axis in the rubric's order.
fn marks(digest: &Value, worker: &str) -> Vec<(String, u64)> {
    let score = find(&digest["scoring"]["scores"], "agent", worker);
    let axes = digest["scoring"]["axes"].as_array().unwrap().iter().map(|axis| axis.as_str().unwrap());
    axes.map(|axis| (axis.to_owned(), score["axes"][axis].as_u64().unwrap())).collect()
}

fn marked(marks: &[(&str, u64)]) -> Vec<(String, u64)> {
    marks.iter().map(|(axis, value)| ((*axis).to_owned(), *value)).collect()
}

#[test]
fn a_rubric_that_is_swapped_between_two_debates_marks_the_second_on_its_own_axes() {
    let house = house("[rubric]\ncomponent = \"plugins/rubric.wasm\"\n")
        .file("plugins/rubric.wasm", example("rubric-clarity"));
    let first = hold(&house);
    assert_eq!(marks(&first, "ada"), marked(&[("brevity", 3), ("concreteness", 2)]));
    assert_eq!(marks(&first, "bob"), marked(&[("brevity", 0), ("concreteness", 0)]));
    let reasoning = find(&first["scoring"]["scores"], "agent", "ada")["reasoning"].as_str().unwrap();
    assert!(reasoning.contains("1 of 4 sentences are with a figure, such as one in message"), "{reasoning}");

    house.replace("plugins/rubric.wasm", example("rubric-courtesy"));
    let second = hold(&house);
    assert_eq!(marks(&second, "ada"), marked(&[("listening", 1), ("conceding", 1), ("asking", 1)]));
    assert_eq!(marks(&second, "bob"), marked(&[("listening", 0), ("conceding", 0), ("asking", 0)]));

    // Each debate names the bytes that marked it, and the first one is what it was.
    for (digest, name) in [(&first, "rubric-clarity"), (&second, "rubric-courtesy")] {
        let uses = &find(&digest["members"], "name", "rubric")["components"];
        assert_eq!(all(uses, "sha256"), [&json!(Sha256::of(example(name)).to_string())]);
    }
    let id = first["roundtable_id"].as_str().unwrap();
    let shown = house.args(["show", id, "--summary"]).run().ok();
    assert!(shown.stdout.contains("brevity") && !shown.stdout.contains("listening"), "{shown}");
}

#[test]
fn a_debate_is_marked_by_a_rubric_of_each_contract_and_the_newer_one_names_messages() {
    let house = house("[rubric]\ncomponent = \"plugins/first.wasm\"\n")
        .file("plugins/first.wasm", example("rubric-clarity"))
        .file("plugins/second.wasm", example("rubric-courtesy"));
    let digest = hold(&house);
    let id = digest["roundtable_id"].as_str().unwrap();
    for score in digest["scoring"]["scores"].as_array().unwrap() {
        assert_eq!(score.get("evidence"), None, "marks of 0.1 say in words what they rest on: {score:#}");
    }
    assert!(!house.args(["show", id, "--summary"]).run().ok().stdout.contains("rests on messages"));

    let call = ["score", id, "--rubric", "plugins/second.wasm", "--official", "--json"];
    let scored = house.args(call).run().ok().digest();
    let ada = find(&scored["scoring"]["scores"], "agent", "ada");
    let rebuttal = digest["transcript"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["phase"] == "rebuttal" && line["agent"] == "ada");
    let seq = rebuttal.unwrap()["seq"].as_u64().unwrap();
    assert_eq!(ada["evidence"], json!({"listening": [seq], "conceding": [seq], "asking": [seq]}));
    assert_eq!(
        find(&scored["scoring"]["scores"], "agent", "bob").get("evidence"),
        None,
        "nothing was counted"
    );
    let told = format!("rests on messages: listening {seq}; conceding {seq}; asking {seq}");
    let shown = house.args(["show", id, "--summary"]).run().ok();
    assert!(shown.stdout.contains(&told), "{shown}");
    let latest = fs::read_to_string(house.path("rehearsal/digests/latest-result.md")).unwrap();
    assert!(latest.contains(&format!("- ada: {told}\n")), "{latest}");
    // Replay calls both again, and finds the same.
    house.args(["replay", id, "--verify"]).run().ok();
}

#[test]
fn a_debate_is_marked_once_more_by_the_rubric_of_another_stranger() {
    let house = house("[rubric]\ncomponent = \"plugins/rubric.wasm\"\n")
        .file("plugins/rubric.wasm", example("rubric-clarity"))
        .file("plugins/other.wasm", example("rubric-courtesy"));
    let digest = hold(&house);
    let id = digest["roundtable_id"].as_str().unwrap();
    let again = house.args(["score", id, "--rubric", "plugins/other.wasm", "--json"]).run().ok().digest();
    assert_eq!(again["scoring"]["axes"], json!(["brevity", "concreteness"]));
    let other = find(&again["other_scores"], "rubric", "plugins/other.wasm");
    assert_eq!(other["axes"], json!(["listening", "conceding", "asking"]));
    let tables = house.args(["score", id, "--rubric", "plugins/other.wasm", "--summary"]).run().ok().stdout;
    for axis in ["brevity", "concreteness", "listening", "conceding", "asking"] {
        assert!(tables.to_lowercase().contains(axis), "no {axis}: {tables}");
    }
}

#[test]
fn a_setting_of_a_rubric_that_makes_no_sense_is_told_and_nobody_is_marked() {
    let lines = "[rubric]\ncomponent = \"plugins/rubric.wasm\"\nsettings = { short-sentence = \"very\" }\n";
    let house = house(lines).file("plugins/rubric.wasm", example("rubric-clarity"));
    let digest = hold(&house);
    assert_eq!(digest["scoring_status"], "unscored");
    let reason = digest["scoring"]["reason"].as_str().unwrap();
    assert!(reason.contains("the setting `short-sentence` is `very`"), "{reason}");
}

/// What is on sale: id and price.
fn on_sale(house: &Amatelier) -> Vec<(String, u64)> {
    let listed = house.args(["store", "list", "--json"]).run().ok().digest();
    assert_eq!(listed["warnings"], json!([]));
    let items = listed["items"].as_array().unwrap().iter();
    items.map(|item| (item["id"].as_str().unwrap().to_owned(), item["price"].as_u64().unwrap())).collect()
}

#[test]
fn a_store_that_is_swapped_sells_what_the_other_has() {
    let house = house("")
        .file("store/catalog.toml", "component = \"classic\"\nopen = [\"plugins/store.wasm\"]\n")
        .file("plugins/store.wasm", example("store-charms"));
    assert_eq!(on_sale(&house), marked(&[("hourglass", 5), ("gong", 4), ("primer", 9)]));
    house.replace("plugins/store.wasm", example("store-curios"));
    assert_eq!(on_sale(&house), marked(&[("gong", 7), ("lantern", 6), ("well", 1)]));
}

/// The lesson that a beginner gets.
fn taught(house: &Amatelier, skill: &str) -> String {
    let lesson = house.args(["skills", "teach", skill, "--json"]).run().ok().digest();
    lesson["text"].as_str().unwrap().to_owned()
}

#[test]
fn a_teacher_that_is_swapped_teaches_its_own_text() {
    let house = house("[[skill]]\ncomponent = \"plugins/skill.wasm\"\n")
        .file("plugins/skill.wasm", example("skill-socratic"));
    let listed = |house: &Amatelier| {
        let listed = house.args(["skills", "list", "--json"]).run().ok().digest();
        assert_eq!(listed["warnings"], json!([]));
        all(&listed["skills"], "id").into_iter().map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(listed(&house), ["socratic-questions"]);
    let first = taught(&house, "socratic-questions");
    assert!(
        first.starts_with("Your first debate with it") && first.contains("# Socratic questions"),
        "{first}"
    );
    house.replace("plugins/skill.wasm", example("skill-laconic"));
    assert_eq!(listed(&house), ["socratic-questions", "laconic-answers"]);
    let second = taught(&house, "socratic-questions");
    assert!(second.starts_with("# Three questions"), "{second}");
}
