//! What strangers sell and teach (`examples/plugins`), in debates, before and after their files are swapped.

use amatelier_test_support::{Amatelier, example, guest};
use serde_json::{Value, json};

use crate::{empty, till};

/// Members who ask the rehearsal's model, and the files of strangers that mark, sell and teach.
const SCHOOLED: &str = "[members]\n\
    elena = { role = \"worker\" }\n\
    marcus = { role = \"worker\" }\n\
    judge = { role = \"judge\", component = \"hostile.wasm\", settings = { attack = \"quiet\" } }\n\
    [rubric]\n\
    component = \"plugins/rubric.wasm\"\n\
    [[skill]]\n\
    component = \"plugins/skill.wasm\"\n";

/// A debate with one floor turn for each.
fn debate(house: &Amatelier) -> Value {
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "1"];
    house.roundtable().args(arguments).run().ok().digest()
}

/// Floor turns that a member had in a debate.
fn floor_turns(digest: &Value, member: &str) -> u64 {
    digest["budget_usage"][member]["starting_budget"].as_u64().unwrap()
}

/// What a member's model was shown when it first spoke.
fn shown(house: &Amatelier, digest: &Value, member: &str) -> String {
    let id = digest["roundtable_id"].as_str().unwrap();
    house.args(["prompt", id, &format!("r1/speak/{member}")]).run().ok().stdout
}

fn first_speaker(digest: &Value) -> &str {
    let mut lines = digest["transcript"].as_array().unwrap().iter();
    lines.find(|line| line["kind"] == "speech").unwrap()["agent"].as_str().unwrap()
}

#[test]
fn what_strangers_sell_and_teach_works_in_debates_and_changes_with_their_files() {
    let house = empty()
        .team(SCHOOLED)
        .file("hostile.wasm", guest("hostile"))
        .file("store/catalog.toml", "component = \"classic\"\nopen = [\"plugins/store.wasm\"]\n")
        .file("plugins/rubric.wasm", example("rubric-clarity"))
        .file("plugins/store.wasm", example("store-charms"))
        .file("plugins/skill.wasm", example("skill-socratic"));
    let buy = |item: &str, member: &str| till::buy(&house, item, member).unwrap();

    // Nobody has anything in the first debate; after it there are accounts.
    let first = debate(&house);
    assert_eq!(floor_turns(&first, "elena"), 1);
    assert!(!shown(&house, &first, "elena").contains("Socratic questions"));
    buy("primer", "elena");
    buy("hourglass", "elena");

    let second = debate(&house);
    assert_eq!((floor_turns(&second, "elena"), floor_turns(&second, "marcus")), (2, 1));
    let prompt = shown(&house, &second, "elena");
    assert!(
        prompt.contains("# Socratic questions") && prompt.contains("Your first debate with it"),
        "{prompt}"
    );
    assert!(!shown(&house, &second, "marcus").contains("Socratic questions"));

    house.replace("plugins/rubric.wasm", example("rubric-courtesy"));
    house.replace("plugins/store.wasm", example("store-curios"));
    house.replace("plugins/skill.wasm", example("skill-laconic"));
    let latecomer = if first_speaker(&second) == "elena" { "marcus" } else { "elena" };
    buy("gong", latecomer);

    // The hourglass is used up; the louder gong gives the first word and a floor turn; the skill is taught by the other teacher.
    let third = debate(&house);
    assert_eq!(third["scoring"]["axes"], json!(["listening", "conceding", "asking"]));
    for member in ["elena", "marcus"] {
        assert_eq!(floor_turns(&third, member), if member == latecomer { 2 } else { 1 }, "{member}");
    }
    assert_eq!(first_speaker(&third), latecomer);
    let prompt = shown(&house, &third, "elena");
    assert!(prompt.contains("# Three questions") && prompt.contains("Mean, know, if not"), "{prompt}");
    assert!(!prompt.contains("Socratic questions"), "{prompt}");
    assert!(shown(&house, &second, "elena").contains("# Socratic questions"), "what was is what it was");
}
