use amatelier_bundle::World;
use amatelier_runtime::ModelError;
use amatelier_types::{Intervention, MessageKind, Phase, Verdict};

use crate::stage::{RUNTIME, Stage, message, speech, stage};

fn judge() -> Stage {
    stage(World::Judge, "classic").heard(vec![
        speech(1, "ada", "There are three."),
        speech(2, "grace", "There are two."),
        message(3, "grace", MessageKind::Pass, "PASS"),
    ])
}

async fn moderate(stage: Stage, after: u32) -> Vec<Intervention> {
    RUNTIME.moderate(&stage.component, stage.call, Phase::Speak, after).await.result.unwrap()
}

async fn rule(stage: Stage) -> Result<Verdict, String> {
    RUNTIME.rule(&stage.component, stage.call, 1, 3).await.result.map_err(|stop| format!("{stop:?}"))
}

#[tokio::test]
async fn what_is_old_is_told_from_what_is_new() {
    let stage = judge().answer("PASS");
    let notes = stage.notes();
    assert_eq!(moderate(stage, 1).await, []);
    let text = notes.only().messages[0].text.clone();
    let old = text.find("There are three.").unwrap();
    let new = text.find("There are two.").unwrap();
    assert!(
        old < text.find("New since then:").unwrap() && text.find("New since then:").unwrap() < new,
        "{text}"
    );
}

#[tokio::test]
async fn nothing_new_costs_nothing() {
    let stage = judge();
    let notes = stage.notes();
    assert_eq!(moderate(stage, 2).await, []);
    assert_eq!(notes.requests(), []);
}

#[tokio::test]
async fn only_lines_about_workers_are_interventions() {
    let answer = "Let me see.\nGATE: Ada — counted aloud\nHALT [judge]: never\n> REDIRECT ada: quoted";
    let interventions = moderate(judge().answer(answer), 0).await;
    let [Intervention::Gate { member, reason }] = interventions.as_slice() else {
        panic!("{interventions:?}")
    };
    assert_eq!((member.as_str(), reason.as_str()), ("ada", "counted aloud"));
}

#[tokio::test]
async fn the_last_line_of_an_answer_that_stays_cut_is_not_acted_on() {
    let cut = "GATE: ada — counted aloud\nHALT grace: no";
    let interventions = moderate(judge().ends("length", cut).ends("length", cut), 0).await;
    assert_eq!(interventions.len(), 1, "{interventions:?}");
}

#[tokio::test]
async fn a_verdict_is_typed_and_a_doubtful_one_is_an_error() {
    let stage = judge().answer(r#"{"reason":"all say three","verdict":"converged"}"#);
    let notes = stage.notes();
    assert_eq!(rule(stage).await, Ok(Verdict::Converged("all say three".into())));
    assert!(notes.only().schema.is_some());
    assert!(rule(judge().answer("I think they are nearly there.")).await.is_err());
}

#[tokio::test]
async fn a_model_that_writes_no_json_rules_in_a_line() {
    let stage = judge().fails(ModelError::Invalid("no JSON".into())).answer("CONTINUE: who counted?");
    let notes = stage.notes();
    assert_eq!(rule(stage).await, Ok(Verdict::Proceed("who counted?".into())));
    assert_eq!(notes.requests()[1].schema, None);
}

#[tokio::test]
async fn the_state_of_the_debate_is_the_models_text() {
    let stage = judge().answer("Established\nNothing.\n");
    let notes = stage.notes();
    let state = RUNTIME.summarise(&stage.component, stage.call, 1).await.result.unwrap();
    assert_eq!(state, "Established\nNothing.");
    assert!(!notes.only().messages[0].text.contains("PASS"));
}

#[tokio::test]
async fn it_may_ask_about_registered_files_in_a_remark() {
    let (stage, _) =
        judge().answer("REMARK: [[request: sonnet: how many are there]]").file("a.csv", "what,number", 2);
    let notes = stage.notes();
    let interventions = moderate(stage, 0).await;
    assert_eq!(
        interventions,
        [Intervention::Remark { text: "[[request: sonnet: how many are there]]".into() }]
    );
    let text = notes.only().messages[0].text.clone();
    assert!(text.contains("- a.csv") && text.contains("2 more time(s)"), "{text}");
    let stage = judge().answer("PASS");
    let notes = stage.notes();
    moderate(stage, 0).await;
    assert!(!notes.only().messages[0].text.contains("Steward"));
}

#[tokio::test]
async fn what_does_not_fit_is_left_out_and_said() {
    let long = |seq| speech(seq, "ada", &format!("Number {seq}. {}", "word ".repeat(400)));
    let stage =
        judge().heard(vec![long(1), message(2, "steward", MessageKind::Finding, "two"), long(3), long(4)]);
    let stage = stage.fails(ModelError::TooLong(9_000)).answer("Established\nTwo.");
    let notes = stage.notes();
    RUNTIME.summarise(&stage.component, stage.call, 1).await.result.unwrap();
    let last = notes.requests()[1].clone();
    assert_eq!(last.left_out, [1]);
    assert!(!last.messages[0].text.contains("Number 1.") && last.messages[0].text.contains("Number 3."));
}
