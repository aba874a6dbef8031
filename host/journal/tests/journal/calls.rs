//! What a turn bought is found again.

use amatelier_journal::{
    BegunTurn, CallKey, Commit, Error, Intent, Journal, NewCall, NewTurn, Outcome, RequestKey, TurnEnd, Unit,
};
use amatelier_types::{MicroUsd, Sha256, Timestamp, Tokens};

use crate::support::{Place, event};

fn begin(journal: &Journal, action: &str) -> BegunTurn {
    let turn = NewTurn {
        stream: "debate".into(),
        action: action.into(),
        component: Some(Sha256::of(b"component")),
        at: Timestamp(10),
    };
    journal.write(Unit::new().begin_turn(turn), Commit::NoFsync).wait().unwrap().turns[0]
}

fn call(key: CallKey) -> NewCall {
    NewCall {
        key,
        function: "llm.complete".into(),
        request_hash: Sha256::of(b"prompt"),
        occurrence: 0,
        request: b"prompt".to_vec(),
    }
}

fn intent(key: RequestKey) -> Intent {
    Intent {
        key,
        at: Timestamp(20),
        provider: "fake".into(),
        model: "small".into(),
        reserved: Some(MicroUsd(900)),
    }
}

fn outcome() -> Outcome {
    Outcome {
        at: Timestamp(30),
        name: "answered".into(),
        input_tokens: Tokens(100),
        output_tokens: Tokens(20),
        cached_tokens: Tokens(60),
        cost: Some(MicroUsd(123)),
    }
}

fn write(journal: &Journal, unit: Unit) -> Result<(), Error> {
    journal.write(unit, Commit::NoFsync).wait().map(|_| ())
}

#[test]
fn a_turn_its_call_and_its_requests_come_back_as_they_were_written() {
    let place = Place::new();
    let journal = place.open();
    let called = Unit::new().append("debate", Some(0), vec![event("turn-called")]).begin_turn(NewTurn {
        stream: "debate".into(),
        action: "r1/speak/elena".into(),
        component: None,
        at: Timestamp(10),
    });
    let turn = journal.write(called, Commit::NoFsync).wait().unwrap().turns[0].id;
    let key = CallKey { turn, ordinal: 0 };
    let request = RequestKey { call: key, n: 0 };
    let fsyncs = journal.stats().fsyncs;
    journal.write(Unit::new().call(call(key)).intent(intent(request), vec![]), Commit::Fsync).wait().unwrap();
    assert_eq!(journal.stats().fsyncs, fsyncs + 1);

    write(&journal, Unit::new().response_id(request, "resp_1")).unwrap();
    write(&journal, Unit::new().partial(request, "Hel")).unwrap();
    write(&journal, Unit::new().partial(request, "Hello")).unwrap();
    let streaming = &journal.calls_of_action("debate", "r1/speak/elena").unwrap()[0];
    assert_eq!(streaming.answer, None);
    assert_eq!(streaming.requests[0].intent, intent(request));
    assert_eq!(streaming.requests[0].response_id.as_deref(), Some("resp_1"));
    assert_eq!(streaming.requests[0].partial.as_deref(), Some("Hello"));
    assert_eq!(streaming.requests[0].outcome, None);

    write(
        &journal,
        Unit::new().outcome(request, outcome(), vec![]).answer(key, b"Hello!".to_vec(), Timestamp(31)),
    )
    .unwrap();
    let said = Unit::new().append("debate", Some(1), vec![event("said")]).end_turn(
        turn,
        TurnEnd::Finished,
        Timestamp(40),
    );
    write(&journal, said).unwrap();
    assert_eq!(journal.stats().fsyncs, fsyncs + 1, "one fsync per model call");

    let answered = &journal.calls("debate").unwrap()[0];
    assert_eq!((answered.key, answered.attempt, answered.action.as_str()), (key, 1, "r1/speak/elena"));
    assert_eq!((answered.function.as_str(), answered.request_hash), ("llm.complete", Sha256::of(b"prompt")));
    assert_eq!((answered.occurrence, answered.request.as_slice()), (0, &b"prompt"[..]));
    assert_eq!(answered.answer.as_deref(), Some(&b"Hello!"[..]));
    assert_eq!(answered.answered_at, Some(Timestamp(31)));
    assert_eq!(answered.requests[0].outcome, Some(outcome()));
    assert_eq!(answered.requests[0].partial, None, "the answer has all of it");
    assert_eq!(answered.requests[0].response_id.as_deref(), Some("resp_1"));
    let turn = &journal.attempts("debate", "r1/speak/elena").unwrap()[0];
    assert_eq!((turn.end, turn.ended_at), (Some(TurnEnd::Finished), Some(Timestamp(40))));
    assert_eq!((turn.component, turn.started_at, turn.attempt), (None, Timestamp(10), 1));
}

