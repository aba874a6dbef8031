//! A component is replaced while its member debates.

use amatelier_test_support::{FakeProvider, guest};
use amatelier_types::Sha256;
use serde_json::{Value, json};

use crate::{find, pair, prompts};

/// A member without a model beside members who ask one.
fn team() -> String {
    crate::PAIR.replace("judge = {", "ada = { role = \"worker\", component = \"ada.wasm\" }\njudge = {")
}

#[test]
fn a_component_that_is_replaced_takes_over_at_the_next_turn_of_the_same_process() {
    let provider = FakeProvider::start();
    let house = pair(&provider).team(&team()).file("ada.wasm", guest("ada"));
    let hold = provider.hold_when(prompts::speaks(2));
    let mut running = house.roundtable().args(["--budget", "0", "--seed", "5"]).spawn();
    let pid = running.pid();
    hold.reached();
    house.replace("ada.wasm", guest("grace"));
    let line = running.stderr_line_with("ada.wasm");
    let [before, after] = ["ada", "grace"].map(|name| Sha256::of(guest(name)));
    assert!(line.contains(&after.short()), "{line}");
    assert!(running.is_alive() && running.pid() == pid);
    hold.release();
    let digest = running.wait().ok().digest();

    let uses = &find(&digest["members"], "name", "ada")["components"];
    let turns = |hash: Sha256| -> Vec<&str> {
        let turns = find(uses, "sha256", &hash.to_string())["turns"].as_array().unwrap();
        turns.iter().map(|turn| turn.as_str().unwrap()).collect()
    };
    assert_eq!(uses.as_array().unwrap().len(), 2, "{uses:#}");
    let (old, new) = (turns(before), turns(after));
    assert!(old.contains(&"r1/speak/ada") && old.contains(&"r1/rebuttal/ada"), "{old:?}");
    assert!(new.contains(&"r2/rebuttal/ada") && new.contains(&"r3/speak/ada"), "{new:?}");
    assert_eq!(old.len() + new.len(), 6);

    // Every message of hers was said by the component that the digest names for it.
    for line in digest["transcript"].as_array().unwrap().iter().filter(|line| line["agent"] == "ada") {
        let turn = format!("r{}/{}/ada", line["round"], line["phase"].as_str().unwrap());
        let start = if new.contains(&turn.as_str()) { "Grace, " } else { "Ada, " };
        assert!(line["message"].as_str().unwrap().starts_with(start), "{turn}: {line}");
    }
}

#[test]
fn a_replacement_that_does_not_load_leaves_the_old_one_in_its_place() {
    let provider = FakeProvider::start();
    let house = pair(&provider).team(&team()).file("ada.wasm", guest("ada"));
    let hold = provider.hold_when(prompts::speaks(2));
    let mut running = house.roundtable().args(["--max-rounds", "2", "--budget", "0"]).spawn();
    hold.reached();
    house.replace("ada.wasm", b"this is no component");
    let line = running.stderr_line_with("ada.wasm");
    assert!(line.contains("the old component stays"), "{line}");
    hold.release();
    let digest = running.wait().ok().digest();
    let uses = &find(&digest["members"], "name", "ada")["components"];
    assert_eq!(crate::all(uses, "sha256"), [&json!(Sha256::of(guest("ada")).to_string())]);
    assert_eq!(digest["benched"], json!({}));
}

#[test]
fn a_component_that_is_replaced_between_a_kill_and_a_resume_takes_over_too() {
    let provider = FakeProvider::start();
    let house = pair(&provider).team(&team()).file("ada.wasm", guest("ada"));
    let hold = provider.hold_when(prompts::speaks(2));
    let running = house.roundtable().args(["--max-rounds", "2", "--budget", "0"]).spawn();
    hold.reached();
    running.kill();
    house.replace("ada.wasm", guest("grace"));
    let digest: Value = house.args(["resume"]).run().ok().digest();
    let uses = &find(&digest["members"], "name", "ada")["components"];
    let first = find(uses, "sha256", &Sha256::of(guest("ada")).to_string());
    assert!(first["turns"].as_array().unwrap().contains(&json!("r1/rebuttal/ada")));
    let last = find(uses, "sha256", &Sha256::of(guest("grace")).to_string());
    assert!(last["turns"].as_array().unwrap().contains(&json!("r2/rebuttal/ada")));
}
