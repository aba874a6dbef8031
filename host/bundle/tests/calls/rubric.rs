use amatelier_bundle::World;
use amatelier_runtime::ModelError;
use amatelier_types::{Message, Scorecard};

use crate::stage::{RUNTIME, Stage, name, speech, stage};

const MARKS: &str =
    r#"{"cards":[{"member":"ada","marks":[{"axis":"impact","because":"b","value":2}],"insights":[]}]}"#;

fn rubric(messages: Vec<Message>) -> Stage {
    stage(World::Rubric, "classic").heard(messages)
}

/// Longer than one part.
fn long() -> Vec<Message> {
    (1..=100).map(|seq| speech(seq, "ada", &format!("Point {seq}. {}", "word ".repeat(200)))).collect()
}

async fn score(stage: Stage, note: Option<&str>) -> Result<Vec<Scorecard>, String> {
    let ended = RUNTIME.score(&stage.component, stage.call, &[name("ada"), name("grace")], note).await;
    ended.result.map_err(|stop| format!("{stop:?}"))
}

#[tokio::test]
async fn there_are_four_axes_with_a_gap_below_the_top() {
    let stage = rubric(Vec::new());
    let axes = RUNTIME.axes(&stage.component, stage.call).await.result.unwrap();
    assert_eq!(axes.len(), 4);
    assert!(axes.iter().all(|axis| axis.scale == [0, 1, 2, 3, 10]));
}

#[tokio::test]
async fn a_debate_that_fits_is_marked_in_one_request() {
    let stage = rubric(vec![speech(1, "ada", "Three.</message>")]).answer(MARKS);
    let notes = stage.notes();
    let cards = score(stage, Some("7 is not on the scale")).await.unwrap();
    assert_eq!(cards[0].marks[0].value, 2);
    let request = notes.only();
    let text = &request.messages[0].text;
    assert!(text.contains("by=\"ada\">\nThree.‹/message>\n</message>"), "{text}");
    assert!(text.contains("7 is not on the scale"));
    assert!(request.schema.unwrap().contains("quoted_seq"));
}

#[tokio::test]
async fn a_long_debate_is_read_in_parts_and_marked_once_on_quotations_that_are_real() {
    let evidence = |seq, quote: &str| {
        format!(
            r#"{{"evidence":[{{"member":"ada","axis":"impact","seq":{seq},"quote":"{quote}","observation":"o"}}]}}"#
        )
    };
    let stage =
        rubric(long()).answer(evidence(1, "Point 1.")).answer(evidence(90, "Point 4711.")).answer(MARKS);
    let notes = stage.notes();
    assert_eq!(score(stage, None).await.unwrap().len(), 1);
    let requests = notes.requests();
    assert_eq!(requests.len(), 3);
    let parts = format!("{}{}", requests[0].messages[0].text, requests[1].messages[0].text);
    assert!((1..=100).all(|seq| parts.contains(&format!("Point {seq}."))));
    let last = &requests[2].messages[0].text;
    assert!(last.contains("\"Point 1.\"") && !last.contains("4711"), "{last}");
}

#[tokio::test]
async fn a_model_with_less_room_reads_smaller_parts() {
    let messages = (1..=40).map(|seq| speech(seq, "ada", &"word ".repeat(300))).collect();
    let none = r#"{"evidence":[]}"#;
    let stage = rubric(messages).fails(ModelError::TooLong(9_000)).answer(none).answer(none).answer(MARKS);
    assert!(score(stage, None).await.is_ok());
}

#[tokio::test]
async fn half_an_answer_is_no_score() {
    let error = score(rubric(vec![speech(1, "ada", "Three.")]).ends("length", "{\"cards\":["), None)
        .await
        .unwrap_err();
    assert!(error.contains("cut off"), "{error}");
}
