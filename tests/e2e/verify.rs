//! A debate run again: it comes out as it did, and tampering shows, with the turn it shows in.

use std::fs;

use amatelier_test_support::{Amatelier, FakeProvider, Ran, guest};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{empty, pair, prompts};

const SHORT: [&str; 6] = ["--max-rounds", "2", "--budget", "1", "--seed", "4"];

fn verify(house: &Amatelier, id: &str) -> Ran {
    house.args(["replay", id, "--verify", "--json"]).run()
}

fn id(digest: &Value) -> &str {
    digest["roundtable_id"].as_str().unwrap()
}

/// A finished debate, its house, and its provider gone: nothing that follows can ask anybody.
fn finished() -> (Amatelier, Value) {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    (house, digest)
}

/// The journal, with the guard against changes taken off.
fn open(house: &Amatelier) -> Connection {
    let conn = Connection::open(house.path("roundtable.db")).unwrap();
    conn.execute_batch("DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted")
        .unwrap();
    conn
}

fn differs(house: &Amatelier, id: &str, turn: &str) -> Value {
    house.tampered();
    let found = verify(house, id).exits(9).digest();
    assert_eq!((&found["result"], &found["turn"]), (&json!("different"), &json!(turn)), "{found:#}");
    let told = house.args(["replay", id, "--verify"]).run().exits(9);
    assert!(told.stdout.starts_with(&format!("FAIL {id} in {turn}: ")), "{told}");
    found
}

#[test]
fn a_finished_debate_comes_out_as_it_did_without_a_network() {
    let (house, digest) = finished();
    let found = verify(&house, id(&digest)).ok().digest();
    assert_eq!(
        (&found["result"], &found["digest_file"], &found["taken"]),
        (&json!("same"), &json!(true), &json!(0))
    );
    assert_eq!(found["turns"], digest["turns"].as_array().unwrap().len());
    house.args(["replay", id(&digest), "--verify"]).run().ok();
}

#[test]
fn a_rehearsal_comes_out_as_it_did() {
    let house = empty();
    let digest = house.roundtable().args(["--mode", "rehearsal", "--max-rounds", "2"]).run().ok().digest();
    assert_eq!(verify(&house, id(&digest)).ok().digest()["result"], "same");
}

#[test]
fn a_debate_that_was_killed_and_resumed_comes_out_as_it_did() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    for n in [3, 9] {
        let hold = provider.hold_when(move |asked| asked.n == n);
        let call = if n == 3 { house.roundtable().args(SHORT) } else { house.args(["resume"]) };
        let running = call.spawn();
        hold.reached();
        running.kill();
        provider.behave();
    }
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(digest["resent"].as_array().unwrap().len(), 2);
    drop(provider);
    assert_eq!(verify(&house, id(&digest)).ok().digest()["result"], "same");
}

#[test]
fn a_debate_with_failed_turns_and_a_pause_comes_out_as_it_did() {
    let provider = FakeProvider::start();
    provider.whenever(prompts::speaks(2), amatelier_test_support::Reaction::Status(500));
    let team = crate::PAIR.replace("judge = {", "vera = { role = \"worker\", component = \"hostile.wasm\", settings = { attack = \"trap\" } }\njudge = {");
    let house = pair(&provider).team(&team).file("hostile.wasm", guest("hostile"));
    house.roundtable().args(SHORT).run().exits(7);
    provider.behave();
    let digest = house.args(["resume"]).run().ok().digest();
    assert!(digest["benched"].as_object().unwrap().contains_key("vera"));
    let found = verify(&house, id(&digest)).ok().digest();
    assert_eq!(found["result"], "same", "{found:#}");
}

