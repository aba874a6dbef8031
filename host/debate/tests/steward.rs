//! Requests, findings and steering at the table.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod table;

use amatelier_debate::{
    Action, Answer, Asked, Caps, Extras, Moderation, Outcome, PauseReason, Rules, Spent, Task,
};
use amatelier_types::{
    Failure, FailureKind, Finding, MemberName, Message, MessageKind, Move, Phase, Timestamp,
};
use table::{Played, finding, grounded, name, plain};

fn say(text: &str) -> Result<Answer, Failure> {
    Ok(Answer::Moved(Move::Say(text.into())))
}

fn pass() -> Result<Answer, Failure> {
    Ok(Answer::Moved(Move::Pass))
}

/// A debate past its research phase, in which nobody asked.
fn opened(workers: &[&str]) -> Played {
    let mut played = Played::open(grounded(workers, 1, Rules::default()));
    for action in played.debate.next() {
        played.call(&action);
        played.end(&action, pass());
    }
    played
}

fn lookups(played: &Played) -> Vec<Action> {
    let next = played.debate.next().into_iter();
    next.filter(|action| matches!(action.task, Task::Lookup { .. })).collect()
}

fn turn(played: &Played) -> Option<Action> {
    played.debate.next().into_iter().find(|action| !matches!(action.task, Task::Lookup { .. }))
}

fn posted(played: &Played, kind: MessageKind) -> Vec<Message> {
    let all = played.debate.transcript().iter().map(|posted| posted.message.clone());
    all.filter(|message| message.kind == kind).collect()
}

#[test]
fn who_asks_instead_of_speaking_goes_to_the_back_and_speaks_with_the_finding() {
    let mut played = opened(&["ada", "bob", "cyd"]);
    let first = played.play(|_| say("I must know: [[request: how wide]]"));
    assert_eq!(first.task.phase(), Some(Phase::Speak));
    let asker = first.member.clone();
    // The lookup runs beside the next speaker.
    assert_eq!((lookups(&played).len(), played.debate.next().len()), (1, 2));
    assert_ne!(turn(&played).unwrap().member, asker);
    for _ in 0..2 {
        let action = turn(&played).unwrap();
        played.call(&action);
        played.end(&action, plain(&action));
    }
    // Only the asker is left: the phase waits for what it asked.
    assert!(turn(&played).is_none());
    let lookup = lookups(&played).remove(0);
    played.call(&lookup);
    played.end(&lookup, plain(&lookup));
    let again = turn(&played).unwrap();
    assert_eq!((again.member.clone(), again.id.to_string()), (asker.clone(), format!("r1/speak/{asker}/2")));
    assert!(posted(&played, MessageKind::Finding).is_empty(), "not before its asker is called");
    played.call(&again);
    let findings = posted(&played, MessageKind::Finding);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].to, Some(asker.clone()));
    assert!(
        findings[0].text.starts_with(&format!("[Research result for {asker} | deterministic]: how wide\n"))
    );
    // A second request does not defer it again.
    played.end(&again, say("It is 400 m (river.csv:3). [[request: how deep]]"));
    assert_eq!(played.debate.digest().contributions.get(&asker), Some(&1));
    let citations = played.debate.citations();
    assert_eq!((citations.len(), citations[0].verified), (1, true));
    assert_eq!(played.debate.requests_left(&asker), 1);
}

