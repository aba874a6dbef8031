//! What requests hold and take adds up, whoever crashes.

use std::collections::BTreeMap;

use amatelier_journal::{
    Account, CallKey, Charge, Commit, Error, Hold, Intent, Journal, NewCall, NewTurn, Outcome, RequestKey,
    TurnId, Unit,
};
use amatelier_types::{MicroUsd, Sha256, Timestamp, Tokens};
use proptest::{collection::vec, option, prelude::*};

use crate::support::{ACCOUNTS, JOURNAL, Place, ROUNDTABLES, event};

/// A turn that makes requests, one a call.
struct Asker {
    journal: Journal,
    turn: TurnId,
    calls: u32,
}

impl Asker {
    fn new(journal: Journal) -> Self {
        let turn =
            NewTurn { stream: "debate".into(), action: "speak".into(), component: None, at: Timestamp(1) };
        let begun = journal.write(Unit::new().begin_turn(turn), Commit::NoFsync).wait().unwrap();
        Asker { turn: begun.turns[0].id, journal, calls: 0 }
    }

    fn ask(&mut self, holds: Vec<Hold>) -> Result<RequestKey, Error> {
        self.calls += 1;
        let call = CallKey { turn: self.turn, ordinal: self.calls };
        let key = RequestKey { call, n: 1 };
        let new = NewCall {
            key: call,
            function: "llm.complete".into(),
            request_hash: Sha256::of(b"prompt"),
            occurrence: self.calls,
            request: Vec::new(),
        };
        let unit = Unit::new().call(new).intent(intent(key), holds);
        self.journal.write(unit, Commit::NoFsync).wait().map(|_| key)
    }

    fn settle(&self, key: RequestKey, charges: Vec<Charge>) -> Result<(), Error> {
        let unit = Unit::new().outcome(key, outcome(), charges);
        self.journal.write(unit, Commit::NoFsync).wait().map(drop)
    }
}

fn intent(key: RequestKey) -> Intent {
    Intent { key, at: Timestamp(2), provider: "fake".into(), model: "small".into(), reserved: None }
}

fn outcome() -> Outcome {
    Outcome {
        at: Timestamp(3),
        name: "done".into(),
        input_tokens: Tokens(7),
        output_tokens: Tokens(2),
        cached_tokens: Tokens(0),
        cost: Some(MicroUsd(0)),
    }
}

fn hold(account: &str, amount: u64, limit: Option<u64>) -> Hold {
    Hold { account: account.into(), amount, limit }
}

fn charge(account: &str, amount: u64) -> Charge {
    Charge { account: account.into(), amount }
}

#[test]
fn a_request_holds_its_worst_case_until_what_it_took_is_charged() {
    let place = Place::new();
    let mut asker = Asker::new(place.open());
    assert_eq!(asker.journal.account("usd").unwrap(), Account::default());
    let key = asker.ask(vec![hold("usd", 60, Some(100)), hold("tokens", 500, None)]).unwrap();
    assert_eq!(asker.journal.account("usd").unwrap(), Account { spent: 0, held: 60 });
    let held = &asker.journal.holds("usd").unwrap()[0];
    assert_eq!(
        (held.request, held.stream.as_str(), held.action.as_str(), held.amount),
        (key, "debate", "speak", 60)
    );
    asker.settle(key, vec![charge("usd", 12), charge("usd", 3), charge("day", 1)]).unwrap();
    let all = asker.journal.accounts("").unwrap();
    let account = |name: &str, spent, held| (name.to_owned(), Account { spent, held });
    assert_eq!(all, [account("day", 1, 0), account("tokens", 0, 0), account("usd", 15, 0)]);
    assert_eq!(asker.journal.holds("usd").unwrap(), []);
    assert!(matches!(asker.settle(key, vec![charge("usd", 12)]), Err(Error::NoOpenRequest(_))));
    assert_eq!(asker.journal.account("usd").unwrap(), Account { spent: 15, held: 0 }, "charged once");
}

#[test]
fn what_would_exceed_a_limit_is_refused_as_a_whole() {
    let place = Place::new();
    let mut asker = Asker::new(place.open());
    asker.ask(vec![hold("usd", 60, Some(100))]).unwrap();
    let refused = asker.ask(vec![hold("tokens", 5, None), hold("usd", 41, Some(100))]).unwrap_err();
    let Error::Exceeded { account, spent: 0, held: 60, amount: 41, limit: 100 } = &refused else {
        panic!("{refused}")
    };
    assert_eq!(account, "usd");
    assert_eq!(refused.to_string(), "usd has 0 spent and 60 held, and 41 more would exceed its limit of 100");
    assert_eq!(asker.journal.account("tokens").unwrap(), Account::default(), "nothing of it was held");
    assert_eq!(asker.journal.calls("debate").unwrap().len(), 1, "and no intent written");
    asker.ask(vec![hold("usd", 40, Some(100))]).unwrap();
    // What does not fit into a column is refused too, limit or no limit.
    assert!(asker.ask(vec![hold("usd", u64::MAX, None)]).is_err());
    assert!(asker.ask(vec![hold("usd", i64::MAX as u64, None)]).is_err());
    assert_eq!(asker.journal.account("usd").unwrap(), Account { spent: 0, held: 100 });
}