#[test]
fn a_tampered_answer_shows_in_its_turn() {
    let (house, digest) = finished();
    let conn = open(&house);
    let (call, answer): (i64, Vec<u8>) = conn
        .query_row(
            "SELECT calls.id, answer FROM calls JOIN turns ON turns.id = calls.turn WHERE action = 'r1/rebuttal/elena'",
            (),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let mut answer: Value = serde_json::from_slice(&answer).unwrap();
    answer["reply"]["text"] = json!("I never said this, and it is long enough to be a speech of mine.");
    conn.execute("UPDATE calls SET answer = ?1 WHERE id = ?2", (serde_json::to_vec(&answer).unwrap(), call))
        .unwrap();
    drop(conn);
    let found = differs(&house, id(&digest), "r1/rebuttal/elena");
    assert!(found["replayed"].as_str().unwrap().contains("I never said this"), "{found:#}");
}

#[test]
fn a_tampered_message_shows_in_its_turn() {
    let (house, digest) = finished();
    let conn = open(&house);
    let changed = conn
        .execute(
            "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'CONTINUE: ', 'CONTINUE: and yet ') AS BLOB)
             WHERE kind = 'message-posted' AND CAST(body AS TEXT) LIKE '%CONTINUE: %' AND CAST(body AS TEXT) LIKE '%\"kind\":\"verdict\"%' AND seq < 60",
            (),
        )
        .unwrap();
    assert!(changed > 0);
    drop(conn);
    let found = differs(&house, id(&digest), "r1/gate");
    assert!(found["recorded"].as_str().unwrap().contains("and yet"), "{found:#}");
}

#[test]
fn a_tampered_component_shows_in_the_first_turn_it_took() {
    let (house, digest) = finished();
    let first = &digest["turns"][0]["id"];
    let member = digest["members"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["name"] == digest["turns"][0]["agent"]);
    let sha256 = member.unwrap()["components"][0]["sha256"].as_str().unwrap();
    let path = house.path(format!("components/{sha256}.wasm"));
    fs::write(&path, guest("grace")).unwrap();
    let found = differs(&house, id(&digest), first.as_str().unwrap());
    assert!(found["replayed"].as_str().unwrap().contains("damaged"), "{found:#}");
    fs::remove_file(&path).unwrap();
    differs(&house, id(&digest), first.as_str().unwrap());
}

#[test]
fn a_tampered_digest_file_is_not_this_debates() {
    let (house, digest) = finished();
    house.tampered();
    let path = house.path(format!("digests/digest-{}.json", id(&digest)));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"converged\": false", "\"converged\": true", 1)).unwrap();
    let found = verify(&house, id(&digest)).exits(9).digest();
    assert_eq!(
        (&found["what"], &found["recorded"]),
        (&json!("the published digest.converged"), &json!("true"))
    );
}

#[test]
fn what_a_model_was_shown_and_said_can_be_read() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    let id = id(&digest);
    let calls = house.args(["calls", id, "--json"]).run().ok().digest();
    let calls = calls["calls"].as_array().unwrap().clone();
    assert_eq!(calls.len(), provider.finished());
    let answers: Vec<String> = provider.requests().into_iter().filter_map(|asked| asked.answer).collect();
    for (call, answer) in calls.iter().zip(&answers) {
        assert_eq!(call["answer"]["reply"]["text"], json!(answer), "{call:#}");
    }
    let own = house.args(["calls", id, "--member", "elena", "--json"]).run().ok().digest();
    let own = own["calls"].as_array().unwrap();
    assert!(!own.is_empty() && own.iter().all(|call| call["member"] == "elena"));

    let shown = house.args(["prompt", id, "r1/speak/elena"]).run().ok();
    let body = provider.bodies().into_iter().find(|body| body.to_string().contains("You are elena")).unwrap();
    let last = body["messages"].as_array().unwrap().last().unwrap()["content"].as_str().unwrap();
    assert!(shown.stdout.contains(last), "{shown}");
    house.args(["prompt", id, "r9/speak/elena"]).run().exits(4).stderr_has("r1/speak/elena");
    house.args(["calls", "0123456789ab"]).run().exits(4);
}
