//! Who is asked, in which order, and what the caller hears of it.

use super::*;
use crate::{
    Finish,
    testing::{Ear, Scripted, request},
};

fn candidate(provider: Scripted) -> Candidate {
    let model = format!("model of {}", provider.name);
    Candidate { provider: Arc::new(provider), model }
}

fn down(name: &'static str) -> Scripted {
    let error = Error::Unavailable { provider: name.into(), reason: "down".into() };
    Scripted { name, requests: 2, ends: Err(error), ..Scripted::default() }
}

fn says(name: &'static str, text: &str) -> Scripted {
    Scripted { name, requests: 1, ends: Ok(text.into()), ..Scripted::default() }
}

async fn ask(candidates: Vec<Scripted>, ear: &Ear) -> Result<Reply, Error> {
    let mut candidates = candidates.into_iter().map(candidate);
    let fallback = Fallback::new(candidates.next().unwrap(), candidates.collect());
    let asked = Request { model: "model of a".into(), ..request("Why?") };
    fallback.complete(&asked, ear).await
}

#[tokio::test]
async fn the_next_one_answers_with_its_own_model_and_numbers_go_on() {
    let ear = Ear::default();
    let reply =
        ask(vec![down("a"), down("b"), says("c", "because"), says("d", "never")], &ear).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.model.as_str()), ("because", "model of c"));
    assert_eq!(
        ear.heard(),
        [
            "before 1",
            "failed 1",
            "before 2",
            "failed 2",
            "turned to b, model of b, metered",
            "before 3",
            "failed 3",
            "before 4",
            "failed 4",
            "turned to c, model of c, metered",
            "before 5",
            "id 5",
            "text 5 because"
        ]
    );
}

#[tokio::test]
async fn whoever_answers_is_the_last_to_be_asked() {
    let ear = Ear::default();
    let reply = ask(vec![says("a", "yes"), says("b", "no")], &ear).await.unwrap();
    assert_eq!(reply.text, "yes");
    assert_eq!(ear.heard(), ["before 1", "id 1", "text 1 yes"]);
}

#[tokio::test]
async fn only_what_somebody_else_could_mend_leads_on() {
    let provider = || "a".to_owned();
    for (error, leads) in [
        (Error::Unavailable { provider: provider(), reason: "down".into() }, true),
        (Error::TimedOut { provider: provider(), timer: "silent".into() }, true),
        (Error::TooLong { limit: 5 }, false),
        (Error::Invalid { provider: provider(), reason: "what?".into() }, false),
        (Error::Stopped(crate::Stopped("enough".into())), false),
    ] {
        let ear = Ear::default();
        let first = Scripted { name: "a", requests: 1, ends: Err(error.clone()), ..Scripted::default() };
        let asked = ask(vec![first, says("b", "so")], &ear).await;
        assert_eq!(asked.is_ok(), leads, "{error}");
        if !leads {
            assert_eq!(asked, Err(error));
        }
    }
}

#[tokio::test]
async fn when_nobody_answers_the_error_tells_of_everybody() {
    let silent = Error::TimedOut { provider: "b".into(), timer: "no first byte".into() };
    let silent = Scripted { name: "b", requests: 1, ends: Err(silent), ..Scripted::default() };
    let error = ask(vec![down("a"), silent], &Ear::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "a is unavailable: down; then b stopped talking: no first byte");
    let error = ask(vec![down("a")], &Ear::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "a is unavailable: down");
}

#[tokio::test]
async fn a_stop_before_the_second_one_s_request_ends_it() {
    let ear = Ear::stopping(3);
    let error = ask(vec![down("a"), says("b", "so"), says("c", "so")], &ear).await.unwrap_err();
    assert!(matches!(error, Error::Stopped(_)), "{error}");
    assert_eq!(ear.heard().last().unwrap(), "before 3");
}

#[tokio::test]
async fn it_promises_only_what_everybody_holds() {
    let with = |context, tools, billing| Scripted { context, tools, billing, ..says("a", "") };
    let of = |all: Vec<Scripted>| {
        let mut candidates = all.into_iter().map(candidate);
        Fallback::new(candidates.next().unwrap(), candidates.collect())
    };
    let fallback = of(vec![with(9, true, Billing::Free), with(5, false, Billing::Subscription)]);
    assert_eq!((fallback.name(), fallback.context_tokens("x"), fallback.has_tools()), ("a", 5, false));
    assert_eq!(fallback.billing(), Billing::Subscription);
    let fallback = of(vec![with(5, true, Billing::Free), with(9, true, Billing::Metered)]);
    assert_eq!((fallback.context_tokens("x"), fallback.has_tools()), (5, true));
    assert_eq!(fallback.billing(), Billing::Metered);
    assert_eq!(of(vec![with(5, true, Billing::Free)]).billing(), Billing::Free);

    let known = |name| Scripted { knows: true, ..says(name, "kept") };
    let asked = request("Why?");
    assert_eq!(of(vec![says("a", "")]).look_up("id", &asked).await, LookedUp::Unknown);
    let LookedUp::Reply(reply) = of(vec![says("a", ""), known("b")]).look_up("id", &asked).await else {
        panic!("b knows it")
    };
    assert_eq!((reply.model.as_str(), reply.finish), ("model of b", Finish::Done));
}
