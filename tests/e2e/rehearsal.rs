//! Debates without any model.

use amatelier_test_support::{Amatelier, FakeProvider, normalised};
use serde_json::{Value, json};

use crate::empty;

fn rehearse(house: &Amatelier, seed: &str) -> Value {
    house.roundtable().args(["--mode", "rehearsal", "--seed", seed]).run().ok().digest()
}

#[test]
fn a_rehearsal_is_a_whole_debate_that_says_what_it_is() {
    let provider = FakeProvider::start();
    let house = empty().provider(&provider);
    let digest = rehearse(&house, "7");
    assert_eq!(
        (&digest["mode"], &digest["notice"]),
        (&json!("rehearsal"), &json!("rehearsal: no model was called"))
    );
    assert_eq!(digest["scoring_status"], "complete");
    assert_eq!(digest["contributions"].as_object().unwrap().len(), 5);
    assert_eq!(provider.asked(), 0);
    let id = digest["roundtable_id"].as_str().unwrap();
    assert!(house.path(format!("rehearsal/digests/digest-{id}.json")).exists());
    assert!(!house.path("digests").exists() && !house.path("roundtable.db").exists(), "play is kept apart");
    assert_eq!(house.args(["show", id, "--json"]).run().ok().digest(), digest);
}

#[test]
fn a_rehearsal_is_played_again_by_its_seed() {
    // Each in a workspace of its own: what members can buy, and are offered, depends on the debates before.
    let [one, other, another] =
        ["7", "7", "8"].map(|seed| serde_json::to_string(&normalised(rehearse(&empty(), seed))).unwrap());
    assert_eq!(one, other);
    assert_ne!(one, another);
}

#[test]
fn without_any_provider_it_is_a_rehearsal() {
    let house = empty();
    let digest = house.roundtable().args(["--max-rounds", "1"]).run().ok().digest();
    assert_eq!(digest["mode"], "rehearsal");
    let config = house.args(["config", "--json"]).run().ok().digest();
    assert_eq!(config["mode"], "rehearsal");
}
