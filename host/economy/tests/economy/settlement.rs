use amatelier_economy::{Category, Refusal, Sanction, Seated, SittingState, VoidReason};
use amatelier_types::Sparks;

use crate::books::{Books, axis, classic, debate, gate, mark, name, sanction};

#[test]
fn a_debate_pays_marks_and_gates_and_takes_sanctions_and_the_fee() {
    let mut books = Books::new();
    let mut opening = books.opening(1, &["ada", "bob"]);
    opening.workers[1] = Seated { member: name("bob"), label: "opus".into() };
    books.keep(books.ledger.enter(&books.rules, &opening)).unwrap();
    let mut scored = classic(1, &[("ada", [3, 2, 1, 10]), ("bob", [1, 1, 0, 0])]);
    scored.gates = vec![gate("ada", 4), gate("ada", 9)];
    scored.sanctions = vec![sanction("ada", "redundancy", 5), sanction("bob", "hallucination", 6)];
    let settlement = books.settled(&scored);

    let ada = &settlement.members[0];
    assert_eq!((ada.marks, ada.award, ada.gates, ada.sanctions), (16, Sparks(16), Sparks(6), Sparks(3)));
    assert_eq!((ada.gross, ada.fee, ada.net), (Sparks(19), Sparks(5), Sparks(14)));
    let bob = &settlement.members[1];
    assert_eq!((bob.gross, bob.fee, bob.net), (Sparks(0), Sparks(15), Sparks(-15)));
    assert_eq!((books.balance("ada"), books.balance("bob")), (44, 15));

    let causes: Vec<&str> = settlement.postings.iter().map(|posting| posting.cause.as_str()).collect();
    let id = debate(1);
    for cause in ["award/ada/novelty", "gate/ada/9", "sanction/ada/5", "fee/ada", "sanction/bob/6"] {
        assert!(causes.contains(&format!("roundtable/{id}/{cause}/r1").as_str()), "{cause}");
    }
    // Bob had 2 sparks to lose; nothing is posted for marks of 0.
    let of_bob: Vec<(Category, i64)> = settlement
        .postings
        .iter()
        .filter(|p| p.member == name("bob"))
        .map(|p| (p.category, p.amount.0))
        .collect();
    assert_eq!(
        of_bob,
        [
            (Category::ScoreAward, 1),
            (Category::ScoreAward, 1),
            (Category::Sanction, -2),
            (Category::EntryFee, -15)
        ]
    );
}

#[test]
fn a_fee_may_push_a_balance_below_zero() {
    let mut books = Books::new();
    for id in 1..=8 {
        books.hold(id, &[("ada", 0), ("bob", 1)]);
    }
    assert_eq!((books.balance("ada"), books.balance("bob")), (-10, 22));
}

#[test]
fn three_gates_count_in_a_debate_and_the_first_ones_do() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    let mut scored = classic(1, &[("ada", [0; 4]), ("bob", [0; 4])]);
    scored.gates = vec![gate("bob", 9), gate("bob", 8), gate("ada", 2), gate("ada", 2), gate("ada", 3)];
    let settlement = books.settled(&scored);
    let gates: Vec<Sparks> = settlement.members.iter().map(|member| member.gates).collect();
    assert_eq!(gates, [Sparks(6), Sparks(3)]);
}

#[test]
fn an_offence_without_a_price_costs_nothing() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let mut scored = classic(1, &[("ada", [3, 3, 3, 3])]);
    scored.sanctions = vec![Sanction { member: name("ada"), offence: "loudness".into(), seq: 3 }];
    assert_eq!(books.settled(&scored).members[0].sanctions, Sparks::ZERO);
}

#[test]
fn marks_of_a_rubric_with_another_total_are_normalised_to_forty() {
    for (scale, mark_value, awards) in
        [(vec![0, 1, 2, 3], 2, [26, 40]), (vec![0, 50, 100], 50, [20, 40]), (vec![0, 1], 1, [40, 40])]
    {
        let mut books = Books::new();
        books.enter(1, &["ada", "bob"]);
        let mut scored = classic(1, &[("ada", [0; 4]), ("bob", [0; 4])]);
        scored.axes = vec![axis("depth", &scale), axis("a / b", &scale), axis("c", &scale)];
        let top = *scale.last().unwrap();
        for (card, value) in scored.cards.iter_mut().zip([mark_value, top]) {
            card.marks = scored.axes.iter().map(|axis| mark(&axis.id, value)).collect();
        }
        let settlement = books.settled(&scored);
        let got: Vec<i64> = settlement.members.iter().map(|member| member.award.0).collect();
        assert_eq!(got, awards, "{scale:?}");
        for member in &settlement.members {
            let posted: Sparks = settlement
                .postings
                .iter()
                .filter(|p| p.member == member.member && p.category == Category::ScoreAward)
                .map(|posting| posting.amount)
                .sum();
            assert_eq!(posted, member.award, "the axes add up");
        }
    }
}

#[test]
fn settling_the_same_cards_again_says_nothing() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    let scored = classic(1, &[("ada", [3; 4]), ("bob", [1; 4])]);
    assert_eq!(books.settle(&scored), Ok(1));
    let before = books.ledger.clone();
    assert_eq!(books.settle(&scored), Ok(0));
    assert_eq!(books.ledger, before);
}

