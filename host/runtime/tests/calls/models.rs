//! Asking models: what reaches the port, and how its endings become the call's.

use std::{future, sync::Arc, time::Duration};

use amatelier_runtime::{
    Completion, CompletionReply, ModelError, Models, PromptTurn, Speaker, Stop, Suspended,
};
use amatelier_types::{Capability, FailureKind};

use crate::stage::{Scripted, attack, using};

struct Paused;

#[async_trait::async_trait]
impl Models for Paused {
    async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        Err(Suspended("paused by the user".into()))
    }

    fn count_tokens(&self, _: &str) -> u32 {
        0
    }
}

struct Stalled;

#[async_trait::async_trait]
impl Models for Stalled {
    async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        future::pending().await
    }

    fn count_tokens(&self, _: &str) -> u32 {
        0
    }
}

struct Broken;

#[async_trait::async_trait]
impl Models for Broken {
    async fn complete(&self, _: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        panic!("a bug of the host")
    }

    fn count_tokens(&self, _: &str) -> u32 {
        0
    }
}

#[tokio::test]
async fn a_request_reaches_the_port_as_the_guest_made_it() {
    let models = Scripted::always(Ok("hello"));
    let asked = Arc::clone(&models.asked);
    assert_eq!(attack("think").grant(Capability::LlmComplete).models(models).said().await, "hello");
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].system, "s");
    assert_eq!(asked[0].messages, [PromptTurn { speaker: Speaker::User, text: "u".into() }]);
}

#[tokio::test]
async fn a_suspended_debate_ends_the_call_and_is_no_failure() {
    let ended = attack("think").grant(Capability::LlmComplete).models(Paused).run().await;
    assert_eq!(ended.result, Err(Stop::Suspended("paused by the user".into())));
    assert_eq!(ended.record.model_calls, 1);
}

#[tokio::test(start_paused = true)]
async fn a_model_that_never_answers_is_the_hosts_fault() {
    let stage =
        attack("think").grant(Capability::LlmComplete).models(Stalled).wall_clock(Duration::from_secs(90));
    stage.fails_as(FailureKind::HostFault, "the model did not answer within the 90 s of a turn").await;
}

#[tokio::test]
async fn a_port_that_panics_is_the_hosts_fault() {
    attack("think")
        .grant(Capability::LlmComplete)
        .models(Broken)
        .fails_as(FailureKind::HostFault, "a bug")
        .await;
}

#[tokio::test]
async fn a_provider_that_stays_down_is_nobodys_fault_at_the_table() {
    for down in [ModelError::Unavailable("503".into()), ModelError::TimedOut] {
        let stage = || attack("think-recover").grant(Capability::LlmComplete);
        stage()
            .models(Scripted::always(Err(down.clone())))
            .fails_as(FailureKind::HostFault, "nobody there")
            .await;
        let recovered = Scripted::then([Err(down.clone()), Err(down), Ok("here")]);
        stage().models(recovered).fails_as(FailureKind::GuestError, "my own fault").await;
    }
}

#[tokio::test]
async fn other_errors_of_a_model_are_the_guests_to_handle() {
    for error in [ModelError::TooLong(9), ModelError::Invalid("x".into()), ModelError::Other("x".into())] {
        let stage = attack("think").grant(Capability::LlmComplete).models(Scripted::always(Err(error)));
        assert_eq!(stage.fails().await.kind, FailureKind::GuestError);
    }
}

#[tokio::test]
async fn nonsense_is_answered_invalid_and_costs_nothing() {
    for (function, words) in [
        ("llm.with-tool", "calculator"),
        ("llm.hot", "temperature"),
        ("llm.nothing", "message"),
        ("llm.many-stops", "17 stop texts"),
    ] {
        let models = Scripted::always(Ok("hello"));
        let asked = Arc::clone(&models.asked);
        let said = using(function).grant(Capability::LlmComplete).models(models).said().await;
        assert!(said.contains("Invalid") && said.contains(words), "{said}");
        assert!(asked.lock().unwrap().is_empty(), "{function}");
    }
}

#[tokio::test]
async fn what_a_prompt_leaves_out_is_told_to_the_port() {
    for (function, expected) in [("llm.left-out", vec![3, 5]), ("llm.complete", vec![])] {
        let models = Scripted::always(Ok("an answer"));
        let asked = models.asked.clone();
        using(function).grant(Capability::LlmComplete).models(models).said().await;
        assert_eq!(asked.lock().unwrap()[0].left_out, expected, "{function}");
    }
}
