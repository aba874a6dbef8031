use amatelier_economy::{Event, Lifetime, Perks, PossessionState, StewardPresence, VoidReason};
use amatelier_types::PromisedEffect;

use crate::books::{Books, classic, debate, name, offer};

fn floor_turns(books: &mut Books, member: &str, turns: u32) {
    let item = offer("extra-budget", 1, Lifetime::Consumable);
    books.buy(member, &item, PromisedEffect::FloorTurns(turns)).unwrap();
}

fn first_word(books: &mut Books, member: &str) {
    let item = offer("first-speaker", 1, Lifetime::Consumable);
    books.buy(member, &item, PromisedEffect::FirstSpeaker).unwrap();
}

fn states(books: &Books, member: &str) -> Vec<PossessionState> {
    let account = books.ledger.account(&name(member)).unwrap();
    account.possessions().iter().map(|possession| possession.state.clone()).collect()
}

#[test]
fn a_boost_is_claimed_by_the_next_debate_and_used_up_by_it() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 1), ("bob", 1)]);
    floor_turns(&mut books, "ada", 2);
    floor_turns(&mut books, "ada", 2);
    let entered = books.enter(2, &["ada", "bob"]);
    assert_eq!(entered.perks(), [(name("ada"), Perks { floor_turns: 4, steward_requests: 0 })].into());
    assert_eq!(
        states(&books, "ada"),
        [PossessionState::Claimed(debate(2)), PossessionState::Claimed(debate(2))]
    );
    // Another debate beside it finds none.
    assert!(books.enter(3, &["ada", "bob"]).claims.is_empty());
    books.settle(&classic(2, &[("ada", [1; 4]), ("bob", [1; 4])])).unwrap();
    assert_eq!(states(&books, "ada"), [PossessionState::Used(debate(2)), PossessionState::Used(debate(2))]);
    assert!(books.enter(4, &["ada", "bob"]).claims.is_empty());
}

#[test]
fn boosts_beyond_what_one_debate_may_use_wait_for_the_next() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 10)]);
    for _ in 0..4 {
        floor_turns(&mut books, "ada", 2);
    }
    assert_eq!(books.enter(2, &["ada"]).perks()[&name("ada")].floor_turns, 6);
    assert_eq!(books.enter(3, &["ada"]).perks()[&name("ada")].floor_turns, 2);
}

#[test]
fn an_aborted_or_unscored_debate_gives_boosts_back() {
    for reason in [VoidReason::Aborted("x".into()), VoidReason::Unscored("x".into())] {
        let mut books = Books::new();
        books.hold(1, &[("ada", 1)]);
        floor_turns(&mut books, "ada", 2);
        first_word(&mut books, "ada");
        books.enter(2, &["ada"]);
        books.keep(books.ledger.void(&debate(2), reason, books.now)).unwrap();
        assert_eq!(states(&books, "ada"), [PossessionState::Waiting, PossessionState::Waiting]);
        let entered = books.enter(3, &["ada"]);
        assert_eq!((entered.claims.len(), entered.first_speaker()), (2, Some(&name("ada"))));
    }
}

#[test]
fn of_several_bidders_the_best_rank_speaks_first_and_the_others_keep_their_boost() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 1), ("bob", 3), ("cyd", 2), ("dan", 10)]);
    for member in ["ada", "bob", "cyd"] {
        first_word(&mut books, member);
    }
    // Twice the same right is no better than once.
    first_word(&mut books, "bob");
    let workers = ["ada", "bob", "cyd", "dan"];
    let firsts: Vec<Option<String>> =
        (2..7).map(|id| books.enter(id, &workers).first_speaker().map(ToString::to_string)).collect();
    let firsts: Vec<Option<&str>> = firsts.iter().map(Option::as_deref).collect();
    assert_eq!(firsts, [Some("bob"), Some("bob"), Some("cyd"), Some("ada"), None]);
}

#[test]
fn who_is_not_there_claims_nothing() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 1), ("bob", 1)]);
    first_word(&mut books, "ada");
    let entered = books.enter(2, &["bob"]);
    assert!(entered.claims.is_empty());
    assert_eq!(states(&books, "ada"), [PossessionState::Waiting]);
}

#[test]
fn requests_to_the_steward_wait_for_a_debate_that_has_one() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 1)]);
    let item = offer("more-lookups", 1, Lifetime::Consumable);
    books.buy("ada", &item, PromisedEffect::StewardRequests(2)).unwrap();
    assert!(books.enter(2, &["ada"]).claims.is_empty());
    let mut opening = books.opening(3, &["ada"]);
    opening.steward = StewardPresence::Present;
    books.keep(books.ledger.enter(&books.rules, &opening)).unwrap();
    let Some(Event::RoundtableEntered(entered)) = books.log.last() else { panic!() };
    assert_eq!(entered.perks()[&name("ada")], Perks { floor_turns: 0, steward_requests: 2 });
}
