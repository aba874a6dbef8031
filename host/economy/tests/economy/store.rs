use amatelier_economy::{EffectRefusal, Event, Lifetime, PossessionState, PurchaseId, Refusal};
use amatelier_types::{BuyAnswer, PromisedEffect, Sparks};

use crate::books::{Books, classic, debate, name, offer};

fn tier(n: u32) -> PromisedEffect {
    PromisedEffect::UnlockTier(n)
}

#[test]
fn a_purchase_takes_its_price_and_gives_the_thing() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let bought = books.buy_skill("ada", "debate-tactics").unwrap();
    assert_eq!((bought.price, books.balance("ada")), (Sparks(2), 28));
    assert_eq!(bought.postings[0].cause.as_str(), "purchase/p-001");
    let ada = books.ledger.account(&name("ada")).unwrap();
    assert_eq!((ada.skills(), ada.equipped()), (vec!["debate-tactics"], &["debate-tactics".to_owned()][..]));
    let buyer = books.ledger.buyer(&name("ada")).unwrap();
    assert_eq!((buyer.balance, buyer.rank, buyer.owned), (Sparks(28), 1, vec!["debate-tactics".to_owned()]));
}

#[test]
fn what_is_not_covered_is_not_sold() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let dear = offer("extra-slot", 31, Lifetime::Permanent);
    let refusal = books.buy("ada", &dear, PromisedEffect::SkillSlots(1)).unwrap_err();
    assert_eq!(refusal, Refusal::TooPoor { member: name("ada"), price: Sparks(31), balance: Sparks(30) });
    assert_eq!(refusal.to_string(), "it costs 31 sparks; ada has 30 sparks");
    let just = offer("extra-slot", 30, Lifetime::Permanent);
    books.buy("ada", &just, PromisedEffect::SkillSlots(1)).unwrap();
    assert_eq!(books.balance("ada"), 0);
}

#[test]
fn whoever_owes_buys_nothing_not_even_for_nothing() {
    let mut books = Books::new();
    for id in 1..=7 {
        books.hold(id, &[("ada", 0), ("bob", 0)]);
    }
    let free = offer("public-request", 0, Lifetime::Once);
    let ask = PromisedEffect::AskFor { private: false, text: "an axis for questions".into() };
    let refusal = books.buy("ada", &free, ask.clone()).unwrap_err();
    assert_eq!(refusal, Refusal::InDebt { member: name("ada"), balance: Sparks(-5) });
    assert_eq!(refusal.to_string(), "ada owes 5 sparks: nothing can be bought or staked below zero");
    books.grant("ada", 5);
    assert!(books.buy("ada", &free, ask).is_ok());
}

#[test]
fn a_stranger_buys_nothing() {
    let mut books = Books::new();
    assert_eq!(books.buy_skill("eve", "debate-tactics").unwrap_err(), Refusal::UnknownMember(name("eve")));
}

#[test]
fn what_lasts_is_bought_once_and_what_is_used_up_as_often_as_wanted() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.buy_skill("ada", "debate-tactics").unwrap();
    let refusal = books.buy_skill("ada", "debate-tactics").unwrap_err();
    assert_eq!(refusal, Refusal::AlreadyOwned { member: name("ada"), item: "debate-tactics".into() });
    // The same skill under another name is still owned.
    let other = offer("rhetoric", 1, Lifetime::Permanent);
    let refusal = books.buy("ada", &other, PromisedEffect::GrantSkill("debate-tactics".into())).unwrap_err();
    assert_eq!(refusal, Refusal::AlreadyOwned { member: name("ada"), item: "debate-tactics".into() });
    let boost = offer("extra-budget", 1, Lifetime::Consumable);
    for _ in 0..3 {
        books.buy("ada", &boost, PromisedEffect::FloorTurns(2)).unwrap();
    }
    assert_eq!(books.ledger.waiting(&name("ada")).count(), 3);
}