#[test]
fn the_calls_of_all_attempts_are_found_in_the_order_they_were_made() {
    let place = Place::new();
    let journal = place.open();
    let first = begin(&journal, "speak").id;
    let other = begin(&journal, "rebut").id;
    for (turn, ordinal) in [(first, 1), (first, 0), (other, 0)] {
        write(&journal, Unit::new().call(call(CallKey { turn, ordinal }))).unwrap();
    }
    write(&journal, Unit::new().end_turn(first, TurnEnd::Suspended, Timestamp(11))).unwrap();
    let second = begin(&journal, "speak");
    assert_eq!(second.attempt, 2);
    let key = CallKey { turn: second.id, ordinal: 0 };
    write(&journal, Unit::new().call(call(key))).unwrap();
    for n in [0, 1, 2] {
        write(&journal, Unit::new().intent(intent(RequestKey { call: key, n }), vec![])).unwrap();
    }
    let found = journal.calls_of_action("debate", "speak").unwrap();
    let keys: Vec<_> =
        found.iter().map(|call| (call.attempt, call.key.ordinal, call.requests.len())).collect();
    assert_eq!(keys, [(1, 0, 0), (1, 1, 0), (2, 0, 3)]);
    assert_eq!(found[2].requests.iter().map(|r| r.intent.key.n).collect::<Vec<_>>(), [0, 1, 2]);
    let ends: Vec<_> = journal.attempts("debate", "speak").unwrap().iter().map(|turn| turn.end).collect();
    assert_eq!(ends, [Some(TurnEnd::Suspended), None]);
    assert_eq!(journal.calls("debate").unwrap().len(), 4);
    assert_eq!(journal.calls("nowhere").unwrap(), []);
}

#[test]
fn an_answer_that_arrives_after_its_turn_was_suspended_is_kept() {
    let place = Place::new();
    let journal = place.open();
    let turn = begin(&journal, "speak").id;
    let key = CallKey { turn, ordinal: 0 };
    let request = RequestKey { call: key, n: 0 };
    write(&journal, Unit::new().call(call(key)).intent(intent(request), vec![])).unwrap();
    write(&journal, Unit::new().end_turn(turn, TurnEnd::Suspended, Timestamp(11))).unwrap();
    write(
        &journal,
        Unit::new().outcome(request, outcome(), vec![]).answer(key, b"late".to_vec(), Timestamp(12)),
    )
    .unwrap();
    assert_eq!(journal.calls_of_action("debate", "speak").unwrap()[0].answer.as_deref(), Some(&b"late"[..]));
}

#[test]
fn what_is_out_of_order_is_refused_by_name() {
    let place = Place::new();
    let journal = place.open();
    let turn = begin(&journal, "speak").id;
    let key = CallKey { turn, ordinal: 0 };
    let request = RequestKey { call: key, n: 0 };

    let refused = |unit| write(&journal, unit).unwrap_err().to_string();
    assert_eq!(
        refused(Unit::new().intent(intent(request), vec![])),
        "there is no call 1/0 that waits for an answer"
    );
    assert_eq!(
        refused(Unit::new().answer(key, vec![], Timestamp(1))),
        "there is no call 1/0 that waits for an answer"
    );
    write(&journal, Unit::new().call(call(key)).intent(intent(request), vec![])).unwrap();
    assert!(refused(Unit::new().call(call(key))).contains("UNIQUE"), "a call is written once");
    assert!(
        refused(Unit::new().intent(intent(request), vec![])).contains("UNIQUE"),
        "an intent is written once"
    );

    write(&journal, Unit::new().outcome(request, outcome(), vec![]).answer(key, vec![], Timestamp(1)))
        .unwrap();
    assert_eq!(
        refused(Unit::new().answer(key, vec![], Timestamp(1))),
        "there is no call 1/0 that waits for an answer"
    );
    let closed = "there is no request 1/0/0 that waits for an outcome";
    assert_eq!(refused(Unit::new().outcome(request, outcome(), vec![])), closed);
    assert_eq!(refused(Unit::new().response_id(request, "x")), closed);
    assert_eq!(refused(Unit::new().partial(request, "x")), closed);

    write(&journal, Unit::new().end_turn(turn, TurnEnd::Failed, Timestamp(2))).unwrap();
    assert_eq!(refused(Unit::new().end_turn(turn, TurnEnd::Finished, Timestamp(3))), "turn 1 is not running");
    assert_eq!(refused(Unit::new().call(call(CallKey { turn, ordinal: 1 }))), "turn 1 is not running");
}
