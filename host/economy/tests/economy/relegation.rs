use amatelier_economy::{Refusal, RelegationVerdict, VentureState};
use amatelier_types::{Sparks, VentureTier};

use crate::books::{Books, classic, debate, name};

const TEAM: [&str; 3] = ["ada", "bob", "cyd"];

/// Ada loses three in a row and is last.
fn asked() -> Books {
    let mut books = Books::new();
    for id in 1..=3 {
        books.hold(id, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    }
    books
}

fn questions(books: &Books) -> Vec<String> {
    books.ledger.questions().map(|(member, _)| member.to_string()).collect()
}

#[test]
fn three_losses_in_a_row_and_the_last_place_raise_a_question() {
    let mut books = Books::new();
    for id in 1..=2 {
        books.hold(id, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    }
    assert!(questions(&books).is_empty());
    let from = books.log.len();
    books.hold(3, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    assert_eq!(books.kinds(from), ["roundtable-entered", "settled", "relegation-raised"]);
    let (member, nets) = books.ledger.questions().next().unwrap();
    assert_eq!(*member, name("ada"));
    assert_eq!(nets.iter().map(|net| net.net).collect::<Vec<_>>(), [Sparks(-5); 3]);
    // It is asked once.
    let from = books.log.len();
    books.hold(4, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    assert_eq!(books.kinds(from), ["roundtable-entered", "settled"]);
}

#[test]
fn who_loses_but_is_not_last_alone_is_not_asked_about() {
    for marks in [[0, 0, 2], [0, 0, 0]] {
        let mut books = Books::new();
        for id in 1..=4 {
            let marks: Vec<(&str, u32)> = TEAM.into_iter().zip(marks).collect();
            books.hold(id, &marks);
        }
        assert!(questions(&books).is_empty(), "{marks:?}");
    }
    let mut alone = Books::new();
    for id in 1..=4 {
        alone.hold(id, &[("ada", 0)]);
    }
    assert!(questions(&alone).is_empty());
}

#[test]
fn a_win_between_losses_begins_the_count_anew() {
    let mut books = Books::new();
    for (id, mark) in [(1, 0), (2, 0), (3, 3), (4, 0), (5, 0)] {
        books.hold(id, &[("ada", mark), ("bob", 10), ("cyd", 10)]);
    }
    assert!(questions(&books).is_empty());
}

#[test]
fn a_question_is_withdrawn_when_its_reason_is_gone() {
    let mut rescored = asked();
    let from = rescored.log.len();
    rescored.settle(&classic(2, &[("ada", [3; 4]), ("bob", [1; 4]), ("cyd", [2; 4])])).unwrap();
    assert_eq!(rescored.kinds(from), ["settled", "relegation-withdrawn"]);
    let mut won = asked();
    won.hold(4, &[("ada", 3), ("bob", 1), ("cyd", 2)]);
    assert!(questions(&won).is_empty());
    assert_eq!(won.decide("ada", RelegationVerdict::Bench, &TEAM), Err(Refusal::NoQuestion(name("ada"))));
}

#[test]
fn who_stays_is_asked_about_after_three_more_losses() {
    let mut books = asked();
    books.decide("ada", RelegationVerdict::Keep, &TEAM).unwrap();
    for id in 4..=5 {
        books.hold(id, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    }
    assert!(questions(&books).is_empty());
    books.hold(6, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    assert_eq!(questions(&books), ["ada"]);
}

#[test]
fn the_bench_pays_two_a_debate_and_ends_after_three() {
    let mut books = asked();
    books.decide("ada", RelegationVerdict::Bench, &TEAM).unwrap();
    let refused = books.ledger.enter(&books.rules, &books.opening(9, &TEAM)).unwrap_err();
    assert_eq!(refused, Refusal::Benched { member: name("ada"), served: 0, debates: 3 });
    assert_eq!(books.balance("ada"), 15);
    books.hold(4, &[("bob", 1), ("cyd", 2)]);
    // Scoring again pays the bench no second time; an aborted debate pays it nothing.
    books.settle(&classic(4, &[("bob", [3; 4]), ("cyd", [2; 4])])).unwrap();
    books.enter(8, &["bob", "cyd"]);
    books.abort(8).unwrap();
    assert_eq!(books.balance("ada"), 17);
    assert!(books.ledger.leaderboard(amatelier_economy::Window::Always).iter().any(|one| one.is_benched));
    books.hold(5, &[("bob", 1), ("cyd", 2)]);
    let from = books.log.len();
    books.hold(6, &[("bob", 1), ("cyd", 2)]);
    assert_eq!(books.kinds(from), ["roundtable-entered", "settled", "member-returned"]);
    assert_eq!((books.balance("ada"), books.ledger.account(&name("ada")).unwrap().bench()), (21, None));
    books.hold(7, &[("ada", 0), ("bob", 1), ("cyd", 2)]);
    assert_eq!(books.balance("ada"), 16);
    assert!(questions(&books).is_empty(), "the count starts again");
}

#[test]
fn who_sits_on_the_bench_is_not_asked_about_for_debates_it_had_entered_before() {
    let mut books = asked();
    for id in 4..=6 {
        books.enter(id, &TEAM);
    }
    books.decide("ada", RelegationVerdict::Bench, &TEAM).unwrap();
    for id in 4..=6 {
        books.settle(&classic(id, &[("ada", [0; 4]), ("bob", [2; 4]), ("cyd", [2; 4])])).unwrap();
    }
    assert!(questions(&books).is_empty());
    // It played in them: they are no debates on the bench.
    assert_eq!((books.balance("ada"), books.ledger.account(&name("ada")).unwrap().bench()), (0, Some(0)));
}

#[test]
fn another_one_on_the_bench_brings_the_first_back() {
    let team = ["ada", "bob", "cyd", "dan"];
    let mut books = Books::new();
    for id in 1..=3 {
        books.hold(id, &[("ada", 0), ("bob", 1), ("cyd", 2), ("dan", 2)]);
    }
    books.decide("ada", RelegationVerdict::Bench, &team).unwrap();
    // Bob is last of those who are left, with three losses; Ada has two debates to sit out.
    books.hold(4, &[("bob", 0), ("cyd", 2), ("dan", 2)]);
    assert_eq!(questions(&books), ["bob"]);
    books.decide("bob", RelegationVerdict::Bench, &team).unwrap();
    let bench = |member: &str| books.ledger.account(&name(member)).unwrap().bench();
    assert_eq!((bench("ada"), bench("bob")), (None, Some(0)));
}

#[test]
fn two_workers_always_stay() {
    let mut books = asked();
    let refusal = books.decide("ada", RelegationVerdict::Bench, &["ada", "bob", "bob"]).unwrap_err();
    assert_eq!(refusal, Refusal::TooFewWorkers { member: name("ada"), left: 1, least: 2 });
    assert_eq!(refusal.to_string(), "without ada, 1 workers are left; 2 are the least");
    assert_eq!(books.decide("ada", RelegationVerdict::Bench, &TEAM), Ok(1));
}

#[test]
fn a_replaced_member_leaves_everything_and_its_successor_starts_anew() {
    for successor in ["ada", "eve"] {
        let mut books = asked();
        books.enter(4, &TEAM);
        books.stake(4, "ada", VentureTier::Scout, "late idea").unwrap();
        books.buy_skill("ada", "debate-tactics").unwrap();
        let verdict = RelegationVerdict::Replace { successor: name(successor) };
        assert_eq!(books.decide("ada", verdict.clone(), &TEAM), Err(Refusal::StillRunning(debate(4))));
        books.settle(&classic(4, &[("ada", [0; 4]), ("bob", [1; 4]), ("cyd", [2; 4])])).unwrap();
        books.decide("ada", verdict, &TEAM).unwrap();

        assert_eq!(books.balance(successor), 30);
        let account = books.ledger.account(&name(successor)).unwrap();
        assert!(account.skills().is_empty() && account.results().is_empty());
        assert_eq!(account.identity(), if successor == "ada" { 2 } else { 1 });
        assert_eq!(books.ledger.ventures()[0].state, VentureState::Lapsed);
        // By name the postings still add up to the balance.
        let sum = |member: &str| -> i64 {
            let all = books.log.iter().flat_map(|event| event.postings());
            all.filter(|posting| posting.member == name(member)).map(|posting| posting.amount.0).sum()
        };
        assert_eq!(sum("ada"), if successor == "ada" { 30 } else { 0 });

        let credit = books.ledger.credit_outcome(&books.rules, &debate(3), &name("ada"), "built", books.now);
        assert_eq!(credit, Err(Refusal::NotAnEntrant { member: name("ada"), roundtable: debate(3) }));
        // An old debate that is scored again does not touch who came after.
        books.settle(&classic(3, &[("ada", [10; 4]), ("bob", [1; 4]), ("cyd", [3; 4])])).unwrap();
        assert_eq!(
            (books.balance(successor), books.ledger.account(&name(successor)).unwrap().assignments()),
            (30, 0)
        );
        assert_eq!(books.settle(&classic(3, &[("ada", [3; 4]), ("bob", [1; 4]), ("cyd", [3; 4])])), Ok(0));
    }
}

#[test]
fn a_successor_is_nobody_else() {
    let mut books = asked();
    let refusal =
        books.decide("ada", RelegationVerdict::Replace { successor: name("bob") }, &TEAM).unwrap_err();
    assert_eq!(refusal, Refusal::NameTaken(name("bob")));
}

#[test]
fn a_dismissed_member_leaves_nothing_behind() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    let dismiss =
        |books: &mut Books, member: &str| books.keep(books.ledger.dismiss(&name(member), books.now));
    assert_eq!(dismiss(&mut books, "ada"), Err(Refusal::StillRunning(debate(1))));
    books.settle(&classic(1, &[("ada", [3; 4]), ("bob", [1; 4])])).unwrap();
    assert_eq!(dismiss(&mut books, "ada"), Ok(1));
    assert_eq!(dismiss(&mut books, "ada"), Err(Refusal::UnknownMember(name("ada"))));
    books.enter(2, &["ada"]);
    assert_eq!(books.balance("ada"), 30);
    assert_eq!(books.ledger.account(&name("ada")).unwrap().identity(), 2);
}