#[test]
fn a_component_may_take_something_off_or_say_no_within_bounds() {
    for (answer, expected) in [
        (BuyAnswer::Yes, Ok(9)),
        (BuyAnswer::PercentOff(0), Ok(9)),
        (BuyAnswer::PercentOff(25), Ok(7)),
        (BuyAnswer::PercentOff(50), Ok(5)),
        (
            BuyAnswer::PercentOff(51),
            Err("the component of extra-budget wants 51 per cent off; 50 are the most"),
        ),
        (
            BuyAnswer::PercentOff(u32::MAX),
            Err("the component of extra-budget wants 4294967295 per cent off; 50 are the most"),
        ),
        (BuyAnswer::No("not today\u{1b}".into()), Err("extra-budget is not for ada: not today\u{fffd}")),
    ] {
        let mut books = Books::new();
        books.enter(1, &["ada"]);
        let boost = offer("extra-budget", 9, Lifetime::Consumable);
        let got = books.buy_as("ada", &boost, answer.clone(), vec![PromisedEffect::FloorTurns(2)]);
        let got = got.map(|bought| bought.price.0).map_err(|refusal| refusal.to_string());
        assert_eq!(got, expected.map_err(str::to_owned), "{answer:?}");
        assert_eq!(books.balance("ada"), 30 - expected.unwrap_or(0));
    }
}

#[test]
fn refused_effects_move_no_spark() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let before = books.ledger.clone();
    let item = offer("thing", 1, Lifetime::Consumable);
    for promised in [
        vec![],
        vec![PromisedEffect::FloorTurns(1000)],
        vec![PromisedEffect::Other { kind: "mint".into(), text: "1000000".into() }],
        vec![PromisedEffect::UnlockTier(1)],
    ] {
        let refusal = books.buy_as("ada", &item, BuyAnswer::Yes, promised).unwrap_err();
        assert!(matches!(refusal, Refusal::Effect { .. }), "{refusal}");
    }
    assert_eq!(books.ledger, before);
}

#[test]
fn coaching_cannot_be_paid_while_there_is_no_coach() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let call = offer("dev-call", 20, Lifetime::Once);
    let session = PromisedEffect::Coaching("session".into());
    let refusal = books.buy("ada", &call, session.clone()).unwrap_err();
    assert_eq!(refusal, Refusal::Effect { item: "dev-call".into(), why: EffectRefusal::NoCoach });
    assert_eq!(refusal.to_string(), "dev-call cannot be bought: no coach is installed");
    assert_eq!(books.balance("ada"), 30);
    books.installed.coach = true;
    assert!(books.buy("ada", &call, session).is_ok());
}

#[test]
fn tiers_need_assignments_and_give_slots() {
    let mut books = Books::new();
    for id in 1..=4 {
        books.hold(id, &[("ada", 10), ("bob", 0)]);
    }
    let first = offer("tier-1", 25, Lifetime::Permanent);
    let refusal = books.buy("ada", &first, tier(1)).unwrap_err();
    assert_eq!(refusal.to_string(), "tier 1 needs 5 settled debates; ada has 4");
    books.hold(5, &[("ada", 10), ("bob", 0)]);
    books.buy("ada", &first, tier(1)).unwrap();
    let ada = books.ledger.account(&name("ada")).unwrap();
    assert_eq!((ada.tier(), ada.slots(&books.rules)), (1, 3));
    let refusal = books.buy("ada", &offer("tier-1-again", 1, Lifetime::Permanent), tier(1)).unwrap_err();
    assert_eq!(refusal.to_string(), "tier-1-again is not for ada: it has tier 1 already");
    let refusal = books.buy("ada", &offer("tier-2", 100, Lifetime::Permanent), tier(2)).unwrap_err();
    assert_eq!(refusal.to_string(), "tier 2 needs 10 settled debates; ada has 5");
}

