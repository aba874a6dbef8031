use amatelier_economy::{Lifetime, Refusal};
use amatelier_types::{PromisedEffect, Sparks};

use crate::books::{Books, classic, debate, name, offer};

#[test]
fn an_outcome_is_credited_once_for_each_member_and_debate() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    let credit = |books: &mut Books, n: u32, member: &str| {
        books.keep(books.ledger.credit_outcome(
            &books.rules,
            &debate(n),
            &name(member),
            "the cache",
            books.now,
        ))
    };
    // It might be aborted still, and would have paid then.
    assert_eq!(credit(&mut books, 1, "ada"), Err(Refusal::StillRunning(debate(1))));
    assert_eq!(books.balance("ada"), 30);
    books.settle(&classic(1, &[("ada", [0; 4]), ("bob", [0; 4])])).unwrap();
    let (ada, bob) = (books.balance("ada"), books.balance("bob"));
    assert_eq!(credit(&mut books, 1, "ada"), Ok(1));
    assert_eq!(credit(&mut books, 1, "bob"), Ok(1));
    assert_eq!((books.balance("ada"), books.balance("bob")), (ada + 5, bob + 5));
    assert_eq!(
        credit(&mut books, 1, "ada"),
        Err(Refusal::AlreadyCredited { member: name("ada"), roundtable: debate(1) })
    );
    assert_eq!(
        credit(&mut books, 1, "eve"),
        Err(Refusal::NotAnEntrant { member: name("eve"), roundtable: debate(1) })
    );
    assert_eq!(credit(&mut books, 2, "ada"), Err(Refusal::NotEntered(debate(2))));
    books.enter(3, &["ada"]);
    books.abort(3).unwrap();
    assert!(matches!(credit(&mut books, 3, "ada"), Err(Refusal::Aborted { .. })));
}

#[test]
fn grants_and_penalties_are_postings_with_a_reason_and_bounded() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let ada = name("ada");
    books.grant("ada", 12);
    books.keep(books.ledger.penalise(&books.rules, &ada, Sparks(50), "for noise", books.now)).unwrap();
    assert_eq!(books.balance("ada"), -8);
    let postings = books.log.last().unwrap().postings();
    assert_eq!((postings[0].reason.as_str(), postings[0].cause.as_str()), ("for noise", "adjustment/ada/2"));
    for amount in [0, -1, 10_001, i64::MAX, i64::MIN] {
        for refusal in [
            books.ledger.grant(&books.rules, &ada, Sparks(amount), "x", books.now),
            books.ledger.penalise(&books.rules, &ada, Sparks(amount), "x", books.now),
        ] {
            assert_eq!(refusal, Err(Refusal::BadAmount { amount: Sparks(amount), most: 10_000 }));
        }
    }
    let silent = books.ledger.grant(&books.rules, &ada, Sparks(1), "  ", books.now);
    assert_eq!(silent, Err(Refusal::NoReason { most: 2000 }));
    let stranger = books.ledger.grant(&books.rules, &name("eve"), Sparks(1), "x", books.now);
    assert_eq!(stranger, Err(Refusal::UnknownMember(name("eve"))));
}

#[test]
fn a_promotion_needs_assignments_and_its_price() {
    let mut books = Books::new();
    let promote = |books: &mut Books, price| {
        books.keep(books.ledger.promote(&books.rules, &name("ada"), price, books.now))
    };
    for id in 1..=4 {
        books.hold(id, &[("ada", 1), ("bob", 1)]);
    }
    assert!(matches!(
        promote(&mut books, 0),
        Err(Refusal::TooFewAssignments { needed: 5, assignments: 4, .. })
    ));
    books.hold(5, &[("ada", 1), ("bob", 1)]);
    assert!(matches!(promote(&mut books, 26), Err(Refusal::TooPoor { .. })));
    assert_eq!(promote(&mut books, 25), Ok(1));
    assert_eq!((books.balance("ada"), books.ledger.account(&name("ada")).unwrap().tier()), (0, 1));
    for id in 6..=20 {
        books.hold(id, &[("ada", 10), ("bob", 1)]);
    }
    for tier in [2, 3] {
        assert_eq!(promote(&mut books, 0), Ok(1));
        assert_eq!(books.ledger.account(&name("ada")).unwrap().tier(), tier);
    }
    assert_eq!(promote(&mut books, 0), Err(Refusal::HighestTier { member: name("ada"), tier: 3 }));
    // What is promoted stays when a bought tier is given up.
    let refusal = books
        .buy("ada", &offer("tier-3", 1, Lifetime::Permanent), PromisedEffect::UnlockTier(3))
        .unwrap_err();
    assert!(matches!(refusal, Refusal::NotEligible { .. }));
    assert_eq!(books.settle(&classic(20, &[("ada", [10; 4]), ("bob", [1; 4])])), Ok(0));
}
