//! Plugins that are installed, in debates: found by their ids, held against the lock, with what they are granted at every call.

use std::fs;

use amatelier_plugins::{InstallOptions, Installation, PluginId, Right, Rights, Shelf, Source};
use amatelier_test_support::{Amatelier, FakeProvider, Ran, guest};
use amatelier_types::{Capability, Sha256};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    SOCRATIC,
    package::{VOICE, voice},
    packaged,
};
use crate::{empty, prompts, said};

/// One worker whose component is the plugin, one on the bundled one.
const TEAM: &str = "[members]\n\
    elena = { role = \"worker\", tagline = \"joins\", component = \"socratic\", model = \"haiku\" }\n\
    marcus = { role = \"worker\", tagline = \"attacks\" }\n\
    judge = { role = \"judge\" }\n\
    [rubric]\n\
    component = \"classic\"\n";

const SHORT: [&str; 6] = ["--max-rounds", "2", "--budget", "0", "--seed", "4"];

fn id() -> PluginId {
    "socratic".parse().unwrap()
}

fn shelf(house: &Amatelier) -> Shelf {
    Shelf::of(&house.workspace())
}

fn install(house: &Amatelier, bytes: &[u8], grants: Option<Rights>) -> Installation {
    let source = Source::Path("socratic.wasm".into());
    shelf(house).install(bytes, source, &InstallOptions { grants, ..InstallOptions::default() }).unwrap()
}

/// What the bundled persona is, as somebody's plugin: it asks for everything that it uses, and for one model alone.
fn socratic() -> Vec<u8> {
    packaged(voice(), &format!("{SOCRATIC}{VOICE}"))
}

fn all() -> Rights {
    let limited = Right { labels: Some(["haiku".to_owned()].into()) };
    let asked = [Capability::LlmComplete, Capability::StewardRead, Capability::StewardAsk]
        .into_iter()
        .chain([Capability::MarketRead, Capability::MarketBuy, Capability::Notebook]);
    let of = |capability| match capability {
        Capability::LlmComplete => (capability, limited.clone()),
        _ => (capability, Right::default()),
    };
    asked.map(of).collect()
}

/// A house with the plugin in it, granted what it asks for.
fn house(provider: &FakeProvider) -> Amatelier {
    let house = empty().team(TEAM).provider(provider);
    assert_eq!(install(&house, &socratic(), Some(all())), Installation::New);
    house
}

fn turn<'a>(digest: &'a Value, action: &str) -> &'a Value {
    crate::find(&digest["turns"], "id", action)
}

fn verified(house: &Amatelier, digest: &Value) -> Value {
    let found = house
        .args(["replay", digest["roundtable_id"].as_str().unwrap(), "--verify", "--json"])
        .run()
        .ok()
        .digest();
    assert_eq!(found["result"], "same", "{found:#}");
    found
}

/// What was measured of the plugin.
fn measured(house: &Amatelier, columns: &str) -> Vec<i64> {
    let conn = Connection::open(house.path("roundtable.db")).unwrap();
    let query = format!("SELECT {columns} FROM plugin_statistics WHERE plugin = 'socratic'");
    let count = columns.split(',').count();
    conn.query_row(&query, [], |row| (0..count).map(|column| row.get(column)).collect()).unwrap()
}

/// The calls of a member's turns, as they were written down.
fn called(house: &Amatelier, member: &str) -> Vec<Value> {
    let conn = Connection::open(house.path("roundtable.db")).unwrap();
    let mut select = conn.prepare("SELECT body FROM events WHERE kind = 'turn-called' ORDER BY pos").unwrap();
    let bodies = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let events = bodies.map(|body| serde_json::from_slice::<Value>(&body.unwrap()).unwrap());
    events.filter(|event| event["member"] == member).collect()
}

/// The rights that a member's turns were called with; null where it had what its seat was given.
fn rights_of(house: &Amatelier, member: &str) -> Vec<Value> {
    called(house, member).iter().map(|called| called["rights"].clone()).collect()
}

/// The turns that failed in this way.
fn failed<'a>(digest: &'a Value, kind: &str) -> Vec<&'a str> {
    let turns = digest["turns"].as_array().unwrap().iter();
    let failed = turns.filter(|turn| turn["ending"] == kind);
    failed.map(|turn| turn["id"].as_str().unwrap()).collect()
}

