use std::collections::BTreeSet;

use amatelier_economy::{
    Audit, Event, Fault, Ledger, Lifetime, RelegationVerdict, VentureOutcome, VoidReason,
};
use amatelier_types::{BuyAnswer, PromisedEffect, Sparks, VentureTier};

use crate::books::{Books, classic, debate, name, offer};

/// A history in which everything happens at least once.
fn eventful() -> Books {
    let team = ["ada", "bob", "cyd"];
    let mut books = Books::new();
    for id in 1..=3 {
        books.hold(id, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    }
    books.hold(4, &[("ada", 3), ("bob", 1), ("cyd", 2)]);
    for id in 5..=7 {
        books.hold(id, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    }
    books.decide("ada", RelegationVerdict::Bench, &team).unwrap();
    let boost = offer("extra-budget", 1, Lifetime::Consumable);
    books.buy_as("cyd", &boost, BuyAnswer::PercentOff(10), vec![PromisedEffect::FloorTurns(2)]).unwrap();
    let asks = |private| PromisedEffect::AskFor { private, text: "more light".into() };
    books.buy("cyd", &offer("public-request", 0, Lifetime::Once), asks(false)).unwrap();
    books.buy("cyd", &offer("private-request", 2, Lifetime::Once), asks(true)).unwrap();
    books.enter(8, &["bob", "cyd"]);
    books.stake(8, "cyd", VentureTier::Scout, "try it").unwrap();
    books.keep(books.ledger.void(&debate(8), VoidReason::Unscored("no rubric".into()), books.now)).unwrap();
    books.enter(9, &["bob", "cyd"]);
    books.stake(9, "cyd", VentureTier::Scout, "try it").unwrap();
    books.settle(&classic(9, &[("bob", [1; 4]), ("cyd", [2; 4])])).unwrap();
    books
        .keep(books.ledger.resolve_venture(
            &books.rules,
            "v-002".parse().unwrap(),
            VentureOutcome::Success,
            "yes",
            books.now,
        ))
        .unwrap();
    for id in 10..=11 {
        books.hold(id, &[("bob", 1), ("cyd", 2)]);
    }
    let (cyd, at) = (name("cyd"), books.now);
    books
        .keep(books.ledger.fulfil_request(
            &books.rules,
            &books.installed,
            "q-002".parse().unwrap(),
            "here",
            Some("debate-tactics"),
            at,
        ))
        .unwrap();
    books.buy("cyd", &offer("private-request", 2, Lifetime::Once), asks(true)).unwrap();
    books.keep(books.ledger.close_request(&books.rules, "q-003".parse().unwrap(), "no", at)).unwrap();
    books.keep(books.ledger.unequip(&books.rules, &cyd, "debate-tactics", at)).unwrap();
    books.keep(books.ledger.equip(&books.rules, &cyd, "debate-tactics", at)).unwrap();
    let skill = books.buy_skill("cyd", "risk-assessment").unwrap().purchase;
    books.keep(books.ledger.retire(&books.rules, &cyd, skill, "no use", at)).unwrap();
    books.keep(books.ledger.credit_outcome(&books.rules, &debate(9), &cyd, "it was built", at)).unwrap();
    books.grant("cyd", 5);
    books.keep(books.ledger.penalise(&books.rules, &cyd, Sparks(2), "for noise", at)).unwrap();
    books.keep(books.ledger.promote(&books.rules, &cyd, 3, at)).unwrap();
    books.keep(books.ledger.dismiss(&name("bob"), at)).unwrap();
    books
}

#[test]
fn every_kind_of_event_survives_the_journal_and_says_what_it_is() {
    let books = eventful();
    let mut seen = BTreeSet::new();
    for event in &books.log {
        let text = serde_json::to_string(event).unwrap();
        assert!(text.starts_with(&format!("{{\"event\":\"{}\"", event.kind())), "{text}");
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), *event);
        seen.insert(event.kind());
    }
    let all: BTreeSet<&str> = Event::KINDS.into();
    assert_eq!(seen, all);
    assert_eq!(all.len(), Event::KINDS.len());
}

#[test]
fn the_ledger_is_what_its_events_add_up_to() {
    let books = eventful();
    assert_eq!(Ledger::from_events(&books.log), books.ledger);
    let audit = Audit::of(&books.log, &books.ledger);
    assert_eq!(audit.faults, []);
    assert_eq!(audit.tallies[&name("bob")].sum, Sparks::ZERO);
    assert!(audit.tallies[&name("cyd")].postings > 20);
}

#[test]
fn an_event_that_came_twice_pays_once_and_the_audit_tells() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 3)]);
    let before = books.balance("ada");
    for event in books.log.clone() {
        books.ledger.apply(&event);
        books.log.push(event);
    }
    assert_eq!(books.balance("ada"), before);
    let audit = Audit::of(&books.log, &books.ledger);
    assert!(audit.faults.iter().any(|fault| matches!(fault, Fault::Twice(_))));
    let off = Fault::Balance { member: name("ada"), ledger: Sparks(before), sum: Sparks(2 * before) };
    assert!(audit.faults.contains(&off));
}

#[test]
fn the_audit_finds_what_was_never_paid_for() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.buy_skill("ada", "debate-tactics").unwrap();
    // The same purchase in a history in which the member never got anything.
    let alone: Vec<Event> =
        books.log.iter().filter(|event| event.kind() != "member-enrolled").cloned().collect();
    let audit = Audit::of(&alone, &Ledger::from_events(&alone));
    assert!(audit.faults.iter().any(|fault| matches!(fault, Fault::Uncovered { .. })), "{:?}", audit.faults);
}
