//! Random legal outcomes, whole debates of them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod table;

use amatelier_debate::{
    Action, Answer, Debate, Ending, Event, Moderation, Outcome, PauseReason, Rules, Seat, StopReason, Task,
};
use amatelier_types::{Failure, FailureKind, Intervention, MemberName, Move, Phase, Verdict};
use proptest::prelude::*;
use table::{Counts, Played, ballot, failure, grounded, plain, setup};

/// What one call of the driver does.
#[derive(Clone, Debug)]
enum Die {
    Plain,
    Same,
    Pass,
    Ask,
    Fail(FailureKind),
    Strange,
    Converge,
    Meddle(u8),
    BadMarks,
    OtherMarks,
    PauseFirst,
    Stop,
}

fn die() -> impl Strategy<Value = Die> {
    prop_oneof![
        12 => Just(Die::Plain),
        3 => Just(Die::Same),
        4 => Just(Die::Pass),
        4 => Just(Die::Ask),
        1 => Just(Die::Fail(FailureKind::Trap)),
        1 => Just(Die::Fail(FailureKind::Limit)),
        2 => Just(Die::Fail(FailureKind::HostFault)),
        1 => Just(Die::Strange),
        1 => Just(Die::Converge),
        3 => (0..5u8).prop_map(Die::Meddle),
        1 => Just(Die::BadMarks),
        3 => Just(Die::OtherMarks),
        1 => Just(Die::PauseFirst),
        1 => Just(Die::Stop),
    ]
}

fn answer(action: &Action, die: &Die, workers: &[MemberName]) -> Result<Answer, Failure> {
    let anybody = |at: u8| workers[at as usize % workers.len()].to_string();
    match (die, &action.task) {
        (Die::Fail(kind), _) => Err(failure(*kind)),
        (Die::Strange, Task::Turn(_)) => Ok(Answer::Summarised("a turn is no summary".into())),
        (Die::Same, Task::Turn(_)) => {
            Ok(Answer::Moved(Move::Say(format!("{} repeats itself", action.member))))
        }
        (Die::Ask, Task::Turn(_)) => Ok(Answer::Moved(Move::Say(format!(
            "{} asks in {}: [[request: how wide]] [[request: how deep]]",
            action.member, action.id
        )))),
        (Die::Ask, Task::Moderate { .. }) => {
            table::intervene(vec![Intervention::Remark { text: "[[request: sonnet: how wide]]".into() }])
        }
        (Die::Pass, Task::Turn(_)) => Ok(Answer::Moved(Move::Pass)),
        (Die::Converge, Task::Rule { .. }) => Ok(Answer::Ruled(Verdict::Converged("done".into()))),
        (Die::Meddle(what), Task::Moderate { .. }) => {
            let (member, reason) = (anybody(*what), "because".to_owned());
            table::intervene(vec![match what {
                0 => Intervention::Gate { member, reason },
                1 => Intervention::Halt { member, reason },
                2 => Intervention::Sanction { member, offence: "redundancy".into(), reason },
                3 => Intervention::Redirect { member: "nobody".into(), reason },
                _ => Intervention::Remark { text: reason },
            }])
        }
        (Die::BadMarks, Task::Score { labels, .. }) => Ok(Answer::Scored(ballot(&labels.labels(), 9))),
        (Die::OtherMarks, Task::Score { labels, .. }) => Ok(Answer::Scored(ballot(&labels.labels(), 3))),
        _ => plain(action),
    }
}