#[test]
fn slots_limit_what_is_equipped() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    for skill in ["debate-tactics", "evidence-gathering"] {
        assert_eq!(books.buy_skill("ada", skill).unwrap().equipped, [skill]);
    }
    let third = books.buy_skill("ada", "risk-assessment").unwrap();
    assert!(third.equipped.is_empty(), "both slots of tier 0 are taken");
    let ada = name("ada");
    let equip = |books: &mut Books, skill: &str| {
        books
            .keep(books.ledger.equip(&books.rules, &ada, skill, books.now))
            .map_err(|refusal| refusal.to_string())
    };
    assert_eq!(equip(&mut books, "risk-assessment").unwrap_err(), "all of ada's 2 skill slots are taken");
    assert_eq!(equip(&mut books, "novelty-injection").unwrap_err(), "ada does not own novelty-injection");
    assert_eq!(equip(&mut books, "debate-tactics").unwrap_err(), "debate-tactics is equipped already");
    books.keep(books.ledger.unequip(&books.rules, &ada, "debate-tactics", books.now)).unwrap();
    assert_eq!(equip(&mut books, "risk-assessment"), Ok(1));
    let refusal = books.ledger.unequip(&books.rules, &ada, "debate-tactics", books.now).unwrap_err();
    assert_eq!(refusal.to_string(), "debate-tactics is not equipped");

    let slot = offer("extra-slot", 5, Lifetime::Permanent);
    books.buy("ada", &slot, PromisedEffect::SkillSlots(1)).unwrap();
    assert_eq!(equip(&mut books, "debate-tactics"), Ok(1));
    let refusal = retire(&books, "ada", "extra-slot", "too many").unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "without extra-slot, ada has 2 skill slots for 3 equipped skills: unequip some first"
    );
    // A skill that goes takes its slot along.
    books.keep(retire(&books, "ada", "debate-tactics", "useless")).unwrap();
    books.keep(retire(&books, "ada", "extra-slot", "too many")).unwrap();
    assert_eq!(books.ledger.account(&ada).unwrap().slots(&books.rules), 2);
}

#[test]
fn nobody_has_more_slots_than_prompts_can_bear() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    for n in 0..4 {
        let slot = offer(&format!("slot-{n}"), 1, Lifetime::Permanent);
        books.buy("ada", &slot, PromisedEffect::SkillSlots(2)).unwrap();
    }
    let slot = offer("slot-4", 1, Lifetime::Permanent);
    let refusal = books.buy("ada", &slot, PromisedEffect::SkillSlots(2)).unwrap_err();
    assert_eq!(refusal.to_string(), "slot-4 is not for ada: it has 10 skill slots, the most there are");
}

#[test]
fn a_retired_item_is_not_refunded_and_shows_as_owned_when_it_is_bought_again() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.buy_skill("ada", "debate-tactics").unwrap();
    let ada = name("ada");
    books.keep(retire(&books, "ada", "debate-tactics", "no help")).unwrap();
    assert_eq!(books.balance("ada"), 28);
    assert!(books.ledger.buyer(&ada).unwrap().owned.is_empty());
    let account = books.ledger.account(&ada).unwrap();
    assert!(account.skills().is_empty() && account.equipped().is_empty());
    let again = retire(&books, "ada", "debate-tactics", "no help").unwrap_err();
    assert_eq!(again, Refusal::NotOwned { member: ada.clone(), what: "debate-tactics".into() });

    books.buy_skill("ada", "debate-tactics").unwrap();
    assert_eq!(books.ledger.buyer(&ada).unwrap().owned, ["debate-tactics"]);
    let account = books.ledger.account(&ada).unwrap();
    assert_eq!((account.skills(), account.equipped().len()), (vec!["debate-tactics"], 1));
    let states: Vec<PossessionState> = account.possessions().iter().map(|one| one.state.clone()).collect();
    assert_eq!(states, [PossessionState::Retired("no help".into()), PossessionState::Owned]);
}

#[test]
fn a_boost_that_a_debate_has_is_not_given_up() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 1)]);
    let boost = offer("extra-budget", 1, Lifetime::Consumable);
    books.buy("ada", &boost, PromisedEffect::FloorTurns(2)).unwrap();
    books.enter(2, &["ada"]);
    let boosted = |books: &Books| retire(books, "ada", "extra-budget", "why");
    assert!(matches!(boosted(&books).unwrap_err(), Refusal::Claimed { .. }));
    books.settle(&classic(2, &[("ada", [1; 4])])).unwrap();
    assert!(matches!(boosted(&books).unwrap_err(), Refusal::NotOwned { .. }));
    books.buy("ada", &boost, PromisedEffect::FloorTurns(2)).unwrap();
    assert!(boosted(&books).is_ok());
    assert_eq!(retire(&books, "ada", "extra-budget", " "), Err(Refusal::NoReason { most: 2000 }));
    assert!(books.ledger.sitting(&debate(2)).is_some());
}