#[test]
fn scoring_again_posts_the_difference_under_the_next_revision() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    books.settle(&classic(1, &[("ada", [3, 3, 3, 3]), ("bob", [1; 4])])).unwrap();
    let again = books.settled(&classic(1, &[("ada", [3, 1, 3, 10]), ("bob", [1; 4])]));
    let posted: Vec<(String, i64)> =
        again.postings.iter().map(|p| (p.cause.to_string(), p.amount.0)).collect();
    let id = debate(1);
    assert_eq!(
        posted,
        [
            (format!("roundtable/{id}/award/ada/accuracy/r2"), -2),
            (format!("roundtable/{id}/award/ada/challenge/r2"), 7)
        ]
    );
    assert_eq!((again.revision, books.balance("ada"), books.balance("bob")), (2, 30 - 5 + 17, 30 - 5 + 4));
    let ada = books.ledger.account(&name("ada")).unwrap();
    assert_eq!((ada.assignments(), ada.results()[0].net), (1, Sparks(12)));

    // Back to the first marks: one more revision, and the first balance.
    books.settle(&classic(1, &[("ada", [3, 3, 3, 3]), ("bob", [1; 4])])).unwrap();
    assert_eq!(books.ledger.sitting(&debate(1)).unwrap().state(), &SittingState::Settled(3));
    assert_eq!(books.balance("ada"), 30 - 5 + 12);
}

#[test]
fn another_rubric_takes_back_what_the_first_one_gave() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.settle(&classic(1, &[("ada", [10, 3, 2, 1])])).unwrap();
    let mut other = classic(1, &[("ada", [0; 4])]);
    other.rubric = "evidence".into();
    other.axes = vec![axis("novelty", &[0, 5]), axis("citations", &[0, 5])];
    other.cards[0].marks = vec![mark("novelty", 0), mark("citations", 5)];
    books.settle(&other).unwrap();
    assert_eq!(books.balance("ada"), 30 - 5 + 20);
}

#[test]
fn a_debate_is_settled_by_the_terms_it_was_opened_with() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.rules.terms.award_cap = 80;
    books.rules.fees.labels.insert("haiku".into(), 20);
    books.settle(&classic(1, &[("ada", [10; 4])])).unwrap();
    assert_eq!(books.balance("ada"), 30 - 5 + 40);
    books.enter(2, &["ada"]);
    books.settle(&classic(2, &[("ada", [10; 4])])).unwrap();
    assert_eq!(books.balance("ada"), 65 - 20 + 80);
}

#[test]
fn a_label_without_a_fee_of_its_own_pays_the_common_one() {
    let mut books = Books::new();
    books.rules.fees.labels.insert("mine".into(), 1);
    let fees: Vec<Sparks> = ["haiku", "flash", "sonnet", "opus", "mine", "unheard-of"]
        .iter()
        .map(|label| books.rules.fees.of(label))
        .collect();
    assert_eq!(fees, [5, 5, 8, 15, 1, 5].map(Sparks));
}

#[test]
fn cards_that_do_not_fit_are_refused_and_no_spark_moves() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    let good = classic(1, &[("ada", [1; 4]), ("bob", [1; 4])]);
    let mut off_scale = good.clone();
    off_scale.cards[0].marks[1].value = 4;
    let mut stranger = good.clone();
    stranger.cards[1].member = name("eve");
    let mut missing = good.clone();
    missing.cards[0].marks.pop();
    let mut double = good.clone();
    double.cards.push(double.cards[0].clone());
    let mut unknown = good.clone();
    unknown.cards[0].marks.push(mark("charm", 1));
    let mut mega = good.clone();
    mega.axes[0].id = "x".repeat(1_000_000);
    let mut gated = good.clone();
    gated.gates = vec![gate("eve", 3)];
    let mut bare = good.clone();
    bare.axes.clear();
    let before = books.ledger.clone();
    for (scored, reason) in [
        (off_scale, "ada: 4 is not on the scale of accuracy"),
        (stranger, "bob has no card; eve took no part"),
        (missing, "ada has no mark for challenge"),
        (double, "ada has more than one card"),
        (unknown, "ada: charm is no axis"),
        (gated, "eve took no part"),
    ] {
        let refusal = books.settle(&scored).unwrap_err();
        assert_eq!(refusal, Refusal::BadMarks { roundtable: debate(1), why: reason.into() });
    }
    for scored in [mega, bare] {
        let refusal = books.settle(&scored).unwrap_err().to_string();
        assert!(refusal.len() < 1500, "{refusal}");
    }
    assert_eq!(books.ledger, before);
    assert_eq!(books.settle(&classic(2, &[])), Err(Refusal::NotEntered(debate(2))));
}

#[test]
fn an_aborted_debate_charges_nobody_and_is_never_settled() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    assert_eq!(books.abort(1), Ok(1));
    assert_eq!(books.abort(1), Ok(0));
    assert_eq!((books.balance("ada"), books.balance("bob")), (30, 30));
    let refusal = books.settle(&classic(1, &[("ada", [1; 4]), ("bob", [1; 4])])).unwrap_err();
    assert_eq!(refusal, Refusal::Aborted { roundtable: debate(1), reason: "two are benched".into() });
    assert_eq!(books.ledger.account(&name("ada")).unwrap().assignments(), 0);
}

#[test]
fn an_unscored_debate_charges_nobody_until_it_is_scored() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books
        .keep(books.ledger.void(&debate(1), VoidReason::Unscored("off-scale twice".into()), books.now))
        .unwrap();
    assert_eq!(books.balance("ada"), 30);
    books.settle(&classic(1, &[("ada", [3; 4])])).unwrap();
    assert_eq!(books.balance("ada"), 37);
    assert_eq!(books.abort(1), Err(Refusal::AlreadySettled(debate(1))));
}

#[test]
fn a_debate_is_entered_once_by_each() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let again = books.opening(1, &["bob"]);
    assert_eq!(books.ledger.enter(&books.rules, &again), Err(Refusal::AlreadyEntered(debate(1))));
    let twice = books.opening(2, &["ada", "ada"]);
    assert_eq!(books.ledger.enter(&books.rules, &twice), Err(Refusal::Twice(name("ada"))));
}
