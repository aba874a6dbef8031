//! The rules of a debate, one by one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod table;

use amatelier_debate::{
    Answer, CallRights, Called, Event, Extras, Moderation, Outcome, PauseReason, Rules, Setup, StopReason,
    Task,
};
use amatelier_types::{Capability, FailureKind, Intervention, Move, Phase, Sha256, Timestamp, Verdict};
use table::{Played, failure, grounded, intervene, name, plain, setup};

fn phases(played: &Played, phase: &str) -> Vec<String> {
    let own = |id: &&str| id.split('/').nth(1) == Some(phase);
    played.turns_called().into_iter().filter(own).map(str::to_owned).collect()
}

#[test]
fn a_whole_debate_runs_its_rounds_and_is_scored() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("", plain);
    assert!(played.debate.is_over());
    let digest = played.debate.digest();
    assert_eq!((digest.rounds, digest.scoring_status.as_str()), (3, "complete"));
    assert_eq!(digest.stop.unwrap().reason, "max-rounds");
    assert_eq!(digest.scoring.scores.len(), 2);
    // 3 rounds of speak and rebuttal, and 3 floor turns for the whole debate.
    assert_eq!(digest.contributions.values().sum::<u32>(), 2 * (3 * 2 + 3));
    assert_eq!(digest.budget_usage[&name("ada")].remaining, 0);
    assert_eq!(digest.stability_jaccard.keys().copied().collect::<Vec<_>>(), [2, 3]);
    let sums =
        played.texts().iter().filter(|text| text.starts_with("ROUND") && text.contains("SUMMARY:")).count();
    assert_eq!(sums, 2, "no summary after the last round");
}

#[test]
fn rebuttals_are_reversed_and_the_first_speaker_moves_to_the_end() {
    let mut played = Played::open(setup(&["ada", "bob", "cy"], 5, Rules::default()));
    played.play_until("", plain);
    let of = |ids: &[String], round: u32| -> Vec<String> {
        let own = ids.iter().filter(|id| id.starts_with(&format!("r{round}/")));
        own.map(|id| id.rsplit('/').next().unwrap().to_owned()).collect()
    };
    let (speak, rebuttal) = (phases(&played, "speak"), phases(&played, "rebuttal"));
    let first = of(&speak, 1);
    for round in 1..=3 {
        let order = of(&speak, round);
        let mut expected = first.clone();
        expected.rotate_left(round as usize - 1);
        assert_eq!(order, expected);
        let mut reversed = order;
        reversed.reverse();
        assert_eq!(of(&rebuttal, round), reversed);
    }
}

#[test]
fn who_bought_the_first_place_has_it() {
    for seed in 0..10 {
        let mut setup = setup(&["ada", "bob", "cy", "dee"], seed, Rules::default());
        setup.first_speaker = Some(name("cy"));
        let played = Played::open(setup);
        assert_eq!(played.debate.next().first().unwrap().member, name("cy"));
    }
}

#[test]
fn a_converged_gate_ends_the_debate_before_the_floor() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("r1/gate", plain);
    played.play(|_| Ok(Answer::Ruled(Verdict::Converged("the tunnel is out".into()))));
    let digest = played.debate.digest();
    assert!(digest.converged);
    assert_eq!(digest.convergence_reason.as_deref(), Some("the tunnel is out"));
    assert!(phases(&played, "floor").is_empty());
    assert_eq!(played.texts().last(), Some(&"CONVERGED: the tunnel is out"));
    assert!(matches!(played.debate.next().first().unwrap().task, Task::Score { .. }));
}

#[test]
fn a_gate_that_fails_proceeds() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("r1/gate", plain);
    played.play(|_| Err(failure(FailureKind::GuestError)));
    assert!(played.debate.next().first().unwrap().id.as_str().starts_with("r1/floor/"));
}

#[test]
fn a_pass_drops_a_worker_from_the_floor_and_keeps_its_budget() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("", |action| match &action.task {
        Task::Turn(turn) if turn.phase == Phase::Floor && action.member == name("ada") => {
            Ok(Answer::Moved(Move::Pass))
        }
        Task::Turn(turn) if turn.phase == Phase::Floor && action.member == name("bob") && turn.round == 2 => {
            Err(failure(FailureKind::Trap))
        }
        _ => plain(action),
    });
    let digest = played.debate.digest();
    assert_eq!(digest.budget_usage[&name("ada")].remaining, 3);
    assert_eq!(digest.budget_usage[&name("bob")].remaining, 0);
    let bob = phases(&played, "floor").into_iter().filter(|id| id.contains("bob")).collect::<Vec<_>>();
    assert_eq!(
        bob,
        ["r1/floor/bob", "r1/floor/bob/2", "r1/floor/bob/3"],
        "three laps of round 1 use the budget up"
    );
}

