//! A debate that runs, steered from another terminal.

use amatelier_test_support::{FakeProvider, normalised};
use serde_json::{Value, json};

use crate::{all, pair, prompts, said};

const SHORT: [&str; 6] = ["--max-rounds", "2", "--budget", "0", "--seed", "4"];

fn newest(house: &amatelier_test_support::Amatelier) -> String {
    let listed: Value = house.args(["list", "--json"]).run().ok().digest();
    listed["roundtables"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_pause_finishes_the_turn_and_a_resume_goes_on_as_if_nothing_had_been() {
    let calm = FakeProvider::start();
    let expected = normalised(pair(&calm).roundtable().args(SHORT).run().ok().digest());

    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::speaks(2));
    let running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    let told = house.args(["pause", "--json"]).run().ok().digest();
    assert_eq!((&told["wish"], &told["pid"]), (&json!("pause"), &json!(running.pid())));
    let asked = provider.asked();
    hold.release();
    let paused = running.wait().exits(8).stderr_has("resume");
    assert_eq!(paused.stdout, "");
    assert_eq!(provider.asked(), asked, "the turn that ran was finished, and no other was begun");
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["roundtables"], "status"), ["paused"]);

    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(digest["resent"], json!([]));
    assert_eq!(normalised(digest), expected);
}

#[test]
fn a_stop_closes_the_debate_at_once_and_scores_it_as_it_is() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::speaks(2));
    let running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    house.args(["stop", &newest(&house)]).run().ok();
    // The provider never answers the turn that ran; nobody waits for it.
    let digest = running.wait().ok().digest();
    assert_eq!(digest["stop"]["reason"], "operator");
    assert_eq!((&digest["rounds"], &digest["scoring_status"]), (&json!(2), &json!("complete")));
    assert_eq!(said(&digest, "speech").len(), 4);
    let id = digest["roundtable_id"].as_str().unwrap();
    assert_eq!(house.args(["replay", id, "--verify", "--json"]).run().ok().digest()["result"], "same");
}

#[test]
fn nobody_can_be_told_what_nobody_drives() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    house.args(["pause"]).run().exits(4);
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let id = digest["roundtable_id"].as_str().unwrap();
    house.args(["stop", id]).run().exits(4).stderr_has("resume");
}
