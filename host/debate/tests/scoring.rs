//! Ballots in opposite orders, scoring again, and what settles a debate.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod table;

use amatelier_debate::{Action, Answer, Ballot, Debate, Event, Labels, Outcome, Rules, Seat, Task};
use amatelier_types::{Failure, FailureKind, Insight, MemberName, Role};
use table::{Played, ballot, failure, name, plain, seat, setup};

const WORKERS: [&str; 3] = ["ada", "bob", "cy"];

/// A debate that waits for its marks.
fn closed(double_score: bool) -> Played {
    let rules = Rules { max_rounds: 1, double_score, ..Rules::default() };
    let mut played = Played::open(setup(&WORKERS, 3, rules));
    played.play_until("score", plain);
    played
}

fn labels(action: &Action) -> (&Labels, u32, Option<&str>) {
    let Task::Score { labels, ballot, retry_note } = &action.task else { panic!("{action:?}") };
    (labels, *ballot, retry_note.as_deref())
}

/// The members in the order in which a ballot shows them.
fn order(action: &Action) -> Vec<MemberName> {
    let labels = labels(action).0;
    labels.labels().iter().map(|label| labels.member(label.as_str()).unwrap().clone()).collect()
}

/// Cards that give members these marks, and 1 to everybody else.
fn cards(action: &Action, marks: &[(&str, u32)]) -> Ballot {
    let labels = labels(action).0;
    let mut cards = ballot(&labels.labels(), 1);
    for card in &mut cards.cards {
        let member = labels.member(&card.member).unwrap();
        for (_, value) in marks.iter().filter(|(marked, _)| *marked == member.as_str()) {
            card.marks[0].value = *value;
            card.marks[0].because = format!("{value} for {member}");
        }
    }
    cards
}

fn scored(marks: &[(&str, u32)]) -> impl FnOnce(&Action) -> Result<Answer, Failure> {
    move |action| Ok(Answer::Scored(cards(action, marks)))
}

fn rubric(component: &str) -> Box<Seat> {
    Box::new(Seat { component: component.into(), ..seat("rubric", Role::Rubric) })
}

fn again(played: &mut Played, component: &str, official: bool, double: bool) {
    let at = played.now();
    played.tell(Outcome::Rescored { rubric: rubric(component), official, double, at });
}

fn value(played: &Played, member: &str) -> u32 {
    let scores = played.debate.scores().unwrap();
    scores.cards.iter().find(|card| card.member == name(member)).unwrap().marks[0].value
}

fn survives(played: &Played) {
    assert_eq!(Debate::from_events(&played.log).unwrap().digest(), played.debate.digest());
}

#[test]
fn two_ballots_in_opposite_orders_that_agree_need_no_third() {
    let mut played = closed(true);
    let both = played.debate.next();
    assert_eq!(both.iter().map(|action| action.id.as_str()).collect::<Vec<_>>(), ["score", "score/ballot-2"]);
    let mut opposite = order(&both[0]);
    opposite.reverse();
    assert_eq!(order(&both[1]), opposite);
    // Side by side, and the second one is faster.
    played.call(&both[0]);
    played.call(&both[1]);
    for action in both.iter().rev() {
        played.end(action, Ok(Answer::Scored(cards(action, &[("bob", 3)]))));
    }
    assert!(played.debate.is_over());
    assert_eq!((value(&played, "ada"), value(&played, "bob")), (1, 3));
    let scoring = played.debate.digest().scoring;
    assert_eq!((scoring.ballots, scoring.notes), (2, vec![]));
    survives(&played);
}

#[test]
fn where_two_ballots_differ_a_third_decides_and_it_is_told() {
    let mut played = closed(true);
    let orders: Vec<_> = played.debate.next().iter().map(order).collect();
    played.play(scored(&[("ada", 2), ("bob", 0)]));
    played.play(scored(&[("ada", 3), ("bob", 0), ("cy", 3)]));
    let third = played.debate.next().remove(0);
    assert_eq!((third.id.as_str(), labels(&third).1), ("score/ballot-3", 3));
    assert!(!orders.contains(&order(&third)), "in an order of its own");
    played.play(scored(&[("ada", 3), ("bob", 2), ("cy", 0)]));
    assert_eq!((value(&played, "ada"), value(&played, "bob"), value(&played, "cy")), (3, 0, 1));
    let scoring = played.debate.digest().scoring;
    assert_eq!(scoring.ballots, 3);
    assert_eq!(
        scoring.notes,
        [
            "ada: impact was given 2, 3, 3 and counts 3",
            "bob: impact was given 0, 0, 2 and counts 0",
            "cy: impact was given 1, 3, 0 and counts 1",
        ]
    );
    assert_eq!(scoring.scores[0].reasoning, "impact: 3 for ada", "the reason of a ballot that gave it");
    survives(&played);
}