fn flip(path: &std::path::Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_plugin_that_is_granted_debates_and_its_calls_are_measured() {
    let provider = FakeProvider::start();
    let house = house(&provider);
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    let spoken = provider.requests().into_iter().filter(|asked| prompts::of("elena")(asked)).count();
    assert!(spoken >= 4, "{spoken}");
    let called = called(&house, "elena");
    let digest_of = json!(Sha256::of(&socratic()).to_string());
    assert!(called.iter().all(|called| called["component"] == digest_of), "{called:?}");
    let rights = rights_of(&house, "elena");
    assert!(rights.iter().all(|rights| rights["llm.complete"] == json!(["haiku"])), "{rights:?}");
    assert!(rights_of(&house, "marcus").iter().all(Value::is_null), "a bundled one has what it was given");
    verified(&house, &digest);

    let calls = measured(&house, "calls, traps, denials, peak_memory_bytes, input_tokens, output_tokens");
    assert_eq!(calls[..3], [rights.len() as i64, 0, 0]);
    assert!(calls[3..].iter().all(|number| *number > 0), "{calls:?}");
    let second = house.roundtable().args(SHORT).run().ok().digest();
    assert_eq!(measured(&house, "calls")[0], 2 * calls[0], "of both debates");
    // A replay measures nothing.
    verified(&house, &second);
    assert_eq!(measured(&house, "calls")[0], 2 * calls[0]);
}

#[test]
fn whatever_keeps_a_plugin_from_being_called_is_said_at_the_opening_with_what_to_do() {
    let provider = FakeProvider::start();
    let house = empty().team(TEAM).provider(&provider);
    let refused = |code: i32, texts: &[&str]| -> Ran {
        let ran = house.roundtable().args(SHORT).run().exits(code);
        texts.iter().fold(ran, |ran, text| ran.stderr_has(text))
    };
    refused(3, &["there is no persona `socratic`", "bundled are challenger, classic", "none is installed"]);
    install(&house, &socratic(), None);
    refused(5, &["waits for a grant", "`llm.complete`", "amatelier plugin grant socratic"]);
    shelf(&house).grant(&id(), &all()).unwrap();
    shelf(&house).disable(&id()).unwrap();
    refused(5, &["the plugin `socratic` is disabled", "amatelier plugin enable socratic"]);
    shelf(&house).enable(&id()).unwrap();

    let grants = fs::read_to_string(house.path("plugins/grants.toml")).unwrap();
    fs::write(house.path("plugins/grants.toml"), grants.replace("\"haiku\"", "\"opus\"")).unwrap();
    refused(9, &["changed past amatelier", "amatelier plugin verify"]);
    fs::write(house.path("plugins/grants.toml"), &grants).unwrap();

    let bytes = house.path(format!("components/{}.wasm", Sha256::of(&socratic())));
    flip(&bytes);
    refused(9, &["the plugin `socratic` is not loaded", "amatelier plugin verify"]);
    flip(&bytes);

    let lock = fs::read_to_string(house.path("amatelier.lock")).unwrap();
    for (from, to) in [
        ("0.2.0".to_owned(), "0.3.0".to_owned()),
        (Sha256::of(&socratic()).to_string(), Sha256::of(b"other").to_string()),
        ("schema = 1".to_owned(), "schema = 1\nschema = 2".to_owned()),
    ] {
        fs::write(house.path("amatelier.lock"), lock.replace(&from, &to)).unwrap();
        refused(9, &["the plugin `socratic` is not loaded"]);
    }
    fs::write(house.path("amatelier.lock"), &lock).unwrap();
    assert_eq!(provider.requests().len(), 0, "nobody was asked anything");
    house.roundtable().args(SHORT).run().ok();

    let judged = TEAM
        .replace("judge = { role = \"judge\" }", "judge = { role = \"judge\", component = \"socratic\" }");
    fs::write(house.path("team.toml"), judged).unwrap();
    refused(3, &["the plugin `socratic` is no judge: it is installed as persona"]);
}

#[test]
fn a_revoke_counts_from_the_next_call_and_a_replay_sees_what_was() {
    let provider = FakeProvider::start();
    let house = house(&provider);
    let hold = provider.hold_when(|asked| prompts::of("elena")(asked) && prompts::speaks(1)(asked));
    let mut running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    shelf(&house).revoke(&id(), Some(Capability::LlmComplete)).unwrap();
    hold.release();
    running.stderr_line_with("the grant of socratic was revoked: elena goes on without `llm.complete`");
    running.stderr_line_with("elena: amatelier:llm/llm.complete was denied");
    let ran = running.wait().ok();
    let count = |text: &str| ran.stderr.matches(text).count();
    assert_eq!((count("was revoked"), count("llm.complete was denied")), (1, 1), "each is said once: {ran}");
    let digest = ran.digest();
    assert_eq!(turn(&digest, "r1/speak/elena")["ending"], "done", "it was called before");
    assert!(failed(&digest, "denied").contains(&"r1/rebuttal/elena"), "{digest:#}");
    let rights = rights_of(&house, "elena");
    assert!(!rights[0]["llm.complete"].is_null() && rights[1]["llm.complete"].is_null(), "{rights:?}");
    assert!(rights[1].as_object().unwrap().contains_key("notebook"), "only what was revoked");
    verified(&house, &digest);
    assert!(measured(&house, "denials")[0] > 0);
}

#[test]
fn a_plugin_that_is_put_aside_costs_its_turns_and_the_debate_goes_on() {
    let provider = FakeProvider::start();
    let house = house(&provider);
    let hold = provider.hold_when(|asked| prompts::of("elena")(asked) && prompts::speaks(1)(asked));
    let running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    shelf(&house).disable(&id()).unwrap();
    hold.release();
    let digest = running.wait().ok().digest();
    assert_eq!(turn(&digest, "r1/speak/elena")["ending"], "done");
    let lost = failed(&digest, "host-fault");
    assert!(
        lost.contains(&"r1/rebuttal/elena") && lost.iter().all(|action| action.contains("elena")),
        "{lost:?}"
    );
    let told = digest["transcript"].as_array().unwrap().iter();
    let mut told = told.map(|line| line["message"].as_str().unwrap());
    assert!(told.any(|line| line.contains("the plugin `socratic` is disabled")), "{digest:#}");
    shelf(&house).enable(&id()).unwrap();
    verified(&house, &digest);
}

#[test]
fn what_was_locked_is_what_runs_though_the_lock_changes_while_a_debate_runs() {
    let provider = FakeProvider::start();
    let house = house(&provider);
    let hold = provider.hold_when(|asked| prompts::of("elena")(asked) && prompts::speaks(1)(asked));
    let running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    let lock = fs::read_to_string(house.path("amatelier.lock")).unwrap();
    let other = lock.replace(&Sha256::of(&socratic()).to_string(), &Sha256::of(b"other").to_string());
    house.replace("amatelier.lock", other);
    hold.release();
    let digest = running.wait().ok().digest();
    // Compiled code of the old bytes is at hand, and is not used.
    assert!(failed(&digest, "host-fault").contains(&"r1/rebuttal/elena"), "{digest:#}");
    verified(&house, &digest);
}

#[test]
fn a_turn_that_was_interrupted_goes_on_with_what_is_left_of_its_rights() {
    let provider = FakeProvider::start();
    let house = house(&provider);
    let hold = provider.hold_when(|asked| prompts::of("elena")(asked) && prompts::speaks(1)(asked));
    let running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    running.kill();
    provider.behave();
    shelf(&house).revoke(&id(), Some(Capability::LlmComplete)).unwrap();
    let ran = house.args(["resume"]).run().ok();
    let digest = ran.digest();
    assert!(failed(&digest, "denied").contains(&"r1/speak/elena"), "{digest:#}");
    assert!(ran.stderr.contains("r1/speak/elena goes on with less"), "{ran}");
    verified(&house, &digest);
}

#[test]
fn an_update_that_asks_for_more_does_not_run_with_more() {
    let provider = FakeProvider::start();
    let team =
        TEAM.replace("component = \"socratic\"", "component = \"socratic\", settings = { mood = \"calm\" }");
    let house = empty().team(&team).provider(&provider);
    install(&house, &packaged(guest("ada"), SOCRATIC), None);
    let update = SOCRATIC.replace("0.2.0", "0.3.0");
    let update = packaged(voice(), &format!("{update}{VOICE}"));
    assert!(matches!(install(&house, &update, None), Installation::Held(_)));
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    assert!(
        said(&digest, "speech").iter().any(|text| text.starts_with("Ada, calm, in round 1")),
        "{digest:#}"
    );
    let asked = provider.requests().into_iter().filter(|asked| prompts::of("elena")(asked)).count();
    assert_eq!(asked, 0, "the one that asks for a model did not run");
    verified(&house, &digest);
}

#[test]
fn a_model_that_is_not_granted_is_denied_and_the_members_own_counts_by_its_label() {
    let provider = FakeProvider::start();
    let team = TEAM.replace("model = \"haiku\"", "model = \"sonnet\"");
    let house = empty().team(&team).provider(&provider);
    install(&house, &socratic(), Some(all()));
    let ran = house.roundtable().args(SHORT).run().ok();
    assert!(
        ran.stderr.contains("elena runs as sonnet, and the plugin socratic may ask haiku alone"),
        "{ran}"
    );
    let digest = ran.digest();
    assert!(failed(&digest, "denied").contains(&"r1/speak/elena"), "{digest:#}");
    let asked = provider.requests().into_iter().filter(|asked| prompts::of("elena")(asked)).count();
    assert_eq!(asked, 0);
    verified(&house, &digest);
}

#[test]
fn the_manifest_gives_defaults_and_lowers_limits_and_the_member_line_wins_over_defaults() {
    let provider = FakeProvider::start();
    let manifest = |calls: u32| {
        let capabilities = "[capabilities]\n\"llm.complete\" = { reason = \"a\" }\n\"llm.embed\" = { reason = \"b\" }\n\
            \"steward.read\" = { reason = \"c\" }\n\"steward.ask\" = { reason = \"d\" }\n\
            \"market.read\" = { reason = \"e\" }\n\"market.buy\" = { reason = \"f\" }\n\"notebook\" = { reason = \"g\" }\n";
        let settings = "[[settings]]\nkey = \"attack\"\ndefault = \"too-many-model-calls\"\n[[settings]]\nkey = \"function\"\n";
        format!("{SOCRATIC}{capabilities}[limits]\ncalls-per-turn = {calls}\nmemory-mib = 8\n{settings}")
    };
    let house = empty().team(TEAM).provider(&provider);
    install(&house, &packaged(guest("hostile"), &manifest(2)), Some(Rights::all()));
    let one_round = ["--max-rounds", "1", "--budget", "0", "--seed", "4"];
    let digest = house.roundtable().args(one_round).run().ok().digest();
    assert!(failed(&digest, "limit").contains(&"r1/speak/elena"), "{digest:#}");
    let again = |asked: &amatelier_test_support::Asked| asked.last_message() == "again";
    let of_turn = provider.requests().into_iter().filter(again).count();
    assert_eq!(of_turn, 4, "two in each of the two turns");
    verified(&house, &digest);

    let team = TEAM.replace(
        "component = \"socratic\"",
        "component = \"socratic\", settings = { attack = \"memory\", fonction = \"x\" }",
    );
    fs::write(house.path("team.toml"), team).unwrap();
    let ran = house.roundtable().args(one_round).run().ok();
    assert!(
        ran.stderr.contains("elena: the plugin socratic has no setting `fonction`; did you mean `function`?"),
        "{ran}"
    );
    let digest = ran.digest();
    assert!(failed(&digest, "limit").contains(&"r1/speak/elena"), "{digest:#}");
    let peak = measured(&house, "peak_memory_bytes")[0];
    assert!(peak <= 8 << 20, "{peak}");
    verified(&house, &digest);
}

#[test]
fn nothing_has_more_than_the_hosts_ceiling() {
    let provider = FakeProvider::start();
    let house = house(&provider).file("amatelier.toml", "[plugins]\nceiling = [\"notebook\"]\n");
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    assert!(failed(&digest, "denied").contains(&"r1/speak/elena"), "{digest:#}");
    assert!(rights_of(&house, "elena").iter().all(|rights| *rights == json!({"notebook": null})));
    verified(&house, &digest);
}

#[test]
fn a_line_of_the_team_narrows_what_is_granted() {
    let provider = FakeProvider::start();
    let team = TEAM.replace(
        "component = \"socratic\"",
        "component = \"socratic\", allow = [\"llm.complete\", \"llm.embed\"]",
    );
    let house = empty().team(&team).provider(&provider);
    install(&house, &socratic(), Some(all()));
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    assert!(failed(&digest, "denied").is_empty(), "{digest:#}");
    let rights = rights_of(&house, "elena");
    assert!(rights.iter().all(|rights| *rights == json!({"llm.complete": ["haiku"]})), "{rights:?}");
    verified(&house, &digest);
}