#[test]
fn two_failures_in_a_row_bench_and_a_majority_benched_aborts() {
    let failing = |who: &'static [&'static str]| {
        move |action: &amatelier_debate::Action| {
            if who.contains(&action.member.as_str()) {
                Err(failure(FailureKind::Trap))
            } else {
                plain(action)
            }
        }
    };
    let mut played = Played::open(setup(&["ada", "bob", "cy"], 1, Rules::default()));
    played.play_until("", failing(&["ada"]));
    let digest = played.debate.digest();
    assert_eq!(digest.stop.unwrap().reason, "max-rounds");
    assert_eq!(digest.benched.keys().collect::<Vec<_>>(), [&name("ada")]);
    assert_eq!(played.turns_called().iter().filter(|id| id.ends_with("/ada")).count(), 2);
    assert_eq!(
        played
            .texts()
            .iter()
            .filter(|text| **text == "TURN FAILED: ada — trap: as the test wants it")
            .count(),
        2
    );

    let mut played = Played::open(setup(&["ada", "bob", "cy"], 1, Rules::default()));
    played.play_until("", failing(&["ada", "bob"]));
    assert_eq!(played.debate.stop().unwrap().reason, StopReason::Aborted);
    assert_eq!(played.debate.digest().scoring_status, "unscored");

    let mut played = Played::open(setup(&["ada", "bob", "cy"], 1, Rules::default()));
    played.play_until("", failing(&["judge"]));
    assert_eq!(played.debate.stop().unwrap().reason, StopReason::Aborted, "nobody judges");
}

#[test]
fn a_success_between_two_failures_forgives() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("", |action| match &action.task {
        Task::Turn(turn) if turn.phase == Phase::Speak && action.member == name("ada") => {
            Err(failure(FailureKind::Limit))
        }
        _ => plain(action),
    });
    assert!(played.debate.digest().benched.is_empty());
}

#[test]
fn host_faults_bench_nobody_and_a_phase_of_them_pauses_the_debate() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("r1/rebuttal/x", |action| match &action.task {
        Task::Turn(turn) if turn.phase == Phase::Rebuttal => Err(failure(FailureKind::HostFault)),
        _ => plain(action),
    });
    assert!(played.debate.is_paused() && played.debate.next().is_empty());
    assert!(played.debate.digest().benched.is_empty());
    played.tell(Outcome::Resumed { at: amatelier_types::Timestamp(9) });
    let again = played.debate.next();
    assert!(again.first().unwrap().id.as_str().ends_with("~2"), "{again:?}");
    played.play_until("", plain);
    assert_eq!(played.debate.digest().stop.unwrap().reason, "max-rounds");
}

#[test]
fn saying_nothing_new_ends_the_debate() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("", |action| match &action.task {
        Task::Turn(turn) if turn.round == 2 && turn.phase == Phase::Speak => Ok(Answer::Moved(Move::Pass)),
        Task::Turn(turn) if turn.phase != Phase::Floor => {
            Ok(Answer::Moved(Move::Say(format!("{} stays put", action.member))))
        }
        Task::Turn(_) => Ok(Answer::Moved(Move::Pass)),
        _ => plain(action),
    });
    assert_eq!(played.debate.stop().unwrap().reason, StopReason::NothingNew);
    assert_eq!(played.debate.round(), 2);
}

