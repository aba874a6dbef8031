//! All that the host can call, and what becomes of the answers.

use amatelier_runtime::{Exports, Stop};
use amatelier_types::{FailureKind, Intervention, Move, Phase, Sha256, Verdict};

use crate::stage::{HOSTILE, RUNTIME, TURN, attack};

#[tokio::test]
async fn a_component_is_known_by_its_bytes_and_its_exports() {
    let bytes = amatelier_test_support::guest("ada");
    let ada = RUNTIME.compile(bytes).unwrap();
    assert_eq!(ada.hash(), Sha256::of(bytes));
    assert_eq!(ada.exports(), Exports { persona: true, ..Exports::default() });
    assert_eq!(
        HOSTILE.exports(),
        Exports { persona: true, judge: true, rubric: true, store: true, skill: true }
    );
    let ended = RUNTIME.take_turn(&ada, attack("none").call, TURN).await;
    assert_eq!(ended.result.unwrap(), Move::Say("Ada, calm, in round 2: Is it quiet? I say yes.".into()));
    let ended = RUNTIME.rule(&ada, attack("none").call, 1, 1).await;
    assert!(matches!(ended.result, Err(Stop::Failed(failure)) if failure.kind == FailureKind::HostFault));
}

#[tokio::test]
async fn a_turn_arrives_as_it_was_called() {
    let said = attack("turn").said().await;
    assert_eq!(
        said,
        "Turn { phase: Speak, round: 2, max_rounds: 3, position: 1, of: 4, floor_turns_left: 5, extra: [] }"
    );
}

#[tokio::test]
async fn a_judge_moderates() {
    let ended = RUNTIME.moderate(&HOSTILE, attack("none").call, Phase::Rebuttal, 9).await;
    let reason = || "rebuttal 9".to_owned();
    assert_eq!(
        ended.result.unwrap(),
        [
            Intervention::Redirect { member: "a".into(), reason: reason() },
            Intervention::Gate { member: "b".into(), reason: reason() },
            Intervention::Sanction {
                member: "c".into(),
                offence: "redundancy".into(),
                reason: "again".into()
            },
            Intervention::Halt { member: "d".into(), reason: reason() },
            Intervention::Remark { text: "hm".into() },
            Intervention::Remark { text: "well said".into() },
        ]
    );
}

#[tokio::test]
async fn a_long_list_of_nothing_is_a_lot_too() {
    let ended = RUNTIME.moderate(&HOSTILE, attack("huge-return").call, Phase::Speak, 0).await;
    assert!(matches!(ended.result, Err(Stop::Failed(failure)) if failure.kind == FailureKind::Limit));
}

#[tokio::test]
async fn a_judge_rules_and_sums_up() {
    let rule = |attacking, round| RUNTIME.rule(&HOSTILE, attack(attacking).call, round, 3);
    assert_eq!(rule("none", 1).await.result.unwrap(), Verdict::Proceed("1 of 3".into()));
    assert_eq!(rule("none", 3).await.result.unwrap(), Verdict::Converged("that was it".into()));
    let undecided = rule("guest-error", 1).await.result;
    assert!(
        matches!(undecided, Err(Stop::Failed(failure)) if failure.to_string() == "guest-error: undecided")
    );
    let summary = RUNTIME.summarise(&HOSTILE, attack("none").call, 2).await;
    assert_eq!(summary.result.unwrap(), "after round 2");
}

#[tokio::test]
async fn a_rubric_scores() {
    let axes = RUNTIME.axes(&HOSTILE, attack("none").call).await.result.unwrap();
    assert_eq!(axes.iter().map(|axis| axis.id.as_str()).collect::<Vec<_>>(), ["wit", "depth"]);
    assert_eq!(axes[0].scale, [1, 2, 3]);
    let members = ["elena".parse().unwrap(), "marcus".parse().unwrap()];
    let cards =
        RUNTIME.score(&HOSTILE, attack("none").call, &members, Some("off the scale")).await.result.unwrap();
    assert_eq!(cards.iter().map(|card| card.member.as_str()).collect::<Vec<_>>(), ["elena", "marcus"]);
    assert_eq!(cards[0].marks[0].because, "off the scale");
    assert_eq!(cards[1].insights[0].quoted_seq, 4);
}
