//! Rubrics that lie, in whole debates: each is refused with its reason, and no spark moves.

use amatelier_test_support::{Amatelier, example, guest};
use rusqlite::Connection;
use serde_json::Value;

use crate::{empty, find};

/// Two workers, a judge who says nothing, and whatever marks them.
fn team(rubric: &str) -> String {
    format!(
        "[members]\n\
         ada = {{ role = \"worker\", component = \"scripted\", settings = {{ speak = \"It costs 90 euros.\" }} }}\n\
         bob = {{ role = \"worker\", component = \"scripted\", settings = {{ speak = \"Close it.\" }} }}\n\
         judge = {{ role = \"judge\", component = \"hostile.wasm\", settings = {{ attack = \"quiet\" }} }}\n\
         [rubric]\n{rubric}"
    )
}

fn hostile(attack: &str) -> String {
    team(&format!("component = \"hostile.wasm\"\nsettings = {{ attack = \"{attack}\" }}\n"))
}

/// A workspace in which one fair debate was held and settled.
fn house() -> Amatelier {
    let house = empty()
        .team(&team("component = \"clarity.wasm\"\n"))
        .file("hostile.wasm", guest("hostile"))
        .file("clarity.wasm", example("rubric-clarity"));
    assert_eq!(hold(&house)["scoring_status"], "complete");
    house
}

fn hold(house: &Amatelier) -> Value {
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    house.roundtable().args(arguments).run().ok().digest()
}