#[test]
fn of_many_who_ask_at_once_as_many_are_let_through_as_fit() {
    let place = Place::new();
    let journal = place.open();
    let mut askers: Vec<Asker> = (0..20).map(|_| Asker::new(journal.clone())).collect();
    let pending: Vec<_> = askers
        .iter_mut()
        .map(|asker| {
            let call = CallKey { turn: asker.turn, ordinal: 1 };
            let new = NewCall {
                key: call,
                function: "llm.complete".into(),
                request_hash: Sha256::of(b"prompt"),
                occurrence: 1,
                request: Vec::new(),
            };
            let key = RequestKey { call, n: 1 };
            let unit = Unit::new().call(new).intent(intent(key), vec![hold("usd", 10, Some(79))]);
            journal.write(unit, Commit::NoFsync)
        })
        .collect();
    let let_through = pending.into_iter().filter_map(|pending| pending.wait().ok()).count();
    assert_eq!(let_through, 7);
    assert_eq!(journal.account("usd").unwrap(), Account { spent: 0, held: 70 });
}

#[test]
fn debates_of_before_there_were_accounts_keep_what_they_took() {
    let place = Place::new();
    let old = Journal::open(&place.path(), Default::default(), &[JOURNAL, ROUNDTABLES], vec![]).unwrap();
    old.append("roundtable/aa", None, vec![event("x")], Commit::NoFsync).wait().unwrap();
    drop(old);
    place
        .raw()
        .execute_batch(
            "INSERT INTO turns (id, stream, action, attempt, started_at) VALUES (1, 'roundtable/aa', 'speak', 1, 0);
             INSERT INTO calls VALUES (1, 1, 1, 'llm.complete', '', 1, x'', NULL, NULL);
             INSERT INTO requests (call, n, intent_at, provider, model, answered_at, input_tokens, output_tokens, outcome)
             VALUES (1, 1, 0, 'p', 'm', 1, 30, 12, 'done'), (1, 2, 0, 'p', 'm', NULL, NULL, NULL, NULL)",
        )
        .unwrap();
    let migrations = [JOURNAL, ROUNDTABLES, ACCOUNTS];
    let new = Journal::open(&place.path(), Default::default(), &migrations, vec![]).unwrap();
    assert_eq!(new.account("debate/aa/tokens").unwrap(), Account { spent: 42, held: 0 });
}

/// What may happen, one after the other.
#[derive(Clone, Debug)]
enum Happens {
    /// A request that holds so much of two accounts, of which the first has a limit.
    Asked(u64, u64, Option<u64>),
    /// One of the open requests is settled, for so much of the first account, and perhaps of the second.
    Settled(prop::sample::Index, u64, Option<u64>),
    /// The process dies and another takes over.
    Died,
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        5 => (0..60_u64, 0..900_u64, option::of(20..200_u64)).prop_map(|(one, two, limit)| Happens::Asked(one, two, limit)),
        4 => (any::<prop::sample::Index>(), 0..60_u64, option::of(0..900_u64))
            .prop_map(|(which, one, two)| Happens::Settled(which, one, two)),
        1 => Just(Happens::Died),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn accounts_are_the_sums_of_charges_and_open_holds(history in vec(happens(), 1..60)) {
        let place = Place::new();
        let mut asker = Asker::new(place.open_without_fsync());
        let mut open: BTreeMap<RequestKey, (u64, u64)> = BTreeMap::new();
        let mut spent = (0, 0);
        for happened in history {
            match happened {
                Happens::Asked(one, two, limit) => {
                    let held: u64 = open.values().map(|held| held.0).sum();
                    let asked = asker.ask(vec![hold("one", one, limit), hold("two", two, None)]);
                    match (asked, limit) {
                        (Ok(key), limit) => {
                            prop_assert!(limit.is_none_or(|limit| spent.0 + held + one <= limit));
                            open.insert(key, (one, two));
                        }
                        (Err(Error::Exceeded { .. }), Some(limit)) => prop_assert!(spent.0 + held + one > limit),
                        (Err(other), _) => panic!("{other}"),
                    }
                }
                Happens::Settled(which, one, two) => {
                    let Some(key) = open.keys().nth(which.index(open.len().max(1))).copied() else { continue };
                    let charges = [Some(charge("one", one)), two.map(|two| charge("two", two))];
                    asker.settle(key, charges.into_iter().flatten().collect()).unwrap();
                    open.remove(&key);
                    spent = (spent.0 + one, spent.1 + two.unwrap_or_default());
                }
                Happens::Died => {
                    drop(asker);
                    asker = Asker::new(place.open_without_fsync());
                }
            }
            let held = open.values().fold((0, 0), |sum, held| (sum.0 + held.0, sum.1 + held.1));
            let expected = (Account { spent: spent.0, held: held.0 }, Account { spent: spent.1, held: held.1 });
            prop_assert_eq!((asker.journal.account("one").unwrap(), asker.journal.account("two").unwrap()), expected);
        }
    }
}
