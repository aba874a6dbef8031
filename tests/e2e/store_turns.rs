//! What personas buy by themselves, in their turns.

use amatelier_test_support::{FakeProvider, Reaction};
use serde_json::{Value, json};

use crate::{pair, prompts};

fn speech(asked: &amatelier_test_support::Asked) -> bool {
    prompts::of("elena")(asked) && prompts::speaks(1)(asked)
}

#[test]
fn a_persona_buys_a_skill_and_has_its_lesson_in_its_next_debate() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let words = "Close it now.\n[[buy: debate-tactics]]\n[[buy: debate-tactics]]\n[[buy: dev-call]]";
    provider.once(speech, Reaction::Say(words.into()));
    let hold = || house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok();
    let ran = hold();
    assert!(ran.stderr.contains("elena buys Arguing fairly and to the point for 12 sparks"), "{ran}");
    let first = ran.digest();
    let asked = provider.requests();
    let offered = asked.iter().find(|asked| speech(asked)).unwrap();
    assert!(offered.says("debate-tactics (12 sparks)") && offered.says("You have 30 sparks"));
    assert!(!first.to_string().contains("[[buy"), "nobody else sees the tag");

    let history: Value = house.args(["store", "history", "--json"]).run().ok().digest();
    let purchases = history["purchases"].as_array().unwrap();
    assert_eq!(purchases.len(), 1, "what is owned is not bought twice, and nobody coaches: {history:#}");
    assert_eq!((&purchases[0]["member"], &purchases[0]["price"]), (&json!("elena"), &json!(12)));
    let sparks: Value = house.args(["sparks", "--audit", "--json"]).run().ok().digest();
    assert!(sparks.is_object());
    let id = first["roundtable_id"].as_str().unwrap();
    house.args(["replay", id, "--verify"]).run().ok();

    let before = provider.asked();
    let second = hold().digest();
    let requests = provider.requests().split_off(before);
    let own: Vec<_> = requests.iter().filter(|asked| prompts::of("elena")(asked)).collect();
    assert!(!own.is_empty() && own.iter().all(|asked| asked.says("# Debate tactics")));
    let reminder = "Debate: claim, grounds, warrant, and the condition under which you would be wrong.";
    assert!(own.iter().any(|asked| prompts::speaks(1)(asked) && asked.says(reminder)));
    assert!(own.iter().filter(|asked| prompts::rebuts(1)(asked)).all(|asked| !asked.says(reminder)));
    assert!(requests.iter().all(|asked| prompts::of("elena")(asked) || !asked.says("# Debate tactics")));
    // It is not offered what it has.
    let offered = own.iter().find(|asked| speech(asked)).unwrap();
    assert!(!offered.says("debate-tactics (12 sparks)"));
    let id = second["roundtable_id"].as_str().unwrap();
    let prompt = house.args(["prompt", id, "r1/speak/elena"]).run().ok();
    assert!(prompt.stdout.contains("# Debate tactics"), "{prompt}");
    house.args(["replay", id, "--verify"]).run().ok();
}

#[test]
fn a_member_whose_component_may_not_buy_is_offered_nothing_and_gets_nothing() {
    let provider = FakeProvider::start();
    let team = "[members]\nelena = { role = \"worker\", allow = [\"llm.complete\"] }\njudge = { role = \"judge\" }\n";
    let house = crate::empty().team(team).provider(&provider);
    provider.once(speech, Reaction::Say("Close it now.\n[[buy: debate-tactics]]".into()));
    house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok();
    let asked = provider.requests();
    assert!(asked.iter().filter(|asked| speech(asked)).all(|asked| !asked.says("[[buy: ID]]")));
    let history: Value = house.args(["store", "history", "--json"]).run().ok().digest();
    assert_eq!(history["purchases"], json!([]));
}

#[test]
fn a_purchase_whose_turn_was_killed_is_made_once_when_the_turn_is_run_again() {
    for (place, bought) in [("before-settlement", 0), ("after-settlement", 1)] {
        let provider = FakeProvider::start();
        let house = pair(&provider);
        provider.once(speech, Reaction::Say("Close it now.\n[[buy: debate-tactics]]".into()));
        let call = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]);
        let crashed = call.variable("FAILPOINTS", format!("{place}=return")).run();
        assert_eq!(crashed.code, None, "{place}: it ended by itself: {crashed}");
        let purchases = || {
            let history: Value = house.args(["store", "history", "--json"]).run().ok().digest();
            history["purchases"].as_array().unwrap().len()
        };
        assert_eq!(purchases(), bought, "{place}");
        let digest = house.args(["resume"]).run().ok().digest();
        assert_eq!(purchases(), 1, "{place}");
        house.args(["sparks", "--audit"]).run().ok();
        house.args(["replay", digest["roundtable_id"].as_str().unwrap(), "--verify"]).run().ok();
        let speeches = provider.requests().iter().filter(|asked| speech(asked)).count();
        assert_eq!(speeches, 1, "{place}: the answer was on disk");
    }
}