/// Every posting, oldest first: whose, how much, of which kind, for which debate.
fn ledger(house: &Amatelier) -> Vec<(String, i64, String, Option<String>)> {
    let journal = Connection::open(house.path("rehearsal/roundtable.db")).unwrap();
    let mut query = journal
        .prepare("SELECT agent_name, amount, category, roundtable_id FROM spark_ledger ORDER BY id")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_rubric_that_lies_leaves_the_debate_unscored_and_the_ledger_as_it_was() {
    let house = house();
    let before = ledger(&house);
    for category in ["opening_balance", "score_award", "entry_fee"] {
        assert!(before.iter().any(|posting| posting.2 == category), "no {category} in {before:?}");
    }
    for (attack, words) in [
        ("rubric-no-axes", "the rubric has no axes"),
        ("rubric-many-axes", "the rubric has 17 axes"),
        ("rubric-axis-id", "is no id of an axis"),
        ("rubric-axis-name", "the name of wit is not one line"),
        ("rubric-rich-scale", "the scale of wit goes beyond 1000"),
        ("rubric-off-scale", "4000000000 is not on the scale"),
        ("rubric-duplicates", "has more than one mark for wit"),
        ("rubric-missing", "has no mark for wit"),
        ("rubric-strangers", "nobody is nobody to be scored"),
        ("rubric-wordy", "the reason for wit is longer than 2000 characters"),
        ("rubric-megabyte", "result: it returned"),
        ("rubric-million", "data: it passed or returned"),
    ] {
        house.replace("team.toml", hostile(attack));
        let digest = hold(&house);
        assert_eq!(digest["scoring_status"], "unscored", "{attack}");
        let reason = digest["scoring"]["reason"].as_str().unwrap();
        assert!(reason.contains(words), "{attack}: {reason}");
        assert!(reason.len() < 2_000 && !reason.contains(char::is_control), "{attack}: {reason:?}");
        let shown = house.args(["show", digest["roundtable_id"].as_str().unwrap(), "--summary"]).run().ok();
        assert!(!shown.stdout.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}']), "{attack}: {shown}");
        assert_eq!(ledger(&house), before, "{attack}");
    }
}

#[test]
fn a_ten_that_is_proved_with_somebody_elses_words_earns_what_a_three_does() {
    let house = house();
    for attack in ["rubric-forged", "rubric-lies"] {
        house.replace("team.toml", hostile(attack));
        let digest = hold(&house);
        assert_eq!(digest["scoring_status"], "complete", "{attack}");
        assert!(digest["scoring"]["notes"].to_string().contains("wit counts 3"), "{attack}: {digest:#}");
        let id = digest["roundtable_id"].as_str().unwrap();
        for member in ["ada", "bob"] {
            let score = find(&digest["scoring"]["scores"], "agent", member);
            assert_eq!((&score["axes"]["wit"], &score["grand_insight"]), (&3.into(), &Value::Array(vec![])));
            let earned: i64 = ledger(&house)
                .iter()
                .filter(|posting| posting.0 == member && posting.2 == "score_award")
                .filter(|posting| posting.3.as_deref() == Some(id))
                .map(|posting| posting.1)
                .sum();
            // Three of ten, of forty.
            assert_eq!(earned, 12, "{attack} {member}");
        }
    }
}

/// The same house with a store that has one good item, and a component that attacks in this way.
fn shop(attack: &str) -> Amatelier {
    let house = house().file("store/catalog.toml", CATALOG);
    house.replace("team.toml", stores(attack));
    house
}

const CATALOG: &str = "component = \"classic\"\nopen = [\"hostile.wasm\"]\n\
    [[item]]\nid = \"hourglass\"\nname = \"Hourglass\"\nprice = 3\nitem = \"extra-budget\"\n";

fn stores(attack: &str) -> String {
    let line = format!("[[store]]\ncomponent = \"hostile.wasm\"\nsettings = {{ attack = \"{attack}\" }}\n");
    team("component = \"clarity.wasm\"\n") + &line
}

/// Text for people holds nothing that a terminal obeys.
fn assert_plain(text: &str, about: &str) {
    let odd = |c: char| (c.is_control() && !"\n\t".contains(c)) || c == '\u{202e}';
    assert!(!text.contains(odd), "{about}: {text:?}");
}

#[test]
fn a_store_that_lists_nonsense_is_left_out_and_the_other_one_goes_on() {
    let house = shop("none");
    let before = ledger(&house);
    for (attack, words) in [
        ("store-loop", "CPU"),
        ("store-flood", "data: it passed or returned"),
        ("store-many", "items: there are 501, the most is 500"),
        ("store-megabyte", "result: it returned"),
        ("store-long", "the description of the item `bell` is longer than 2000 characters"),
        ("store-long-name", "the name of the item `bell` is longer than 80 characters"),
        ("store-price", "a price of 4000000000 sparks"),
        ("store-duplicates", "`bell` is there twice"),
        ("store-id", "`../../etc/passwd` is no id"),
        ("store-lifetime", "the lifetime of the item `bell` is none"),
        ("store-escapes", "the name of the item `bell` is not one plain line"),
        ("store-escapes-below", "the description of the item `bell` holds control characters"),
    ] {
        house.replace("team.toml", stores(attack));
        let ran = house.args(["store", "list", "--json"]).run().ok();
        let listed = ran.digest();
        assert_eq!(crate::all(&listed["items"], "id"), ["hourglass"], "{attack}");
        let warnings = listed["warnings"].to_string();
        assert!(
            warnings.contains("hostile.wasm is left out") && warnings.contains(words),
            "{attack}: {warnings}"
        );
        assert_plain(&ran.stderr, attack);
        assert!(ran.stderr.contains("hostile.wasm is left out"), "{attack}: {ran}");
    }
    assert_eq!(ledger(&house), before);
}

#[test]
fn a_catalog_with_a_price_that_nobody_could_mean_is_refused_as_a_whole() {
    let house = shop("none");
    for price in ["-5", "4000000000"] {
        let catalog = CATALOG.replace("price = 3", &format!("price = {price}"));
        house.replace("store/catalog.toml", catalog);
        let ran = house.args(["store", "list"]).run().exits(3);
        assert!(ran.stderr.contains(&format!("a price of {price} is not between 0 and")), "{ran}");
    }
}

#[test]
fn whoever_buys_what_promises_too_much_pays_nothing() {
    let house = shop("none");
    let before = ledger(&house);
    for (attack, words) in [
        ("store-percent", "4000000000 per cent off"),
        ("store-reason", "longer than 300 characters"),
        ("store-refuses", "sold out, ada"),
        ("store-mint", "this version does not know the effect `mint`"),
        ("store-turns", "floor-turns of 4294967295: from 1 to 4 is possible"),
        ("store-lasting", "skill-slots does not go with an item that is consumable"),
        ("store-some-effects", "effects: there are 17, the most is 16"),
        ("store-effects", "data: it passed or returned"),
        ("store-request", "the text of a request is longer than 2000 characters"),
        ("none", "it has 9 effects; 4 are the most"),
    ] {
        house.replace("team.toml", stores(attack));
        let ran = house.args(["store", "buy", "bell", "--member", "ada"]).run().exits(5);
        assert!(ran.stderr.contains(words), "{attack}: {ran}");
        assert_plain(&ran.stderr, attack);
        assert_eq!(ledger(&house), before, "{attack}");
    }
    // The good one is sold beside it.
    house.args(["store", "buy", "hourglass", "--member", "ada"]).run().ok();
    assert_eq!(ledger(&house).len(), before.len() + 1);
}

fn teachers(attack: &str) -> String {
    let line = format!("[[skill]]\ncomponent = \"hostile.wasm\"\nsettings = {{ attack = \"{attack}\" }}\n");
    stores("store-teaches") + &line
}

#[test]
fn a_teacher_that_lists_nonsense_teaches_nothing() {
    let house = house();
    for (attack, words) in [
        ("skill-list-loop", "CPU"),
        ("skill-flood", "data: it passed or returned"),
        ("skill-duplicates", "`whistling` is there twice"),
        ("skill-price", "a price of 4294967295 sparks"),
        ("skill-tags", "there are 17, the most is 16"),
        ("skill-title", "the title of the skill `whistling` is not one plain line"),
    ] {
        house.replace("team.toml", teachers(attack));
        let ran = house.args(["skills", "list", "--json"]).run().ok();
        let listed = ran.digest();
        assert_eq!(listed["skills"], Value::Array(vec![]), "{attack}");
        assert!(listed["warnings"].to_string().contains(words), "{attack}: {listed:#}");
        assert_plain(&ran.stderr, attack);
    }
}

#[test]
fn a_lesson_that_is_none_reaches_nobody_and_the_debate_goes_on() {
    let house = shop("store-teaches");
    house.replace("team.toml", teachers("none"));
    house.args(["store", "buy", "bell", "--member", "ada"]).run().ok();
    let bought = ledger(&house);
    assert_eq!(bought.last().map(|posting| (posting.0.as_str(), posting.1)), Some(("ada", -3)));
    for (attack, words) in [
        ("skill-loop", "CPU"),
        ("skill-megabyte", "the lesson is longer than 6000 characters"),
        ("skill-long", "the lesson is longer than 6000 characters"),
        ("skill-escapes", "the lesson holds control characters"),
        ("skill-empty", "the lesson is empty"),
        ("skill-refuses", "nobody here teaches whistling"),
        ("skill-advice", "the reminder is longer than 300 characters"),
        ("skill-advice-lines", "the reminder is not one plain line"),
    ] {
        house.replace("team.toml", teachers(attack));
        let before = ledger(&house).len();
        let digest = hold(&house);
        let notices = digest["notices"].to_string();
        assert!(notices.contains("whistling") && notices.contains(words), "{attack}: {notices}");
        assert_plain(digest["notices"].as_array().unwrap().last().unwrap().as_str().unwrap(), attack);
        // The debate is settled like any other: marks and fees, and nothing else.
        assert_eq!(digest["scoring_status"], "complete", "{attack}");
        let moved = ledger(&house).split_off(before);
        assert!(!moved.is_empty(), "{attack}");
        let usual = |posting: &(String, i64, String, Option<String>)| {
            ["score_award", "entry_fee"].contains(&posting.2.as_str())
        };
        assert!(moved.iter().all(usual), "{attack}: {moved:?}");
    }
}