#[test]
fn the_transcript_does_not_depend_on_how_fast_the_steward_is() {
    let play = |eager: bool| {
        let mut played = Played::open(grounded(&["ada", "bob", "cyd"], 5, Rules::default()));
        while !played.debate.is_over() {
            let next = played.debate.next();
            let lookup = next.iter().find(|action| matches!(action.task, Task::Lookup { .. }));
            let other = next.iter().find(|action| !matches!(action.task, Task::Lookup { .. }));
            let action = if eager { lookup.or(other) } else { other.or(lookup) }.unwrap().clone();
            played.call(&action);
            let answer = match &action.task {
                Task::Turn(turn) if turn.phase == Phase::Research => {
                    say("[[request: one]] [[request: two]] [[request: three]] [[request: four]]")
                }
                Task::Turn(turn) if turn.round < 3 => {
                    say(&format!("{} in {} [[request: about {}]]", action.member, action.id, action.id))
                }
                _ => plain(&action),
            };
            played.end(&action, answer);
        }
        let all = played.debate.transcript().iter().map(|posted| posted.message.clone());
        (all.collect::<Vec<Message>>(), played.debate.digest().lookups.len())
    };
    let (eager, lookups) = play(true);
    let (late, same) = play(false);
    assert_eq!((eager, lookups), (late, same));
    // Three free ones each, the fourth refused; then three that count.
    assert_eq!(lookups, 18);
}

#[test]
fn what_a_component_asks_on_the_way_counts_and_is_posted_before_its_speech() {
    let mut played = opened(&["ada", "bob"]);
    let action = turn(&played).unwrap();
    played.call(&action);
    let at = played.now();
    let asked = vec![Asked { question: "how wide".into(), finding: finding("how wide") }];
    let answer = say("400 m, says river.csv:4");
    played.tell(Outcome::Ended { action: action.id.clone(), answer, spent: Spent::default(), asked, at });
    let kinds: Vec<MessageKind> =
        played.debate.transcript().iter().rev().take(2).map(|posted| posted.message.kind).collect();
    assert_eq!(kinds, [MessageKind::Speech, MessageKind::Finding]);
    assert_eq!(played.debate.requests_left(&action.member), 2);
    assert!(lookups(&played).is_empty());
}

#[test]
fn a_request_without_an_answer_costs_nothing() {
    let mut played = opened(&["ada", "bob"]);
    let first = played.play(|_| say("[[request: how wide]]"));
    let lookup = lookups(&played).remove(0);
    played.call(&lookup);
    played.end(&lookup, Ok(Answer::Found(Box::new(Finding::failed("the model is down")))));
    assert_eq!(played.debate.requests_left(&first.member), 3);
    let digest = played.debate.digest();
    assert_eq!(digest.lookups[0].outcome, "failed");
}

#[test]
fn requests_beyond_the_budget_are_refused_in_a_visible_line_and_defer_nobody() {
    let rules = Rules { requests: 1, free_requests: 0, ..Rules::default() };
    let mut played = Played::open(grounded(&["ada"], 1, rules));
    played.play(|_| say("[[request: too early]]"));
    played.play(|_| say("[[request: first]] [[request: second]]"));
    let lookup = lookups(&played).remove(0);
    played.call(&lookup);
    played.end(&lookup, plain(&lookup));
    played.play(|_| say("A speech. [[request: third]]"));
    let texts = played.texts();
    for expected in ["too early", "second", "third"] {
        let line = format!("REFUSED: ada has no requests left: \"{expected}\"");
        assert!(texts.contains(&line.as_str()), "{line} is not in {texts:?}");
    }
    assert_eq!(played.debate.digest().contributions.get(&name("ada")), Some(&1));
}

#[test]
fn bought_requests_come_on_top_and_only_for_their_owner() {
    let rules = Rules { requests: 1, free_requests: 0, ..Rules::default() };
    let mut setup = grounded(&["ada", "bob"], 1, rules);
    setup.extras.insert(name("bob"), Extras { floor_turns: 0, requests: 2 });
    let mut played = Played::open(setup);
    assert!(played.texts().iter().any(|text| text.contains("up to 1 more (bought: bob 2 more)")));
    let left = |played: &Played, member: &str| played.debate.requests_left(&name(member));
    assert_eq!((left(&played, "ada"), left(&played, "bob")), (0, 0), "they are not free in research");
    played.play_until("r1/speak", |_| pass());
    assert_eq!((left(&played, "ada"), left(&played, "bob")), (1, 3));
}

