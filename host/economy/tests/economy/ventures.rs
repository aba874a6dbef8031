use amatelier_economy::{Refusal, VentureId, VentureOutcome, VentureState};
use amatelier_types::{Sparks, VentureTier};

use crate::books::{Books, classic, debate, name};

fn id(text: &str) -> VentureId {
    text.parse().unwrap()
}

fn resolve(books: &mut Books, venture: &str, outcome: VentureOutcome) -> Result<usize, Refusal> {
    books.keep(books.ledger.resolve_venture(&books.rules, id(venture), outcome, "seen", books.now))
}

#[test]
fn a_stake_is_taken_and_success_pays_it_back_several_times() {
    for (tier, stake, payout) in
        [(VentureTier::Scout, 5, 15), (VentureTier::Venture, 12, 42), (VentureTier::Moonshot, 30, 120)]
    {
        for outcome in [VentureOutcome::Success, VentureOutcome::Failure] {
            let mut books = Books::new();
            books.enter(1, &["ada"]);
            books.stake(1, "ada", tier, "try it").unwrap();
            assert_eq!(books.balance("ada"), 30 - stake);
            assert_eq!(resolve(&mut books, "v-001", outcome), Err(Refusal::StillRunning(debate(1))));
            books.settle(&classic(1, &[("ada", [0; 4])])).unwrap();
            resolve(&mut books, "v-001", outcome).unwrap();
            let paid = if outcome == VentureOutcome::Success { payout } else { 0 };
            assert_eq!(books.balance("ada"), 30 - stake - 5 + paid, "{tier} {outcome:?}");
            assert_eq!(resolve(&mut books, "v-001", outcome), Err(Refusal::VentureOver(id("v-001"))));
        }
    }
}

#[test]
fn an_idea_is_staked_on_once() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    books.stake(1, "ada", VentureTier::Scout, "Try  it").unwrap();
    let taken = Err(Refusal::IdeaTaken(id("v-001")));
    assert_eq!(books.stake(1, "ada", VentureTier::Scout, "try it"), taken);
    assert_eq!(books.stake(1, "bob", VentureTier::Venture, "TRY IT"), taken);
    assert_eq!(books.balance("ada"), 25);
    books.settle(&classic(1, &[("ada", [0; 4]), ("bob", [0; 4])])).unwrap();
    books.enter(2, &["ada", "bob"]);
    assert_eq!(books.stake(2, "ada", VentureTier::Scout, "try it"), taken);
    assert_eq!(books.stake(2, "bob", VentureTier::Scout, "try it"), Ok(1));
}

#[test]
fn a_stake_needs_cover_and_a_debate_that_runs() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.stake(1, "ada", VentureTier::Scout, "one").unwrap();
    let refusal = books.stake(1, "ada", VentureTier::Moonshot, "two").unwrap_err();
    assert_eq!(refusal, Refusal::TooPoor { member: name("ada"), price: Sparks(30), balance: Sparks(25) });
    assert_eq!(
        books.stake(1, "bob", VentureTier::Scout, "three"),
        Err(Refusal::NotAnEntrant { member: name("bob"), roundtable: debate(1) })
    );
    assert_eq!(books.stake(1, "ada", VentureTier::Scout, " "), Err(Refusal::BadIdea { most: 2000 }));
    assert_eq!(books.stake(9, "ada", VentureTier::Scout, "x"), Err(Refusal::NotEntered(debate(9))));
    books.settle(&classic(1, &[("ada", [0; 4])])).unwrap();
    assert_eq!(books.stake(1, "ada", VentureTier::Scout, "late"), Err(Refusal::Over(debate(1))));
}

#[test]
fn an_aborted_debate_gives_stakes_back_and_the_idea_is_free_again() {
    let mut books = Books::new();
    books.enter(1, &["ada", "bob"]);
    books.stake(1, "ada", VentureTier::Moonshot, "fly").unwrap();
    books.stake(1, "bob", VentureTier::Scout, "walk").unwrap();
    books.abort(1).unwrap();
    assert_eq!((books.balance("ada"), books.balance("bob")), (30, 30));
    assert!(books.ledger.ventures().iter().all(|venture| venture.state == VentureState::Returned));
    assert_eq!(resolve(&mut books, "v-001", VentureOutcome::Success), Err(Refusal::VentureOver(id("v-001"))));
    books.enter(2, &["ada", "bob"]);
    assert_eq!(books.stake(2, "ada", VentureTier::Moonshot, "fly"), Ok(1));
    assert_eq!(
        resolve(&mut books, "v-009", VentureOutcome::Success),
        Err(Refusal::UnknownVenture(id("v-009")))
    );
}

#[test]
fn a_venture_pays_by_the_terms_it_was_staked_under() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    books.stake(1, "ada", VentureTier::Scout, "try it").unwrap();
    books.settle(&classic(1, &[("ada", [0; 4])])).unwrap();
    books.rules.ventures.scout.tenths = 1000;
    resolve(&mut books, "v-001", VentureOutcome::Success).unwrap();
    assert_eq!(books.balance("ada"), 30 - 5 - 5 + 15);
}
