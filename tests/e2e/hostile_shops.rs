//! Stores and teachers that offer nonsense: they are left out, with the reason, and the others go on.

use amatelier_test_support::Amatelier;
use serde_json::Value;

use crate::hostile_rubrics::{house, ledger, team};

/// The same house with a store that has one good item, and a component that attacks in this way.
pub(crate) fn shop(attack: &str) -> Amatelier {
    let house = house().file("store/catalog.toml", CATALOG);
    house.replace("team.toml", stores(attack));
    house
}

const CATALOG: &str = "component = \"classic\"\nopen = [\"hostile.wasm\"]\n\
    [[item]]\nid = \"hourglass\"\nname = \"Hourglass\"\nprice = 3\nitem = \"extra-budget\"\n";

pub(crate) fn stores(attack: &str) -> String {
    let line = format!("[[store]]\ncomponent = \"hostile.wasm\"\nsettings = {{ attack = \"{attack}\" }}\n");
    team("component = \"clarity.wasm\"\n") + &line
}

/// Text for people holds nothing that a terminal obeys.
pub(crate) fn assert_plain(text: &str, about: &str) {
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

pub(crate) fn teachers(attack: &str) -> String {
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