#[test]
fn a_ten_takes_its_insight_from_a_ballot_that_gave_it() {
    let mut played = closed(true);
    let seq = |played: &Played| {
        let speech = |author: &MemberName| *author == name("ada");
        played.debate.transcript().iter().find(|posted| speech(&posted.message.author)).unwrap().message.seq
    };
    let seq = seq(&played);
    let ten = |proof: Option<&'static str>| {
        move |action: &Action| {
            let mut given = cards(action, &[("ada", 10)]);
            let label = labels(action).0.label(&name("ada")).unwrap().clone();
            let card = given.cards.iter_mut().find(|card| card.member == label.as_str()).unwrap();
            card.insights.extend(proof.map(|after| Insight {
                axis: "impact".into(),
                quoted_seq: seq,
                before: "nothing".into(),
                after: after.into(),
            }));
            Ok(Answer::Scored(given))
        }
    };
    played.play(ten(None));
    played.play(ten(Some("second")));
    played.play(ten(Some("third")));
    assert_eq!(value(&played, "ada"), 10);
    let scoring = played.debate.digest().scoring;
    let insights: Vec<_> = scoring.scores[0].grand_insight.iter().map(|shift| shift.after.as_str()).collect();
    assert_eq!(insights, ["second"]);
    assert!(scoring.notes[0].starts_with("ballot 1: ada: impact counts 3"), "{:?}", scoring.notes);
    assert_eq!(scoring.notes[1], "ada: impact was given 3, 10, 10 and counts 10");
}

#[test]
fn every_ballot_has_a_retry_of_its_own_and_a_spoilt_one_leaves_the_debate_unscored() {
    let mut played = closed(true);
    let both = played.debate.next();
    both.iter().for_each(|action| played.call(action));
    played.end(&both[1], Ok(Answer::Scored(ballot(&labels(&both[1]).0.labels(), 7))));
    let next = played.debate.next();
    assert_eq!(
        next.iter().map(|action| action.id.as_str()).collect::<Vec<_>>(),
        ["score", "score/ballot-2~2"]
    );
    assert_eq!(labels(&next[0]).2, None, "the first ballot is not blamed for the second");
    assert!(labels(&next[1]).2.unwrap().contains("7 is not on the scale"));
    played.call(&next[1]);
    played.end(&next[1], Err(failure(FailureKind::Trap)));
    assert!(!played.debate.is_over(), "the other one is paid for, and waited for");
    played.end(&both[0], plain(&both[0]));
    assert!(played.debate.is_over());
    let scoring = played.debate.digest().scoring;
    assert_eq!((scoring.status.as_str(), scoring.scores.len()), ("unscored", 0));
    assert!(scoring.reason.unwrap().starts_with("ballot 2: "));
    survives(&played);
}

#[test]
fn ballots_with_other_axes_are_not_counted_together() {
    let mut played = closed(true);
    played.play(plain);
    played.play(|action| {
        let Ok(Answer::Scored(mut given)) = plain(action) else { panic!() };
        given.axes[0].id = "depth".into();
        given.cards.iter_mut().for_each(|card| card.marks[0].axis = "depth".into());
        Ok(Answer::Scored(given))
    });
    let scoring = played.debate.digest().scoring;
    assert_eq!(scoring.reason.as_deref(), Some("the rubric's axes were others in another ballot"));
}

