use amatelier_economy::{Lifetime, Refusal, RequestId, RequestState};
use amatelier_types::PromisedEffect;

use crate::books::{Books, classic, name, offer};

fn ask(books: &mut Books, member: &str, private: bool) -> RequestId {
    let item = offer(
        if private { "private-request" } else { "public-request" },
        if private { 20 } else { 0 },
        Lifetime::Once,
    );
    let effect = PromisedEffect::AskFor { private, text: "a course on costs".into() };
    books.buy(member, &item, effect).unwrap().request.unwrap()
}

fn ages(books: &Books) -> Vec<(u32, RequestState)> {
    books.ledger.requests().iter().map(|request| (request.age, request.state)).collect()
}

#[test]
fn public_requests_age_one_per_debate_and_expire_at_three() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    ask(&mut books, "ada", false);
    ask(&mut books, "ada", true);
    let first = classic(1, &[("ada", [10; 4])]);
    books.settle(&first).unwrap();
    // Scoring again is not another debate, nor is one that was aborted.
    books.settle(&classic(1, &[("ada", [3; 4])])).unwrap();
    books.enter(2, &["ada"]);
    books.abort(2).unwrap();
    assert_eq!(ages(&books), [(1, RequestState::Open), (0, RequestState::Open)]);
    books.hold(3, &[("ada", 1)]);
    books.hold(4, &[("ada", 1)]);
    assert_eq!(ages(&books), [(3, RequestState::Expired), (0, RequestState::Open)]);
    books.hold(5, &[("ada", 1)]);
    assert_eq!(ages(&books), [(3, RequestState::Expired), (0, RequestState::Open)]);
    let open: Vec<String> = books.ledger.open_requests().map(|request| request.id.to_string()).collect();
    assert_eq!(open, ["q-002"]);
}

#[test]
fn a_fulfilled_request_may_bring_a_skill() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let id = ask(&mut books, "ada", true);
    let fulfil = |books: &mut Books, skill: Option<&str>| {
        books.keep(books.ledger.fulfil_request(
            &books.rules,
            &books.installed,
            id,
            "here it is",
            skill,
            books.now,
        ))
    };
    assert_eq!(fulfil(&mut books, Some("magic")), Err(Refusal::NoSuchSkill("magic".into())));
    assert_eq!(fulfil(&mut books, Some("debate-tactics")), Ok(1));
    let ada = books.ledger.account(&name("ada")).unwrap();
    assert_eq!((ada.skills(), ada.equipped().len()), (vec!["debate-tactics"], 1));
    assert_eq!(books.balance("ada"), 10);
    assert_eq!(fulfil(&mut books, None), Err(Refusal::RequestOver(id)));
}

#[test]
fn the_requests_of_a_member_that_left_are_closed() {
    let mut books = Books::new();
    books.hold(1, &[("ada", 3)]);
    let id = ask(&mut books, "ada", true);
    books.keep(books.ledger.dismiss(&name("ada"), books.now)).unwrap();
    books.enter(2, &["ada"]);
    let close = books.ledger.close_request(&books.rules, id, "no", books.now);
    assert_eq!(close, Err(Refusal::RequestOver(id)));
    assert_eq!(books.balance("ada"), 30);
}

#[test]
fn a_request_that_is_turned_down_gives_back_what_was_paid() {
    let mut books = Books::new();
    books.enter(1, &["ada"]);
    let (private, public) = (ask(&mut books, "ada", true), ask(&mut books, "ada", false));
    let close = |books: &mut Books, id| {
        books.keep(books.ledger.close_request(&books.rules, id, "not here", books.now))
    };
    assert_eq!(books.balance("ada"), 10);
    assert_eq!(close(&mut books, private), Ok(1));
    assert_eq!(books.balance("ada"), 30);
    assert_eq!(close(&mut books, public), Ok(1));
    assert_eq!(books.balance("ada"), 30);
    assert_eq!(close(&mut books, private), Err(Refusal::RequestOver(private)));
    assert_eq!(
        close(&mut books, "q-009".parse().unwrap()),
        Err(Refusal::UnknownRequest("q-009".parse().unwrap()))
    );
}