#[test]
fn research_turns_run_side_by_side_and_are_posted_in_order() {
    let posted = |reversed: bool| {
        let mut played = Played::open(grounded(&["ada", "bob", "cy"], 3, Rules::default()));
        let mut actions = played.debate.next();
        assert_eq!(actions.len(), 3);
        actions.iter().for_each(|action| played.call(action));
        if reversed {
            actions.reverse();
        }
        actions.iter().for_each(|action| {
            let answer =
                if action.member == name("bob") { Err(failure(FailureKind::Trap)) } else { plain(action) };
            played.end(action, answer);
        });
        assert_eq!(played.debate.round(), 1);
        let texts = played.debate.transcript().iter().map(|posted| posted.message.clone());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(posted(false), posted(true));
}

#[test]
fn a_request_tag_is_answered_without_deferral() {
    let mut played = Played::open(setup(&["ada"], 1, Rules::default()));
    played.play(|_| {
        Ok(Answer::Moved(Move::Say("Before I speak: [[request: value of width in river.json]]".into())))
    });
    let texts = played.texts();
    assert!(
        texts.contains(&"Steward not available: ada asked for \"value of width in river.json\""),
        "{texts:?}"
    );
    assert_ne!(played.debate.next().first().unwrap().id.as_str(), "r1/speak/ada");
}

#[test]
fn interventions_are_facts_and_are_posted_in_their_forms() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    played.play_until("r1/moderate/speak", plain);
    let note = |member: &str, reason: &str| (member.to_owned(), reason.to_owned());
    let ((m1, r1), (m2, r2), (m3, r3)) =
        (note("ada", "sharp"), note("Bob", "back to the river"), note("zoe", "who"));
    let action = played.play(|_| {
        intervene(vec![
            Intervention::Gate { member: m1, reason: r1 },
            Intervention::Redirect { member: m2, reason: r2 },
            Intervention::Gate { member: m3, reason: r3 },
            Intervention::Sanction {
                member: "bob".into(),
                offence: "redundancy".into(),
                reason: "again".into(),
            },
            Intervention::Halt { member: "bob".into(), reason: "enough".into() },
            Intervention::Remark { text: "go on".into() },
        ])
    });
    assert!(matches!(action.task, Task::Moderate { .. }), "{action:?}");
    let texts = played.texts();
    for expected in [
        "GATE: ada — sharp",
        "REDIRECT bob: back to the river",
        "An intervention of the judge was dropped: \"zoe\" is no worker of this debate",
        "SANCTION bob (redundancy): again",
        "HALT bob: enough",
        "REMARK: go on",
    ] {
        assert!(texts.contains(&expected), "{expected} is not in {texts:?}");
    }
    played.play_until("r2/gate", plain);
    let digest = played.debate.digest();
    assert_eq!((digest.gate_bonuses.len(), digest.sanctions.len(), digest.judge_interventions), (1, 1, 5));
    assert!(!played.turns_called().contains(&"r1/rebuttal/bob"), "bob sits the rest of round 1 out");
    assert!(played.turns_called().contains(&"r2/speak/bob"));
}

#[test]
fn bought_floor_turns_come_on_top_and_only_for_their_owner() {
    let mut setup = setup(&["ada", "bob"], 1, Rules { floor_turns: 1, max_rounds: 1, ..Rules::default() });
    setup.extras.insert(name("bob"), Extras { floor_turns: 2, requests: 0 });
    let mut played = Played::open(setup);
    assert!(played.texts().iter().any(|text| text.ends_with("BUDGET STATUS: ada=1, bob=3")));
    played.play_until("", plain);
    let floor = |member: &str| phases(&played, "floor").iter().filter(|id| id.contains(member)).count();
    assert_eq!((floor("/ada"), floor("/bob")), (1, 3));
    let budgets = played.debate.digest().budget_usage;
    let told = |member: &str| {
        let budget = budgets[&name(member)];
        (budget.starting_budget, budget.spent, budget.remaining)
    };
    assert_eq!((told("ada"), told("bob")), ((1, 1, 0), (3, 3, 0)));
}

#[test]
fn what_a_turn_may_read_is_fixed_when_it_is_called() {
    let mut played = Played::open(setup(&["ada"], 1, Rules::default()));
    let action = played.debate.next().remove(0);
    let component = Some(Sha256::of(b"component"));
    played.tell(Outcome::Called {
        action: action.id.clone(),
        component,
        ledger: 17,
        rights: None,
        at: Timestamp(1),
    });
    let heard = played.debate.transcript().len() as u32;
    assert_eq!(
        played.debate.called(&action.id),
        Some(Called { component, heard, ledger: 17, rights: None, is_curtailed: false })
    );
    let read: Vec<Event> = serde_json::from_str(&serde_json::to_string(&played.log).unwrap()).unwrap();
    assert_eq!(read, played.log);
    played.end(&action, plain(&action));
    assert_eq!(played.debate.called(&action.id), None);
}

