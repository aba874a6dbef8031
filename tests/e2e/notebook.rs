//! Notebooks: what a component notes in a turn that ends well is there in its next one, in this debate and in the next.

use amatelier_test_support::{Amatelier, guest};
use serde_json::Value;

use crate::empty;

fn hold(house: &Amatelier) -> Vec<String> {
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    let digest = house.roundtable().args(arguments).run().ok().digest();
    let said = digest["transcript"].as_array().unwrap().iter();
    let said = said.filter(|line: &&Value| line["kind"] == "speech" && line["agent"] == "ada");
    said.map(|line| line["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn notes_of_a_turn_are_there_in_the_next_one_and_in_the_next_debate() {
    let team = |allow: &str| {
        format!(
            "[members]\n\
             ada = {{ role = \"worker\", component = \"hostile.wasm\", settings = {{ attack = \"notebook\" }}, allow = [{allow}] }}\n\
             judge = {{ role = \"judge\", component = \"hostile.wasm\", settings = {{ attack = \"quiet\" }} }}\n"
        )
    };
    let house = empty().team(&team("\"notebook\"")).file("hostile.wasm", guest("hostile"));
    let first = hold(&house);
    assert!(first[0].starts_with("None Some"), "{first:?}");
    assert!(first[1].starts_with("Some"), "the rebuttal reads what the speech noted: {first:?}");
    let second = hold(&house);
    assert!(second[0].starts_with("Some"), "the next debate begins with it: {second:?}");
    // Who may not keep notes has none, whatever was noted before.
    house.replace("team.toml", team(""));
    assert!(hold(&house).is_empty(), "the turns fail, for they cannot note anything");
}
