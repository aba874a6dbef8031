//! The tables that people query follow from the events alone.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use amatelier_debate::{Answer, Ballot, Debate, Event, Outcome, Pinned, Rules, Seat, Setup, Spent, Task};
use amatelier_engine::views::{MIGRATIONS, projections};
use amatelier_journal::{Commit, Journal, NewEvent, Options, rusqlite::Connection};
use amatelier_types::{
    Axis, Failure, FailureKind, Mark, MemberName, Move, Role, RoundtableId, Scorecard, Seed, Sha256,
    Timestamp, Verdict,
};
use proptest::prelude::*;

fn seat(name: &str, role: Role) -> Seat {
    Seat {
        name: name.parse().unwrap(),
        role,
        tagline: String::new(),
        component: "scripted".into(),
        provider: "rehearsal".into(),
        label: "sonnet".into(),
        model: "rehearsal".into(),
        pinned: Pinned::default(),
    }
}

fn setup(number: u8, seed: u64) -> Setup {
    Setup {
        id: RoundtableId::from_random([number; 6]),
        topic: format!("Question {number}"),
        briefing: "A briefing.".into(),
        seed: Seed(seed),
        mode: "rehearsal".into(),
        workers: vec![seat("ada", Role::Worker), seat("bob", Role::Worker)],
        judge: seat("judge", Role::Judge),
        rubric: Some(seat("rubric", Role::Rubric)),
        steward: None,
        first_speaker: None,
        store: Vec::new(),
        extras: std::collections::BTreeMap::new(),
        rules: Rules { max_rounds: 2, ..Rules::default() },
        notices: vec![],
        opened_at: Timestamp(i64::from(number) * 1000),
    }
}

fn answer(task: &Task, die: u8) -> Result<Answer, Failure> {
    let axis = Axis {
        id: "impact".into(),
        name: "Impact".into(),
        description: String::new(),
        scale: vec![0, 1, 2, 3, 10],
    };
    let card = |member: MemberName| Scorecard {
        member: member.to_string(),
        marks: vec![Mark {
            axis: "impact".into(),
            value: u32::from(die % 4),
            because: "it did".into(),
            evidence: Vec::new(),
        }],
        insights: vec![],
    };
    match (task, die) {
        (_, 0..8) => Err(Failure::new(FailureKind::Trap, "as the dice want it")),
        (Task::Turn(_), 8..40) => Ok(Answer::Moved(Move::Pass)),
        (Task::Turn(turn), _) => {
            Ok(Answer::Moved(Move::Say(format!("speech {die} of round {} in {}", turn.round, turn.phase))))
        }
        (Task::Lookup { .. }, _) => Ok(Answer::Found(Box::new(amatelier_types::Finding::failed("nobody")))),
        (Task::Moderate { .. }, _) => Ok(Answer::Moderated(vec![])),
        (Task::Rule { .. }, 8..40) => Ok(Answer::Ruled(Verdict::Converged("settled".into()))),
        (Task::Rule { .. }, _) => Ok(Answer::Ruled(Verdict::Proceed("more".into()))),
        (Task::Summarise { .. }, _) => Ok(Answer::Summarised("so far".into())),
        (Task::Score { labels, .. }, _) => Ok(Answer::Scored(Ballot {
            axes: vec![axis],
            cards: labels.labels().into_iter().map(card).collect(),
        })),
    }
}

/// The events of a debate played with these dice, cut off where they end.
fn play(number: u8, seed: u64, dice: &[u8]) -> Vec<Vec<Event>> {
    let (mut debate, opened) = Debate::open(setup(number, seed));
    let mut steps = vec![opened];
    for die in dice {
        let at = Timestamp(i64::from(number) * 1000 + steps.len() as i64);
        let Some(action) = debate.next().into_iter().next() else {
            // It is over: scored again by one of three rubrics, unless it was aborted.
            let component = ["scripted", "other", "third"][usize::from(*die) % 3];
            let rubric = Seat { component: component.into(), ..seat("rubric", Role::Rubric) };
            let (official, double) = (die % 2 == 0, die % 5 == 0);
            let events = debate.decide(Outcome::Rescored { rubric: Box::new(rubric), official, double, at });
            if events.is_empty() {
                break;
            }
            events.iter().for_each(|event| debate.apply(event));
            steps.push(events);
            continue;
        };
        let component = Sha256::of(b"component");
        for outcome in [
            Outcome::Called {
                action: action.id.clone(),
                component: Some(component),
                ledger: 0,
                rights: None,
                at,
            },
            Outcome::Ended {
                action: action.id.clone(),
                answer: answer(&action.task, *die),
                spent: Spent::default(),
                asked: vec![],
                at,
            },
        ] {
            let events = debate.decide(outcome);
            events.iter().for_each(|event| debate.apply(event));
            steps.push(events);
        }
    }
    steps
}

/// Everything that people can query, as text.
fn tables(conn: &Connection) -> amatelier_journal::rusqlite::Result<Vec<String>> {
    let mut rows = Vec::new();
    for (table, columns) in [
        (
            "roundtables",
            "id, topic, status, participants, created_at, closed_at, seed, mode, stop_reason, rounds, last_pos",
        ),
        (
            "messages",
            "id, roundtable_id, agent_name, message, timestamp, seq, round, phase, kind, role, recipient",
        ),
        ("marks", "roundtable_id, rubric, member, axis, value, because, official"),
        ("scores", "id, roundtable_id, agent_name, total, reasoning"),
    ] {
        let sql = format!("SELECT json_array({columns}) FROM {table} ORDER BY 1");
        let mut select = conn.prepare(&sql)?;
        let found = select.query_map((), |row| row.get::<_, String>(0))?;
        for row in found {
            rows.push(format!("{table} {}", row?));
        }
    }
    Ok(rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rebuild_from_empty_equals_incremental(
        debates in prop::collection::vec((any::<u64>(), prop::collection::vec(any::<u8>(), 0..60)), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { durability: amatelier_journal::Durability::Process, ..Options::default() };
        let journal = Journal::open(&folder.path().join("roundtable.db"), options, &MIGRATIONS, projections()).unwrap();
        // Debates that run side by side: their steps take turns.
        let mut left: Vec<_> = debates
            .iter()
            .enumerate()
            .map(|(number, (seed, dice))| (number as u8, play(number as u8, *seed, dice).into_iter()))
            .collect();
        while !left.is_empty() {
            left.retain_mut(|(number, steps)| {
                let Some(events) = steps.next() else { return false };
                let stream = format!("roundtable/{}", RoundtableId::from_random([*number; 6]));
                let new = |event: &Event| NewEvent {
                    at: Timestamp(1),
                    actor: "host".into(),
                    kind: event.kind().into(),
                    version: Event::VERSION,
                    body: serde_json::to_vec(event).unwrap(),
                };
                journal.append(stream, None, events.iter().map(new).collect(), Commit::NoFsync).wait().unwrap();
                true
            });
        }
        let incremental = journal.read(tables).unwrap();
        for projection in projections() {
            journal.rebuild(projection.name()).wait().unwrap();
        }
        prop_assert_eq!(journal.read(tables).unwrap(), incremental.clone());
        prop_assert!(incremental.iter().any(|row| row.starts_with("messages ")));
        // One rubric settles a debate that has marks at all.
        let odd = "SELECT count(*) FROM (SELECT count(DISTINCT rubric) FILTER (WHERE official = 1) AS settled
                   FROM marks GROUP BY roundtable_id) WHERE settled <> 1";
        prop_assert_eq!(journal.read(|conn| conn.query_row(odd, (), |row| row.get::<_, u32>(0))).unwrap(), 0);
    }
}
