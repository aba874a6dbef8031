//! Promises and lessons that go beyond what is allowed, where somebody buys them or brings them to a debate.

use crate::{
    hostile_rubrics::{Posted, hold, ledger},
    hostile_shops::{assert_plain, shop, stores, teachers},
    till::buy,
};

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
        let why = buy(&house, "bell", "ada").unwrap_err();
        assert!(why.contains(words), "{attack}: {why}");
        assert_plain(&why, attack);
        assert_eq!(ledger(&house), before, "{attack}");
    }
    // The good one is sold beside it.
    buy(&house, "hourglass", "ada").unwrap();
    assert_eq!(ledger(&house).len(), before.len() + 1);
}

#[test]
fn a_lesson_that_is_none_reaches_nobody_and_the_debate_goes_on() {
    let house = shop("store-teaches");
    house.replace("team.toml", teachers("none"));
    buy(&house, "bell", "ada").unwrap();
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
        let usual = |posting: &Posted| ["score_award", "entry_fee"].contains(&posting.2.as_str());
        assert!(moved.iter().all(usual), "{attack}: {moved:?}");
    }
}

/// Somebody who tries to buy a bell whenever it has the word, and says what came of it.
const BUYER: &str = "eve = { role = \"worker\", component = \"hostile.wasm\", allow = [\"market.read\", \"market.buy\"], settings = { \
    attack = \"use\", function = \"market.buy-with-note\", file = \"bell\", note = \"please\" } }\n";

#[test]
fn a_member_that_buys_such_a_thing_in_its_turn_is_told_why_and_pays_nothing() {
    let house = shop("none");
    let with_buyer = |team: String| team.replace("[members]\n", &format!("[members]\n{BUYER}"));
    // A first debate, so that there is an account to pay from.
    house.replace("team.toml", with_buyer(stores("store-refuses")));
    hold(&house);
    for (attack, words) in [
        ("store-percent", "4000000000 per cent off"),
        ("store-mint", "this version does not know the effect `mint`"),
        ("store-turns", "floor-turns of 4294967295: from 1 to 4 is possible"),
        // Whatever is no refusal of the rules or in the store's own words is the operator's to know.
        ("store-effects", "this item cannot be had now"),
        ("none", "it has 9 effects; 4 are the most"),
    ] {
        house.replace("team.toml", with_buyer(stores(attack)));
        let before = ledger(&house).len();
        let digest = hold(&house);
        let told: Vec<&str> = crate::said(&digest, "speech")
            .into_iter()
            .filter(|speech| speech.starts_with("Err(Refusal::"))
            .collect();
        assert!(!told.is_empty() && told.iter().all(|told| told.contains(words)), "{attack}: {digest:#}");
        let moved = ledger(&house).split_off(before);
        assert!(moved.iter().all(|posting| posting.2 != "store_purchase"), "{attack}: {moved:?}");
    }
    // With a promise within bounds it buys, once: it has what it bought.
    house.replace("team.toml", with_buyer(teachers("none")));
    let before = ledger(&house).len();
    hold(&house);
    let bought: Vec<Posted> = ledger(&house)
        .split_off(before)
        .into_iter()
        .filter(|posting| posting.2 == "store_purchase")
        .collect();
    assert_eq!(
        bought.iter().map(|posting| (posting.0.as_str(), posting.1)).collect::<Vec<_>>(),
        [("eve", -3)]
    );
}