#[test]
fn the_purchase_that_is_named_is_given_up_and_no_other() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 3), ("bob", 3)]);
    let boost = offer("extra-budget", 1, Lifetime::Consumable);
    let buy = |books: &mut Books, who: &str| {
        books.buy(who, &boost, PromisedEffect::FloorTurns(2)).unwrap().purchase
    };
    let give_up = |books: &mut Books, purchase: PurchaseId| {
        books.keep(books.ledger.retire(&books.rules, &name("ada"), purchase, "why", books.now))
    };
    let used = buy(&mut books, "ada");
    books.hold(2, &[("ada", 3), ("bob", 3)]);
    let claimed = buy(&mut books, "ada");
    books.enter(3, &["ada", "bob"]);
    let (first, second, other) = (buy(&mut books, "ada"), buy(&mut books, "ada"), buy(&mut books, "bob"));

    // An item of which there are several does not say which.
    let refusal = retire(&books, "ada", "extra-budget", "why").unwrap_err();
    assert_eq!(refusal.to_string(), "ada has 2 of extra-budget: p-003, p-004");
    for (purchase, said) in [
        (used, "p-001 cannot be given up: 000000000002 used it up"),
        (claimed, "p-002 is claimed by 000000000003, which is not over yet"),
        (other, "ada does not own p-005"),
    ] {
        assert_eq!(give_up(&mut books, purchase).unwrap_err().to_string(), said);
    }
    assert_eq!(give_up(&mut books, first), Ok(1));
    let refusal = give_up(&mut books, first).unwrap_err();
    assert_eq!(refusal.to_string(), "p-003 cannot be given up: it was given up before");
    let owned = books.ledger.account(&name("ada")).unwrap().possessions();
    let held: Vec<PurchaseId> = owned.iter().filter(|one| one.is_held()).map(|one| one.purchase).collect();
    assert_eq!(held, [claimed, second]);
    // Now the item's id is enough.
    assert_eq!(books.ledger.purchase_of(&books.rules, &name("ada"), "extra-budget"), Ok(second));
}

#[test]
fn what_costs_nothing_cannot_be_asked_for_or_hoarded_without_end() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    let wish = |n: usize| PromisedEffect::AskFor { private: n.is_multiple_of(2), text: format!("wish {n}") };
    let request = offer("public-request", 0, Lifetime::Once);
    for n in 0..3 {
        books.buy("ada", &request, wish(n)).unwrap();
    }
    let refusal = books.buy("ada", &request, wish(3)).unwrap_err();
    assert_eq!(refusal.to_string(), "3 requests of ada are open; 3 are the most");
    // Those of others are theirs, and one that was answered makes room.
    books.buy("bob", &request, wish(3)).unwrap();
    let (first, at) = ("q-001".parse().unwrap(), books.now);
    books.keep(books.ledger.close_request(&books.rules, first, "no", at)).unwrap();
    books.buy("ada", &request, wish(4)).unwrap();
    assert!(books.buy("ada", &request, wish(5)).is_err());

    let boost = offer("extra-budget", 0, Lifetime::Consumable);
    let buy = |books: &mut Books, who: &str| books.buy(who, &boost, PromisedEffect::FloorTurns(2));
    for _ in 0..12 {
        buy(&mut books, "ada").unwrap();
    }
    let full = "ada has 12 boosts that are not used yet; 12 are the most";
    assert_eq!(buy(&mut books, "ada").unwrap_err().to_string(), full);
    buy(&mut books, "bob").unwrap();
    books.settle(&classic(1, &[("ada", [3; 4]), ("bob", [3; 4])])).unwrap();
    // What a debate has may come back from it.
    books.enter(2, &["ada", "bob"]);
    assert_eq!(buy(&mut books, "ada").unwrap_err().to_string(), full);
    books.settle(&classic(2, &[("ada", [3; 4]), ("bob", [3; 4])])).unwrap();
    buy(&mut books, "ada").unwrap();
}

/// Give up the only purchase of an item.
fn retire(books: &Books, who: &str, item: &str, reason: &str) -> Result<Vec<Event>, Refusal> {
    let purchase = books.ledger.purchase_of(&books.rules, &name(who), item)?;
    books.ledger.retire(&books.rules, &name(who), purchase, reason, books.now)
}