#[test]
fn an_old_setup_reads_and_writes_as_it_did() {
    let text = serde_json::to_string(&setup(&["ada"], 1, Rules::default())).unwrap();
    for new in ["extras", "double_score", "skills", "advice", "allow"] {
        assert!(!text.contains(new), "{new} is written only where there is something to say");
    }
    let read: Setup = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn moderation_follows_its_policy() {
    let count = |moderation| {
        let mut played =
            Played::open(setup(&["ada", "bob"], 1, Rules { moderation, max_rounds: 1, ..Rules::default() }));
        played.play_until("", plain);
        phases(&played, "moderate").len()
    };
    assert_eq!(count(Moderation::GateOnly), 0);
    assert_eq!(count(Moderation::PerPhase), 2);
    assert_eq!(count(Moderation::PerMessage), 2 + 2 + 6);
}

#[test]
fn gates_beyond_the_limit_earn_nothing() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules { gate_bonuses: 1, ..Rules::default() }));
    played.play_until("", |action| match action.task {
        Task::Moderate { .. } => {
            intervene(vec![Intervention::Gate { member: "ada".into(), reason: "good".into() }])
        }
        _ => plain(action),
    });
    assert_eq!(played.debate.digest().gate_bonuses.len(), 1);
}

#[test]
fn refused_scores_are_asked_for_once_more_with_the_reason() {
    let mut played = Played::open(setup(&["ada"], 1, Rules { max_rounds: 1, ..Rules::default() }));
    played.play_until("score", plain);
    let bad = |action: &amatelier_debate::Action| match &action.task {
        Task::Score { labels, .. } => Ok(Answer::Scored(table::ballot(&labels.labels(), 7))),
        _ => plain(action),
    };
    played.play(bad);
    let again = played.debate.next();
    let Task::Score { retry_note: Some(note), .. } = &again.first().unwrap().task else {
        panic!("{again:?}")
    };
    assert!(note.contains("7 is not on the scale"), "{note}");
    played.play(bad);
    assert!(played.debate.is_over());
    assert_eq!(played.debate.digest().scoring_status, "unscored");
}

#[test]
fn an_operator_can_pause_and_stop_and_strange_outcomes_change_nothing() {
    let mut played = Played::open(setup(&["ada", "bob"], 1, Rules::default()));
    let action = played.debate.next().remove(0);
    played.end(&action, plain(&action));
    assert_eq!(
        played.debate.next().first(),
        Some(&action),
        "an answer to an action that was not called is no answer"
    );
    let at = amatelier_types::Timestamp(1);
    played.tell(Outcome::Paused { reason: PauseReason::Operator, at });
    assert!(played.debate.next().is_empty());
    played.tell(Outcome::Resumed { at });
    assert_eq!(played.debate.next().first(), Some(&action));
    played.tell(Outcome::Stopped { at });
    assert_eq!(played.debate.stop().unwrap().reason, StopReason::Operator);
    let length = played.log.len();
    played.tell(Outcome::Stopped { at });
    assert_eq!(played.log.len(), length);
}

#[test]
fn a_turn_that_was_interrupted_goes_on_with_what_is_left_of_its_rights() {
    let mut played = Played::open(setup(&["ada"], 1, Rules::default()));
    let action = played.debate.next().remove(0);
    let rights = |list: &[Capability]| list.iter().map(|capability| (*capability, None)).collect();
    let (all, less): (CallRights, CallRights) =
        (rights(&[Capability::LlmComplete, Capability::Notebook]), rights(&[Capability::Notebook]));
    let curtailed = |rights: &CallRights| Outcome::Curtailed {
        action: action.id.clone(),
        rights: rights.clone(),
        at: Timestamp(2),
    };
    assert!(played.debate.decide(curtailed(&less)).is_empty(), "it was not called yet");
    played.tell(Outcome::Called {
        action: action.id.clone(),
        component: None,
        ledger: 0,
        rights: Some(all.clone()),
        at: Timestamp(1),
    });
    assert!(played.debate.decide(curtailed(&all)).is_empty(), "nothing was taken");
    played.tell(curtailed(&less));
    let called = played.debate.called(&action.id).unwrap();
    assert_eq!((called.rights, called.is_curtailed), (Some(less), true));
    let read: Vec<Event> = serde_json::from_str(&serde_json::to_string(&played.log).unwrap()).unwrap();
    assert_eq!(read, played.log);
}
