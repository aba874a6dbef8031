//! The rubric `evidence`, which asks no model.

use amatelier_bundle::World;
use amatelier_runtime::SpokenCitation;
use amatelier_types::Scorecard;

use crate::stage::{RUNTIME, Stage, name, speech, stage};

fn debate() -> Stage {
    let cited = |seq, line, verified| SpokenCitation {
        seq,
        member: name("grace"),
        file: "a.csv".into(),
        first_line: line,
        last_line: line,
        verified,
    };
    stage(World::Rubric, "evidence")
        .heard(vec![
            speech(1, "ada", "Lanterns need whale oil, and whale oil is dear."),
            speech(
                2,
                "grace",
                "I doubt Ada's oil: whale oil costs 4 coins (a.csv:2), because tallow is cheaper (a.csv:3).",
            ),
            speech(3, "ada", "Lanterns need whale oil, and whale oil is dear."),
        ])
        .cited(vec![cited(2, 2, true), cited(2, 3, true)])
}

async fn score(stage: Stage) -> Vec<Scorecard> {
    let ended = RUNTIME.score(&stage.component, stage.call, &[name("ada"), name("grace")], None).await;
    assert_eq!(ended.record.denied, Vec::<String>::new());
    assert_eq!(ended.record.model_calls, 0);
    ended.result.unwrap()
}

#[tokio::test]
async fn what_is_counted_is_marked_and_told() {
    let cards = score(debate()).await;
    let marks =
        |card: &Scorecard| card.marks.iter().map(|mark| (mark.axis.clone(), mark.value)).collect::<Vec<_>>();
    let axes = ["grounding", "engagement", "freshness", "challenge"].map(String::from);
    let expected = |values: [u32; 4]| axes.iter().cloned().zip(values).collect::<Vec<_>>();
    assert_eq!(marks(&cards[0]), expected([0, 0, 2, 0]));
    assert_eq!(marks(&cards[1]), expected([2, 1, 2, 2]));
    let because: Vec<&str> = cards[1].marks.iter().map(|mark| mark.because.as_str()).collect();
    assert_eq!(because[0], "cited 2 checked places: a.csv:2 in message 2, a.csv:3 in message 2");
    assert_eq!(because[1], "took up the words of ada in message 2");
    assert_eq!(because[3], "objected to ada in message 2 with a reason");
    assert!(cards[0].marks[2].because.contains("repeated itself in message 3"), "{:?}", cards[0].marks[2]);
}

#[tokio::test]
async fn the_same_debate_gets_the_same_marks() {
    assert_eq!(score(debate()).await, score(debate()).await);
}

#[tokio::test]
async fn there_are_four_axes_that_end_at_three() {
    let stage = debate();
    let axes = RUNTIME.axes(&stage.component, stage.call).await.result.unwrap();
    assert_eq!(axes.len(), 4);
    assert!(axes.iter().all(|axis| axis.scale == [0, 1, 2, 3]));
}

#[tokio::test]
async fn a_silent_debate_is_marked_with_nothing() {
    let cards = score(stage(World::Rubric, "evidence")).await;
    assert!(cards.iter().flat_map(|card| &card.marks).all(|mark| mark.value == 0), "{cards:?}");
}