#[test]
fn the_judge_asks_in_a_remark_and_chooses_the_model() {
    let mut played = opened(&["ada"]);
    played.play_until("r1/moderate/speak", plain);
    played.play(|_| {
        table::intervene(vec![amatelier_types::Intervention::Remark {
            text: "I doubt it. [[request: sonnet: how wide]]".into(),
        }])
    });
    let lookup = lookups(&played).remove(0);
    let Task::Lookup { asker, question, label } = &lookup.task else { panic!("{lookup:?}") };
    assert_eq!((asker.as_str(), question.as_str(), label.as_deref()), ("judge", "how wide", Some("sonnet")));
}

#[test]
fn the_gate_waits_for_what_was_asked() {
    let rules = Rules { moderation: Moderation::GateOnly, ..Rules::default() };
    let mut played = Played::open(grounded(&["ada"], 1, rules));
    played.play_until("r1/rebuttal", plain);
    played.play(|_| say("I answer. [[request: how wide]]"));
    played.play_until("lookup", plain);
    assert!(turn(&played).is_none(), "{:?}", played.debate.next());
    let lookup = lookups(&played).remove(0);
    played.call(&lookup);
    played.end(&lookup, plain(&lookup));
    assert_eq!(posted(&played, MessageKind::Finding).len(), 1);
    assert_eq!(turn(&played).unwrap().id.as_str(), "r1/gate");
}

#[test]
fn a_public_steward_tells_all() {
    let mut setup = grounded(&["ada"], 1, Rules::default());
    setup.steward.as_mut().unwrap().public = true;
    let mut played = Played::open(setup);
    played.play(|_| say("[[request: how wide]]"));
    played.play_until("r1/gate", plain);
    assert_eq!(posted(&played, MessageKind::Finding)[0].to, None);
}

#[test]
fn the_operator_speaks_prefers_and_mutes() {
    let mut played = opened(&["ada", "bob", "cyd"]);
    let at = Timestamp(7);
    let head = turn(&played).unwrap();
    played.call(&head);
    let order: Vec<MemberName> = played.debate.seating().to_vec();
    played.tell(Outcome::Interjected { to: None, text: " Mind the budget. ".into(), at });
    played.tell(Outcome::Interjected { to: Some(order[1].clone()), text: "Be brief.".into(), at });
    played.tell(Outcome::Interjected { to: Some(name("nobody")), text: "Hello?".into(), at });
    let said = posted(&played, MessageKind::Interjection);
    let said: Vec<_> = said.iter().map(|message| (message.text.as_str(), message.to.clone())).collect();
    assert_eq!(said, [("Mind the budget.", None), ("Be brief.", Some(order[1].clone()))]);
    // Not before the one who is speaking.
    played.tell(Outcome::Preferred { member: order[2].clone(), at });
    played.end(&head, plain(&head));
    assert_eq!(turn(&played).unwrap().member, order[2]);
    // One who is not waiting cannot be preferred.
    let before = played.log.len();
    played.tell(Outcome::Preferred { member: head.member.clone(), at });
    assert_eq!(played.log.len(), before);
    played.tell(Outcome::Muted { member: order[1].clone(), muted: true, at });
    played.play_until("r1/gate", plain);
    let texts = played.texts();
    for line in
        [format!("NEXT: {} — by the operator", order[2]), format!("MUTED: {} — by the operator", order[1])]
    {
        assert!(texts.contains(&line.as_str()), "{line}");
    }
    assert!(
        !played.turns_called().iter().any(|id| id.starts_with("r1/speak") && id.ends_with(order[1].as_str()))
    );
    played.tell(Outcome::Muted { member: order[1].clone(), muted: false, at });
    played.play_until("r2/gate", plain);
    assert!(played.turns_called().iter().any(|id| *id == format!("r2/speak/{}", order[1])));
}

