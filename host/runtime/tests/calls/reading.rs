//! What a guest reads needs no grant and is what the caller put there.

use std::sync::Arc;

use amatelier_runtime::Profile;

use crate::stage::using;

#[tokio::test]
async fn the_debate_is_what_the_port_shows() {
    let said = using("chat").said().await;
    let members = r#"[Member { name: "elena", role: "worker", tagline: "listens" }]"#;
    let heard = r#"["first", "second"] ["second"] ["first"]"#;
    assert_eq!(said, format!(r#"Is it quiet? Listen. {members} {heard} Some("nobody spoke")"#));
}

#[tokio::test]
async fn a_recall_is_cut_at_the_limits_of_the_call() {
    let said = using("chat").limit(|limits| limits.recall_messages = 1).said().await;
    assert!(said.contains(r#" ["second"] ["second"] ["first"] "#), "{said}");
    let said = using("chat").limit(|limits| limits.recall_bytes = 8).said().await;
    assert!(said.contains(r#" ["second"] ["second"] ["first"] "#), "{said}");
}

#[tokio::test]
async fn interventions_are_the_ports_and_there_are_no_citations() {
    let said = using("minutes").said().await;
    let noted = r#"Intervention { seq: 3, kind: "gate", member: Some("elena"), text: "well put" }"#;
    assert_eq!(said, format!("[] [{noted}] []"));
}

#[tokio::test]
async fn a_profile_is_the_callers_own() {
    let mut stage = using("profile");
    stage.call.profile = Arc::new(Profile {
        documents: [("identity".into(), "I am.".into())].into(),
        tier: 2,
        memory: "much".into(),
        heuristics: vec!["listen".into()],
        skills: vec!["hearing".into()],
        advice: vec!["wait".into()],
    });
    let lists = r#"["listen"] ["hearing"] ["wait"]"#;
    assert_eq!(stage.said().await, format!(r#"elena worker 2 Some("I am.") None much {lists}"#));
}
