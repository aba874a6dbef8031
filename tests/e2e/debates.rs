//! Debates in which nothing goes wrong.

use std::{collections::BTreeSet, fs};

use amatelier_test_support::{Asked, FakeProvider, Reaction, guest, normalised};
use amatelier_types::Sha256;
use serde_json::{Value, json};

use crate::{all, empty, find, pair, prompts, said};

#[test]
fn a_full_debate_of_the_starter_roster_is_scored_and_everything_is_counted() {
    let provider = FakeProvider::start();
    let house = empty().provider(&provider);
    let ran = house.roundtable().args(["--budget", "1", "--seed", "7"]).run().ok();
    let digest = ran.digest();

    assert_eq!(digest["schema"], "amatelier/digest/v1");
    assert_eq!(digest["mode"], "openai-compat");
    assert_eq!(digest["notice"], Value::Null, "a model was called");
    assert_eq!((&digest["seed"], &digest["rounds"]), (&json!(7), &json!(3)));
    assert_eq!((&digest["stop"]["reason"], &digest["converged"]), (&json!("max-rounds"), &json!(false)));
    assert_eq!(digest["resent"], json!([]));

    let workers = ["elena", "marcus", "clare", "simon", "naomi"];
    for name in workers {
        // Three speeches, three rebuttals, the one floor turn.
        assert_eq!(digest["contributions"][name], 7, "{name}");
        assert_eq!(digest["budget_usage"][name], json!({"starting_budget": 1, "spent": 1, "remaining": 0}));
        let member = find(&digest["members"], "name", name);
        assert_eq!((&member["model"], &member["component"]), (&json!("fake"), &json!("classic")));
        assert_eq!((&member["role"], &member["usage"]["calls"]), (&json!("worker"), &json!(7)));
        let last = digest["final_positions"][name].as_str().unwrap();
        assert_eq!(said(&digest, "speech").into_iter().filter(|text| *text == last).count(), 1);
    }
    assert!(all(&digest["turns"], "ending").iter().all(|ending| *ending == "done"), "{:#}", digest["turns"]);
    assert_eq!(digest["notices"], json!([]));

    let scoring = &digest["scoring"];
    assert_eq!((&digest["scoring_status"], &scoring["status"]), (&json!("complete"), &json!("complete")));
    assert_eq!(scoring["axes"], json!(["novelty", "accuracy", "impact", "challenge"]));
    let scored: BTreeSet<_> = all(&scoring["scores"], "agent").into_iter().map(Value::as_str).collect();
    assert_eq!(scored, workers.into_iter().map(Some).collect());
    for score in scoring["scores"].as_array().unwrap() {
        let marks = score["axes"].as_object().unwrap();
        let total: u64 = marks.values().map(|mark| mark.as_u64().unwrap()).sum();
        assert_eq!((marks.len(), score["total"].as_u64()), (4, Some(total)), "{score:#}");
    }

    let requests = provider.requests();
    assert!(requests.iter().all(|asked| asked.finished && asked.times == 1));
    let tokens = |count: fn(&Asked) -> usize| -> usize { requests.iter().map(count).sum() };
    assert_eq!(digest["usage"]["calls"], requests.len());
    assert_eq!(digest["usage"]["input_tokens"], tokens(|asked| asked.input_tokens()));
    assert_eq!(digest["usage"]["output_tokens"], tokens(|asked| asked.output_tokens()));
    let answers: BTreeSet<_> = requests.iter().filter_map(|asked| asked.answer.as_deref()).collect();
    assert!(said(&digest, "speech").iter().all(|speech| answers.contains(speech)), "as the model said it");
}

#[test]
fn the_result_is_on_disk_under_its_names_and_can_be_shown_again() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let ran = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok();
    let digest = ran.digest();
    let id = digest["roundtable_id"].as_str().unwrap();
    let asked = provider.asked();

    let on_disk = fs::read_to_string(house.path(format!("digests/digest-{id}.json"))).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&on_disk).unwrap(), digest);
    let latest = fs::read_to_string(house.path("digests/latest-result.md")).unwrap();
    assert!(latest.contains(id) && latest.contains(&format!("digest-{id}.json")), "{latest}");

    assert_eq!(house.args(["show", id, "--json"]).run().ok().digest(), digest);
    let listed = house.args(["list", "--json"]).run().ok().digest();
    assert_eq!(find(&listed["roundtables"], "id", id)["rounds"], 1);
    // Nothing is unfinished, so the newest digest is what there is to resume.
    assert_eq!(house.args(["resume"]).run().ok().digest(), digest);
    assert_eq!(provider.asked(), asked, "looking asks nobody");

    house.args(["show", "000000000000"]).run().exits(4).stderr_has("000000000000");
    let summary = house.args(["show", id, "--summary"]).run().ok();
    assert!(summary.stdout.contains("elena") && serde_json::from_str::<Value>(&summary.stdout).is_err());
}