#[test]
fn one_who_is_muted_while_it_asks_is_not_called_again() {
    let mut played = opened(&["ada", "bob"]);
    let head = turn(&played).unwrap();
    played.call(&head);
    played.tell(Outcome::Muted { member: head.member.clone(), muted: true, at: Timestamp(7) });
    played.end(&head, say("[[request: how wide]]"));
    played.play_until("r1/rebuttal", plain);
    assert_eq!(
        played
            .turns_called()
            .iter()
            .filter(|id| id.contains(head.member.as_str()) && id.starts_with("r1/speak"))
            .count(),
        1
    );
}

#[test]
fn what_was_asked_before_a_turn_failed_is_kept_and_counts() {
    let mut played = opened(&["ada", "bob"]);
    let action = turn(&played).unwrap();
    played.call(&action);
    let at = played.now();
    let asked = vec![Asked { question: "how wide".into(), finding: finding("how wide") }];
    let answer = Err(table::failure(FailureKind::Trap));
    played.tell(Outcome::Ended { action: action.id.clone(), answer, spent: Spent::default(), asked, at });
    assert_eq!(played.debate.digest().lookups.len(), 1);
    assert_eq!(played.debate.requests_left(&action.member), 2);
    assert_eq!(posted(&played, MessageKind::Finding).len(), 1);
}

#[test]
fn a_failure_that_a_model_worked_on_counts() {
    let mut played = opened(&["ada", "bob"]);
    let first = played.play(|_| say("[[request: how wide]]"));
    let lookup = lookups(&played).remove(0);
    played.call(&lookup);
    let worked = Finding { rounds: 10, ..Finding::failed("the model made no sense") };
    played.end(&lookup, Ok(Answer::Found(Box::new(worked))));
    assert_eq!(played.debate.requests_left(&first.member), 2);
}

#[test]
fn consent_is_a_fact() {
    let mut played = opened(&["ada"]);
    assert!(played.debate.is_assisted());
    played.tell(Outcome::Consented { assisted: false, at: Timestamp(7) });
    assert!(!played.debate.is_assisted());
    let before = played.log.len();
    played.tell(Outcome::Consented { assisted: false, at: Timestamp(8) });
    assert_eq!(played.log.len(), before, "the same again is no event");
}

#[test]
fn a_provider_that_is_down_pauses_a_debate_in_which_only_one_may_speak() {
    let mut played = opened(&["ada", "bob"]);
    let order: Vec<MemberName> = played.debate.seating().to_vec();
    played.tell(Outcome::Muted { member: order[1].clone(), muted: true, at: Timestamp(7) });
    played.play(|_| Err(table::failure(FailureKind::HostFault)));
    assert!(played.debate.is_paused());
}

#[test]
fn muting_everybody_ends_the_debate_by_itself() {
    let mut played = opened(&["ada"]);
    let at = Timestamp(7);
    played.tell(Outcome::Muted { member: name("ada"), muted: true, at });
    played.play_until("", plain);
    assert!(played.debate.is_over());
    assert_eq!(played.debate.digest().stop.unwrap().reason, "nothing-new");
}

#[test]
fn caps_are_set_at_opening_and_can_be_raised_while_it_waits() {
    let caps = Caps { max_tokens: Some(10), ..Caps::default() };
    let mut played = Played::open(grounded(&["ada"], 1, Rules { caps, ..Rules::default() }));
    assert_eq!(played.debate.caps(), caps);
    let at = Timestamp(7);
    played.tell(Outcome::Paused { reason: PauseReason::Cap("10 tokens".into()), at });
    let ran = played.debate.ran();
    let more = Caps { max_tokens: Some(99), max_minutes: Some(5), ..Caps::default() };
    let later = Timestamp(at.0 + 3_600_000);
    played.tell(Outcome::Capped { caps: more, at: later });
    played.tell(Outcome::Resumed { at: later });
    assert_eq!((played.debate.caps(), played.debate.is_paused()), (more, false));
    assert_eq!(played.debate.ran(), ran, "the time in which it waited does not count");
}
