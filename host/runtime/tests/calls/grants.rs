//! Every capability, granted and denied.

use amatelier_types::{Capability, FailureKind};

use crate::stage::{Scripted, attack, using};

/// Function, capability, answer without it, answer with it.
const FUNCTIONS: [(&str, Capability, &str, &str); 11] = [
    ("llm.complete", Capability::LlmComplete, "Err(Denied(\"llm.complete\"))", "Ok(\"an answer\")"),
    ("llm.count-tokens", Capability::LlmComplete, "0", "4"),
    (
        "llm.embed",
        Capability::LlmEmbed,
        "Err(Denied(\"llm.embed\"))",
        "Err(Unavailable(\"this host offers no embeddings\"))",
    ),
    ("market.catalog", Capability::MarketRead, "[]", "[]"),
    ("market.inventory", Capability::MarketRead, "[]", "[]"),
    ("notebook.get", Capability::Notebook, "None", "Some(\"1\")"),
    ("notebook.put", Capability::Notebook, "Err(Denied(\"notebook\"))", "Ok(())"),
    ("notebook.remove", Capability::Notebook, "()", "()"),
    ("notebook.keys", Capability::Notebook, "[]", "[\"count\"]"),
    ("steward.files", Capability::StewardRead, "[]", "[]"),
    ("steward.requests-left", Capability::StewardAsk, "0", "0"),
];

#[tokio::test]
async fn a_function_answers_as_it_is_granted() {
    for (function, capability, denied, granted) in FUNCTIONS {
        let stage = || using(function).notes(&[("count", "1")]);
        assert_eq!(stage().said().await, denied, "{function} denied");
        assert_eq!(stage().grant(capability).said().await, granted, "{function} granted");
    }
}

/// A function as the contracts in `wit/` name it.
fn wit_name(function: &str) -> String {
    let packages = [
        ("llm", "llm"),
        ("market", "economy"),
        ("notebook", "member"),
        ("sparks", "economy"),
        ("steward", "steward"),
    ];
    let (_, package) = packages.into_iter().find(|(interface, _)| function.starts_with(interface)).unwrap();
    format!("amatelier:{package}/{function}")
}

#[tokio::test]
async fn a_refusal_is_recorded_and_a_grant_is_not() {
    for (function, capability, ..) in FUNCTIONS {
        assert_eq!(using(function).run().await.record.denied, [wit_name(function)]);
        assert!(using(function).grant(capability).run().await.record.denied.is_empty(), "{function}");
    }
}

#[tokio::test]
async fn what_this_host_has_not_is_denied_with_and_without_its_grant() {
    for (function, capability, without, with) in [
        (
            "steward.read",
            Capability::StewardRead,
            "steward.read",
            "the Steward is off: no files are registered",
        ),
        (
            "steward.grep",
            Capability::StewardRead,
            "steward.read",
            "the Steward is off: no files are registered",
        ),
        ("steward.ask", Capability::StewardAsk, "steward.ask", "the Steward is off: no files are registered"),
        ("market.buy", Capability::MarketBuy, "market.buy", "there is no store"),
    ] {
        let said = using(function).said().await;
        assert!(said.contains(&format!("Denied(\"{without}\")")), "{said}");
        let said = using(function).grant(capability).said().await;
        assert!(said.contains(&format!("Denied(\"{with}\")")), "{said}");
    }
    assert_eq!(using("sparks").grant(Capability::MarketRead).said().await, "0 [] []");
}

#[tokio::test]
async fn rights_tell_what_is_granted() {
    let none = using("rights.has").said().await;
    assert_eq!(none, "[false, false, false, false, false, false, false, false]");
    let some = using("rights.has").grant(Capability::LlmComplete).grant(Capability::Notebook).said().await;
    assert_eq!(some, "[true, false, false, false, false, false, true, false]");
}

#[tokio::test]
async fn an_error_right_after_a_refusal_is_the_refusals() {
    for function in ["llm.complete", "llm.embed", "steward.read", "steward.ask", "market.buy", "notebook.put"]
    {
        attack("use-and-fail")
            .set("function", function)
            .fails_as(FailureKind::Denied, &format!("`{function}`"))
            .await;
    }
}

#[tokio::test]
async fn a_label_that_is_not_granted_is_a_refusal_too() {
    let models = || Scripted::always(Err(amatelier_runtime::ModelError::Denied("the model `opus`".into())));
    let stage = || attack("think").grant(Capability::LlmComplete).models(models());
    assert_eq!(stage().run().await.record.denied, ["amatelier:llm/llm.complete"]);
    stage().fails_as(FailureKind::Denied, "llm.complete").await;
}

#[tokio::test]
async fn a_notebook_shows_the_turns_own_changes_and_leaves_them_to_the_caller() {
    let notes = [("count", "1"), ("old", "x")];
    let stage = || attack("notebook").grant(Capability::Notebook).notes(&notes);
    assert_eq!(stage().said().await, "Some(\"1\") Some(\"2\") [\"count\"]");
    let written = stage().run().await.record.notes;
    assert_eq!(
        written.into_iter().collect::<Vec<_>>(),
        [("count".to_owned(), Some(b"2".to_vec())), ("old".to_owned(), None)]
    );
}
