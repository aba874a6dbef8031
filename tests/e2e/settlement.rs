//! What debates do to the ledger: members enter, stake, are paid and charged once, and get back what an aborted debate took.

use amatelier_test_support::{Amatelier, FakeProvider, guest, normalised};
use rusqlite::Connection;
use serde_json::Value;

use crate::{empty, find, pair};

const ARGUMENTS: [&str; 6] = ["--max-rounds", "1", "--budget", "0", "--seed", "11"];

fn journal(house: &Amatelier, realm: &str) -> Connection {
    Connection::open(house.path(format!("{realm}roundtable.db"))).unwrap()
}

/// Every posting, oldest first: whose, how much, of which kind.
fn ledger(journal: &Connection) -> Vec<(String, i64, String)> {
    let mut query =
        journal.prepare("SELECT agent_name, amount, category FROM spark_ledger ORDER BY id").unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn balance(journal: &Connection, member: &str) -> i64 {
    ledger(journal).iter().filter(|(name, ..)| name == member).map(|(_, amount, _)| amount).sum()
}

/// The economy's events of a kind.
fn facts(journal: &Connection, kind: &str) -> Vec<Value> {
    let mut query = journal
        .prepare("SELECT body FROM events WHERE stream = 'economy' AND kind = ?1 ORDER BY seq")
        .unwrap();
    let rows = query.query_map([kind], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    rows.map(|body| serde_json::from_slice(&body.unwrap()).unwrap()).collect()
}

/// Two workers who say these words and nothing else, and are marked without a model.
fn saying(ada: &str, bob: &str) -> Amatelier {
    empty()
        .team(&format!(
            "[members]\n\
             ada = {{ role = \"worker\", component = \"scripted\", model = \"opus\", settings = {{ speak = {ada:?} }} }}\n\
             bob = {{ role = \"worker\", component = \"scripted\", model = \"haiku\", settings = {{ speak = {bob:?} }} }}\n\
             judge = {{ role = \"judge\", component = \"hostile.wasm\", settings = {{ attack = \"quiet\" }} }}\n\
             [rubric]\ncomponent = \"evidence\"\n"
        ))
        .file("hostile.wasm", guest("hostile"))
}

fn hold(house: &Amatelier) -> Value {
    house.roundtable().args(["--mode", "rehearsal"]).args(ARGUMENTS).run().ok().digest()
}

#[test]
fn a_debate_pays_for_marks_and_takes_the_fee_of_the_label() {
    let house = saying("It costs 90 euros.", "Close it.");
    let digest = hold(&house);
    let journal = journal(&house, "rehearsal/");
    for (member, fee) in [("ada", 15), ("bob", 5)] {
        let sparks = find(&digest["sparks"], "agent", member);
        let score = find(&digest["scoring"]["scores"], "agent", member);
        assert_eq!((&sparks["fee"], &digest["entry_fees"][member]), (&fee.into(), &fee.into()));
        let (award, net) = (sparks["award"].as_i64().unwrap(), sparks["net"].as_i64().unwrap());
        assert_eq!(net, award - fee);
        assert_eq!(score["sparks_earned"], net);
        assert_eq!(sparks["balance"], 30 + net);
        assert_eq!(balance(&journal, member), 30 + net, "the ledger adds up to what the digest says");
    }
    assert_eq!(facts(&journal, "settled").len(), 1);
    let shown = house.args(["show", digest["roundtable_id"].as_str().unwrap(), "--summary"]).run().ok();
    assert!(shown.stdout.contains("Sparks"), "{shown}");
}

#[test]
fn an_idea_is_staked_once_and_only_by_who_can_pay() {
    let house = saying(
        "<MOONSHOT>Build a second bridge\nand more",
        "<SCOUT>Ask the ferry</SCOUT> <SCOUT>ask  THE ferry</SCOUT>",
    );
    let first = hold(&house);
    let own = journal(&house, "rehearsal/");
    let stakes = |journal: &Connection| {
        ledger(journal).into_iter().filter(|(.., category)| category == "venture_stake").collect::<Vec<_>>()
    };
    let stake = |member: &str, amount| (member.to_owned(), amount, "venture_stake".to_owned());
    assert_eq!(stakes(&own), [stake("bob", -5), stake("ada", -30)].map(|one| one), "{first:#}");
    let ventures = &first["ventures"];
    assert_eq!(find(ventures, "agent", "ada")["idea"], "Build a second bridge");
    assert!(find(ventures, "agent", "ada")["venture"].is_string());
    assert_eq!(ventures.as_array().unwrap().iter().filter(|one| one["venture"].is_string()).count(), 2);
    // The same ideas again: they are staked on already, and said again they cost nothing.
    let second = hold(&house);
    assert_eq!(stakes(&own).len(), 2);
    assert!(second["ventures"].as_array().unwrap().iter().all(|one| one["venture"].is_null()));
}

#[test]
fn an_aborted_debate_gives_back_what_it_took_and_charges_nobody() {
    let house = saying("<SCOUT>Ask the ferry</SCOUT>", "Close it.");
    let team = std::fs::read_to_string(house.path("team.toml")).unwrap();
    // Three of five fail whenever they are called, and are benched.
    let fails = |name: &str| {
        format!(
            "{name} = {{ role = \"worker\", component = \"hostile.wasm\", settings = {{ attack = \"panic\" }} }}\n"
        )
    };
    let failing =
        team.replace("judge = ", &format!("{}{}{}judge = ", fails("cyd"), fails("dan"), fails("fay")));
    house.replace("team.toml", failing.replace("bob", "eve"));
    let digest = hold(&house);
    assert_eq!(
        (&digest["stop"]["reason"], &digest["scoring_status"]),
        (&"aborted".into(), &"unscored".into())
    );
    let journal = journal(&house, "rehearsal/");
    let categories: Vec<String> = ledger(&journal).into_iter().map(|(.., category)| category).collect();
    let mut expected = vec!["opening_balance"; 5];
    expected.extend(["venture_stake", "refund_aborted_rt"]);
    assert_eq!(categories, expected);
    for member in ["ada", "eve", "cyd", "dan", "fay"] {
        assert_eq!(balance(&journal, member), 30, "{member}");
    }
    assert_eq!(facts(&journal, "roundtable-voided").len(), 1);
    // The idea is free again.
    house.replace("team.toml", team);
    assert!(hold(&house)["ventures"][0]["venture"].is_string());
}

#[test]
fn a_killed_settlement_is_complete_or_absent() {
    let provider = FakeProvider::start();
    let undisturbed = normalised(pair(&provider).roundtable().args(ARGUMENTS).run().ok().digest());
    for (place, settled) in [("before-settlement", 0), ("after-settlement", 1)] {
        let provider = FakeProvider::start();
        let house = pair(&provider);
        let crashed =
            house.roundtable().args(ARGUMENTS).variable("FAILPOINTS", format!("{place}=return")).run();
        assert_eq!(crashed.code, None, "{place}: it ended by itself: {crashed}");
        let journal = journal(&house, "");
        let scored: i64 = journal
            .query_row("SELECT count(*) FROM events WHERE kind = 'scored'", [], |row| row.get(0))
            .unwrap();
        assert_eq!((facts(&journal, "settled").len(), scored), (settled, settled as i64), "{place}");
        let asked = provider.asked();
        let digest = house.args(["resume"]).run().ok().digest();
        assert_eq!(provider.asked(), asked, "{place}: every answer was on disk");
        assert_eq!(normalised(digest.clone()), undisturbed, "{place}");
        assert_eq!(facts(&journal, "settled").len(), 1, "{place}");
        for member in ["elena", "marcus"] {
            let said = &find(&digest["sparks"], "agent", member)["balance"];
            assert_eq!(*said, balance(&journal, member), "{place}");
        }
    }
}

#[test]
fn numbers_of_the_operators_own_are_obeyed_and_a_wrong_file_is_named() {
    let house = saying("It costs 90 euros.", "Close it.")
        .file("economy.toml", "opening-balance = 12\n[fees.labels]\nopus = 2\nhaiku = 1\n");
    let digest = hold(&house);
    assert_eq!((&digest["entry_fees"]["ada"], &digest["entry_fees"]["bob"]), (&2.into(), &1.into()));
    let net = find(&digest["sparks"], "agent", "bob")["net"].as_i64().unwrap();
    assert_eq!(balance(&journal(&house, "rehearsal/"), "bob"), 12 + net);
    house.replace("economy.toml", "opening-balance = -3\n");
    let call = house.roundtable().args(["--mode", "rehearsal"]).args(ARGUMENTS).run();
    call.exits(3).stderr_has("economy.toml");
    house.replace("economy.toml", "");
}