/// Play to the end with these dice, then plainly; the log, with every pause resumed.
fn play(workers: usize, seed: u64, rules: Rules, steward: bool, dice: &[Die]) -> Played {
    let names: Vec<String> = (0..workers).map(|n| format!("w{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let setup = if steward { grounded(&names, seed, rules) } else { setup(&names, seed, rules) };
    let mut played = Played::open(setup);
    let members: Vec<MemberName> = names.iter().map(|name| name.parse().unwrap()).collect();
    let mut dice = dice.iter();
    for _ in 0..2000 {
        if played.debate.is_over() {
            // Scored again, by the same rubric or by others, while there are dice left.
            let aborted = played.debate.stop().is_some_and(|stop| stop.reason == StopReason::Aborted);
            let (Some(die), false) = (dice.next(), aborted) else { return played };
            let component = ["scripted", "other", "third"][played.log.len() % 3];
            let rubric =
                Seat { component: component.into(), ..table::seat("rubric", amatelier_types::Role::Rubric) };
            let (official, double) = (matches!(die, Die::Pass), matches!(die, Die::Plain | Die::Ask));
            let at = played.now();
            played.tell(Outcome::Rescored { rubric: Box::new(rubric), official, double, at });
            assert!(!played.debate.is_over());
        }
        if played.debate.is_paused() {
            let at = played.now();
            played.tell(Outcome::Resumed { at });
            assert!(!played.debate.is_paused());
            continue;
        }
        let actions = played.debate.next();
        assert!(!actions.is_empty(), "no action, and neither over nor paused");
        let die = dice.next().unwrap_or(&Die::Plain);
        let at = played.now();
        match die {
            Die::PauseFirst => played.tell(Outcome::Paused { reason: PauseReason::Operator, at }),
            Die::Stop if seed.is_multiple_of(4) => played.tell(Outcome::Stopped { at }),
            _ => {
                // In any order where several run side by side: the order of arrival must not matter.
                let place = (seed as usize + played.log.len()) % actions.len();
                let action = actions[place].clone();
                played.call(&action);
                let answer = answer(&action, die, &members);
                played.end(&action, answer);
            }
        }
    }
    panic!("a debate that never ends");
}

fn rules() -> impl Strategy<Value = Rules> {
    let moderation =
        prop_oneof![Just(Moderation::PerPhase), Just(Moderation::PerMessage), Just(Moderation::GateOnly)];
    (1..4u32, 0..4u32, moderation, 0..3u32, 0..4u32, any::<bool>()).prop_map(
        |(max_rounds, floor_turns, moderation, gate_bonuses, requests, double_score)| Rules {
            max_rounds,
            floor_turns,
            moderation,
            gate_bonuses,
            requests,
            double_score,
            ..Rules::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_debate_ends_and_keeps_the_rules(
        workers in 1..6usize, seed in 0..50u64, rules in rules(), steward in any::<bool>(),
        dice in prop::collection::vec(die(), 0..120),
    ) {
        let played = play(workers, seed, rules.clone(), steward, &dice);
        let (debate, log) = (&played.debate, &played.log);
        let digest = debate.digest();

        // The transcript has no gaps, and nothing is posted after the end.
        for (place, posted) in debate.transcript().iter().enumerate() {
            prop_assert_eq!(posted.message.seq as usize, place + 1);
        }
        prop_assert!(debate.stop().is_some());

        // Budgets: what was contributed on the floor is what was spent, and never more than there was.
        let mut floor = Counts::new();
        for line in &digest.transcript {
            if line.phase == Phase::Floor && line.kind == amatelier_types::MessageKind::Speech {
                *floor.entry(line.agent.clone()).or_default() += 1;
            }
        }
        for (member, budget) in &digest.budget_usage {
            prop_assert_eq!(budget.spent, floor.get(member).copied().unwrap_or(0));
            prop_assert!(budget.spent <= rules.floor_turns && budget.spent + budget.remaining == rules.floor_turns);
        }
        prop_assert!(digest.gate_bonuses.len() <= rules.gate_bonuses as usize);
        prop_assert!(digest.rounds <= rules.max_rounds);

        // Every worker called into a speak or rebuttal phase finishes exactly one turn of it; a failure is a finish.
        let mut phase: Option<(Phase, Vec<MemberName>)> = None;
        let (mut finished, mut deferred): (Vec<MemberName>, Vec<MemberName>) = (Vec::new(), Vec::new());
        let mut cut = false;
        for event in log {
            match event {
                Event::PhaseBegan { phase: next, order, .. } => {
                    if let (Some((Phase::Speak | Phase::Rebuttal, order)), false) = (&phase, cut) {
                        // Those who asked first speak last; the others keep their order.
                        let mut kept = order.clone();
                        kept.retain(|name| !deferred.contains(name));
                        prop_assert_eq!(finished.get(..kept.len()), Some(&kept[..]), "in the order of the phase");
                        prop_assert_eq!(finished.len(), order.len(), "each once");
                    }
                    phase = Some((*next, order.clone()));
                    finished.clear();
                    deferred.clear();
                    cut = false;
                }
                Event::TurnFinished { member, ending: Ending::Deferred, .. } => deferred.push(member.clone()),
                Event::TurnFinished { member, action, .. }
                    if !action.as_str().contains("moderate") && !action.as_str().starts_with("lookup/") => finished.push(member.clone()),
                Event::RoundtableClosed { .. } => cut = true,
                _ => {}
            }
        }

        // Nobody asks more than it may, and every request that was taken is answered and given unless the debate was cut short.
        let mut asked = Counts::new();
        for lookup in digest.lookups.iter().filter(|lookup| !lookup.free && lookup.outcome != "failed") {
            *asked.entry(lookup.agent.clone()).or_default() += 1;
        }
        prop_assert!(asked.values().all(|asked| *asked <= rules.requests));
        if matches!(debate.stop().unwrap().reason, StopReason::Converged | StopReason::MaxRounds | StopReason::NothingNew) {
            let judge = debate.setup().judge.name.clone();
            prop_assert!(digest.lookups.iter().all(|lookup| lookup.seq.is_some() || lookup.agent == judge));
        }

        // The first marks settle it, and then others' only when they are made official; whoever has marks shows them.
        let mut official: Option<String> = None;
        for event in log {
            if let Event::Scored { scores, official: settles, .. } = event {
                prop_assert!(*settles || official.as_ref().is_some_and(|own| *own != scores.rubric));
                official = if *settles { Some(scores.rubric.clone()) } else { official };
            }
        }
        prop_assert_eq!(&digest.scoring.rubric, &official);
        prop_assert_eq!(official.is_some(), digest.scoring_status == "complete");
        let marked: std::collections::BTreeSet<&String> = log.iter().filter_map(|event| match event {
            Event::Scored { scores, .. } => Some(&scores.rubric),
            _ => None,
        }).collect();
        let shown = digest.other_scores.iter().filter(|other| !other.scores.is_empty()).map(|other| &other.rubric);
        prop_assert_eq!(shown.chain(&official).collect::<std::collections::BTreeSet<_>>(), marked);

        // A benched member is never called again.
        let mut benched = Vec::new();
        for event in log {
            match event {
                Event::MemberBenched { member, .. } => benched.push(member.clone()),
                Event::TurnCalled { member, .. } => prop_assert!(!benched.contains(member)),
                _ => {}
            }
        }
    }

    #[test]
    fn the_log_is_the_debate(
        workers in 1..6usize, seed in 0..50u64, rules in rules(), steward in any::<bool>(),
        dice in prop::collection::vec(die(), 0..120),
    ) {
        let played = play(workers, seed, rules.clone(), steward, &dice);
        let digest = played.debate.digest();
        let once = Debate::from_events(&played.log).unwrap();
        prop_assert_eq!(&once.digest(), &digest);
        // Through its serialised form, too.
        let text = serde_json::to_string(&played.log).unwrap();
        let read: Vec<Event> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &played.log);
        prop_assert_eq!(Debate::from_events(&read).unwrap().digest(), digest.clone());
        // Cut anywhere, the fold has a next action, waits, or is over: that is what a resume starts from.
        let cut = dice.len() % played.log.len().max(1);
        let prefix = Debate::from_events(&played.log[..=cut]).unwrap();
        prop_assert_eq!(prefix.transcript().len(), played.log[..=cut].iter().filter(|e| matches!(e, Event::MessagePosted(_))).count());
        // The same dice give the same debate.
        prop_assert_eq!(play(workers, seed, rules, steward, &dice).debate.digest(), digest);
    }
}
