//! Guests that attack, each in a debate with members who do not: what stops them, how it is shown, and that nobody else is hurt.
//!
//! `docs/reference/hostile-guests.md` is what this run produces; `UPDATE_DOCS=1` writes it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod attack;
mod attacks;
mod compiling;
mod dropped;
mod house;
mod made;
mod offering;
mod page;
mod sparks;
mod trial;

use std::{collections::BTreeSet, fs, path::Path};

use house::House;

#[tokio::test]
async fn every_attack_ends_as_it_should_while_the_others_debate_and_the_page_says_so() {
    let house = House::new();
    let calm = trial::Calm::of(&house).await;
    let attacks = attacks::attacks();
    let names: BTreeSet<_> = attacks.iter().map(|attack| attack.name).collect();
    assert_eq!(names.len(), attacks.len(), "each has a name of its own");
    let mut rows = Vec::new();
    for attack in attacks {
        let outcome = trial::carry_out(&house, &attack, &calm).await;
        rows.push((attack, outcome));
    }
    assert!(house.proof().holds(), "every balance is the sum of its postings");
    let failed: Vec<String> = rows
        .iter()
        .filter(|(attack, outcome)| !page::passes(attack, outcome))
        .map(|(attack, outcome)| format!("{}: {}; {}", attack.name, outcome.seen, outcome.wrong.join("; ")))
        .collect();
    let page = page::render(&rows);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/hostile-guests.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &page).unwrap();
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, page, "the page is out of date; UPDATE_DOCS=1 writes it");
}