#[test]
fn a_debate_that_is_decided_stops_at_the_gate() {
    let provider = FakeProvider::start();
    provider.whenever(prompts::rules(2), Reaction::Converge);
    let digest = pair(&provider).roundtable().args(["--budget", "1"]).run().ok().digest();
    assert_eq!((&digest["converged"], &digest["rounds"]), (&json!(true), &json!(2)));
    assert_eq!(digest["stop"]["reason"], "converged");
    let reason = digest["convergence_reason"].as_str().unwrap();
    let ruling = provider.requests().into_iter().find(prompts::rules(2)).unwrap().answer.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&ruling).unwrap()["reason"], reason);
    assert_eq!(digest["scoring_status"], "complete");
    assert!(!provider.requests().iter().any(prompts::speaks(3)));
}

#[test]
fn what_the_judge_says_has_effects_and_passes_are_heard() {
    let provider = FakeProvider::start();
    let lines = "GATE: elena — 7 of 32 hangers is the number that decides\n\
                 SANCTION [marcus] (hallucination): the ferry is nowhere in the briefing\n\
                 > REDIRECT [elena]: a quotation redirects nobody\n\
                 REMARK: keep to the winter";
    provider
        .once(prompts::moderates, Reaction::Say(lines.into()))
        .whenever(prompts::takes_the_floor, Reaction::Say("PASS".into()));
    let digest = pair(&provider).roundtable().args(["--max-rounds", "1"]).run().ok().digest();
    assert_eq!(all(&digest["gate_bonuses"], "agent"), ["elena"]);
    assert_eq!(all(&digest["sanctions"], "offence"), ["hallucination"]);
    assert_eq!(digest["judge_interventions"], 3);
    assert_eq!(said(&digest, "pass"), ["PASS", "PASS"]);
    assert_eq!(digest["budget_usage"]["marcus"]["spent"], 0, "a pass costs nothing");
}

#[test]
fn the_same_seed_and_the_same_answers_give_the_same_digest_to_the_byte() {
    let [one, other, another] = ["7", "7", "8"].map(|seed| {
        let provider = FakeProvider::start();
        let ran = pair(&provider).roundtable().args(["--max-rounds", "2", "--seed", seed]).run().ok();
        serde_json::to_string(&normalised(ran.digest())).unwrap()
    });
    assert_eq!(one, other);
    assert_ne!(one, another);
}

#[test]
fn a_new_member_from_a_new_component_is_one_line_in_the_team_file() {
    let provider = FakeProvider::start();
    let team = crate::PAIR.replace(
        "judge = {",
        "ada = { role = \"worker\", component = \"ada.wasm\", settings = { mood = \"bright\" } }\njudge = {",
    );
    let house = pair(&provider).team(&team).file("ada.wasm", guest("ada"));
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    let ada = find(&digest["members"], "name", "ada");
    assert_eq!(all(&ada["components"], "sha256"), [&json!(Sha256::of(guest("ada")).to_string())]);
    assert_eq!(ada["usage"]["calls"], 0);
    assert!(digest["final_positions"]["ada"].as_str().unwrap().starts_with("Ada, bright, in round 1:"));
    assert!(all(&digest["scoring"]["scores"], "agent").contains(&&json!("ada")));
}

#[test]
fn workers_are_chosen_and_left_out_by_name() {
    let provider = FakeProvider::start();
    let house = empty().provider(&provider);
    let contributors = |digest: &Value| -> Vec<String> {
        digest["contributions"].as_object().unwrap().keys().cloned().collect()
    };
    let short = ["--max-rounds", "1", "--budget", "0"];
    let chosen = house.roundtable().args(short).args(["--workers", "marcus,clare"]).run().ok().digest();
    assert_eq!(contributors(&chosen), ["clare", "marcus"]);
    let left = house.roundtable().args(short).args(["--skip-agent", "simon", "--skip-naomi"]).run().ok();
    assert_eq!(contributors(&left.digest()), ["clare", "elena", "marcus"]);
}
