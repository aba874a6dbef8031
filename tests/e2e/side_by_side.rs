//! Two debates at once in one workspace.

use amatelier_test_support::{FakeProvider, normalised};
use serde_json::Value;

use crate::{all, pair, prompts};

const SHORT: [&str; 4] = ["--max-rounds", "2", "--budget", "0"];

#[test]
fn two_debates_at_once_do_not_meet() {
    let alone = |seed: &str| {
        let provider = FakeProvider::start();
        normalised(pair(&provider).roundtable().args(SHORT).args(["--seed", seed]).run().ok().digest())
    };
    let expected = [alone("1"), alone("2")];

    let provider = FakeProvider::start();
    let house = pair(&provider);
    // Both are in their first speech before either goes on, so they run side by side from there.
    let holds = [(); 2].map(|()| provider.hold_when(prompts::speaks(1)));
    let one = house.roundtable().args(SHORT).args(["--seed", "1"]).spawn();
    holds[0].reached();
    let other = house.roundtable().args(SHORT).args(["--seed", "2"]).spawn();
    holds[1].reached();
    holds.iter().for_each(amatelier_test_support::Hold::release);
    let digests = [one.wait().ok().digest(), other.wait().ok().digest()];
    assert_eq!(digests.clone().map(normalised), expected);

    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["roundtables"], "status"), ["closed", "closed"]);
    for digest in &digests {
        let id = digest["roundtable_id"].as_str().unwrap();
        assert_eq!(house.args(["show", id, "--json"]).run().ok().digest(), *digest);
    }
}

#[test]
fn a_debate_that_somebody_drives_is_not_driven_twice() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::speaks(2));
    let driver = house.roundtable().args(SHORT).spawn();
    hold.reached();
    let listed = house.args(["list", "--json"]).run().ok().digest();
    let id = listed["roundtables"][0]["id"].as_str().unwrap().to_owned();
    house.args(["resume", &id]).run().exits(5).stderr_has(&driver.pid().to_string());
    let sofar = house.args(["show", &id, "--json"]).run().ok().digest();
    assert_eq!((&sofar["stop"], &sofar["rounds"]), (&Value::Null, &Value::from(2)), "it can be looked at");
    hold.release();
    driver.wait().ok();
}