#[test]
fn another_rubric_is_shown_beside_the_one_that_settled_the_debate() {
    let mut played = closed(false);
    played.play(scored(&[("ada", 2)]));
    let ran = played.debate.ran();
    played.clock += 1_000_000;
    again(&mut played, "evidence", false, false);
    let action = played.debate.next().remove(0);
    assert_eq!((action.id.as_str(), action.member.as_str()), ("score-2", "rubric"));
    assert_eq!(played.debate.seat(&action.member).unwrap().component, "evidence");
    assert_eq!(
        played.debate.rescoring().map(|(seat, official)| (seat.component.as_str(), official)),
        Some(("evidence", false))
    );
    played.play(scored(&[("ada", 0)]));
    assert!(played.debate.is_over());
    assert_eq!(value(&played, "ada"), 2);
    let digest = played.debate.digest();
    assert_eq!(
        (digest.scoring.rubric.as_deref(), digest.scoring_status.as_str()),
        (Some("scripted"), "complete")
    );
    let [other] = digest.other_scores.as_slice() else { panic!("{:?}", digest.other_scores) };
    assert_eq!((other.rubric.as_str(), other.model.as_deref()), ("evidence", Some("rehearsal")));
    assert_eq!(
        (other.scores[0].axes["impact"], other.axes.as_slice()),
        (0, ["impact".to_owned()].as_slice())
    );
    assert!(played.debate.ran() - ran < std::time::Duration::from_secs(60), "the days between do not count");
    survives(&played);
}

#[test]
fn what_settles_a_debate_is_the_first_rubric_until_another_is_made_official() {
    let mut played = closed(false);
    played.play(|_| Err(failure(FailureKind::HostFault)));
    assert!(played.debate.scores().is_none());
    // Nothing has settled it yet: whoever scores it now does.
    let mut scorings = Vec::new();
    for (component, official, settles) in [
        ("evidence", false, true),
        ("scripted", false, false),
        ("evidence", false, true),
        ("scripted", true, true),
        ("evidence", false, false),
    ] {
        again(&mut played, component, official, false);
        scorings.push(played.debate.next()[0].id.to_string());
        played.play(scored(&[("ada", 3)]));
        let Some(Event::Scored { scores, official, .. }) = played.log.last() else { panic!() };
        assert_eq!((scores.rubric.as_str(), *official), (component, settles), "{scorings:?}");
    }
    assert_eq!(scorings, ["score-2", "score-3", "score-4", "score-5", "score-6"]);
    let digest = played.debate.digest();
    assert_eq!(digest.scoring.rubric.as_deref(), Some("scripted"));
    assert_eq!(
        digest.other_scores.iter().map(|other| other.rubric.as_str()).collect::<Vec<_>>(),
        ["evidence"]
    );
    survives(&played);
}

#[test]
fn a_scoring_that_comes_to_nothing_takes_nothing_away() {
    let mut played = closed(false);
    played.play(scored(&[("ada", 2)]));
    again(&mut played, "scripted", true, false);
    played.play(|_| Err(failure(FailureKind::HostFault)));
    again(&mut played, "evidence", true, false);
    played.play(|_| Err(failure(FailureKind::HostFault)));
    let Some(Event::Unscored { official: false, rubric: Some(rubric), .. }) = played.log.last() else {
        panic!()
    };
    assert_eq!(rubric, "evidence");
    assert_eq!(value(&played, "ada"), 2);
    let digest = played.debate.digest();
    assert_eq!((digest.scoring.reason, digest.scoring_status.as_str()), (None, "complete"));
    assert!(
        digest.scoring.notes[0].starts_with("scoring again came to nothing: "),
        "{:?}",
        digest.scoring.notes
    );
    assert_eq!(
        (digest.other_scores[0].status.as_str(), digest.other_scores[0].scores.len()),
        ("unscored", 0)
    );
    survives(&played);
}

#[test]
fn a_scoring_that_is_under_way_goes_on_or_is_given_up_for_another() {
    let mut played = closed(false);
    again(&mut played, "evidence", false, true);
    assert!(
        !played.log.iter().any(|event| matches!(event, Event::Unscored { .. })),
        "it waits for marks as before"
    );
    let first = played.debate.next().remove(0);
    played.call(&first);
    again(&mut played, "evidence", false, false);
    assert_eq!(played.debate.called(&first.id), None, "its answer would be nobody's");
    played.end(&first, plain(&first));
    assert!(!played.debate.is_over());
    played.play(plain);
    assert!(played.debate.is_over());
    survives(&played);
}

#[test]
fn a_debate_that_runs_or_was_aborted_is_not_scored_again() {
    let mut played = Played::open(setup(&WORKERS, 3, Rules::default()));
    let length = played.log.len();
    again(&mut played, "evidence", false, false);
    assert_eq!(played.log.len(), length);
    played.play_until("", |_| Err(failure(FailureKind::Trap)));
    assert_eq!(played.debate.digest().stop.unwrap().reason, "aborted");
    let length = played.log.len();
    again(&mut played, "evidence", true, false);
    assert_eq!(played.log.len(), length);
}
