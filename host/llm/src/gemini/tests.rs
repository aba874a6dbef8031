//! What the provider does with a service of every temper.

use std::time::Duration;

use amatelier_types::Usage;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::{
    Billing, Error, Finish, PromptTurn, Provider, Reply, Request, RetryPolicy, Speaker, Timers, Tool,
    gemini::{Gemini, GeminiConfig, gemini_base_url},
    testing::{
        Scene, request,
        server::{Answer, ok, status},
    },
};

const KEY: &str = "AIza-very-secret";

fn provider(server: &Scene) -> Gemini {
    let timers = Timers { idle: Duration::from_millis(50), ..Timers::default() };
    let retry = RetryPolicy { first_delay: Duration::from_millis(1), ..RetryPolicy::default() };
    let config = GeminiConfig::new("gemini", gemini_base_url(server.url()).unwrap());
    Gemini::new(GeminiConfig { api_key: Some(SecretString::from(KEY)), timers, retry, ..config }).unwrap()
}

async fn ask(server: &Scene, request: &Request) -> Result<Reply, Error> {
    provider(server).complete(request, &server.ear()).await
}

fn why() -> Request {
    Request { model: "gemini-2.5-flash".into(), ..request("Why?") }
}

fn said(text: &str) -> Value {
    json!({"responseId": "r-1", "modelVersion": "gemini-2.5-flash-001",
           "candidates": [{"content": {"role": "model", "parts": [{"text": text}]}, "index": 0}]})
}

fn last(reason: &str) -> Value {
    json!({"candidates": [{"finishReason": reason, "index": 0}], "usageMetadata": {
        "promptTokenCount": 20, "candidatesTokenCount": 2, "thoughtsTokenCount": 3, "cachedContentTokenCount": 12}})
}

fn events(chunks: &[Value]) -> String {
    chunks.iter().map(|chunk| format!("data: {chunk}\r\n\r\n")).collect()
}

fn good() -> String {
    events(&[said("Hel"), said("lo"), last("STOP")])
}

fn refused(code: u16, message: &str, details: Value) -> Answer {
    let body =
        json!({"error": {"code": code, "message": message, "status": "SOME_STATUS", "details": details}});
    status(code, body.to_string())
}

#[tokio::test]
async fn a_stream_becomes_a_reply_and_the_key_stays_out_of_the_address() {
    let server = Scene::new([ok(good())]).await;
    let reply = ask(&server, &why()).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.finish), ("Hello", Finish::Done));
    assert_eq!((reply.model.as_str(), reply.response_id.as_deref()), ("gemini-2.5-flash-001", Some("r-1")));
    let counted =
        Usage { calls: 1, input_tokens: 20, output_tokens: 5, cached_tokens: 12, ..Usage::default() };
    assert_eq!(reply.usage, counted);
    assert_eq!(server.log(), ["before 1", "sent", "id 1 r-1", "text 1 Hel", "text 1 lo"]);

    let seen = &server.seen()[0];
    assert_eq!(seen.target, "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
    assert_eq!(seen.headers["x-goog-api-key"], KEY);
    assert_eq!(seen.body["contents"][0]["parts"][0]["text"], "Why?");
}

#[tokio::test]
async fn a_models_name_stays_one_part_of_the_address() {
    for (model, expected) in [
        ("models/gemini-3-pro", "/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse"),
        ("tunedModels/mine", "/v1beta/tunedModels/mine:streamGenerateContent?alt=sse"),
        ("../v1/x?key=1#", "/v1beta/models/..%2Fv1%2Fx%3Fkey=1%23:streamGenerateContent?alt=sse"),
    ] {
        let server = Scene::new([ok(good())]).await;
        ask(&server, &Request { model: model.into(), ..why() }).await.unwrap();
        assert_eq!(server.seen()[0].target, expected);
    }
}

#[tokio::test]
async fn a_list_instead_of_a_stream_is_read_piece_by_piece() {
    let list = format!("[{}\n,\n{}\n,\n{}]", said("Hel"), said("lo"), last("STOP"));
    for answer in [ok(list.clone()), ok(list).in_single_bytes()] {
        let server = Scene::new([answer]).await;
        let reply = ask(&server, &why()).await.unwrap();
        assert_eq!(
            (reply.text.as_str(), reply.finish, reply.usage.input_tokens),
            ("Hello", Finish::Done, 20)
        );
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_keeps_its_text() {
    let half = format!("{}data: {{\"candi", events(&[said("Hel")]));
    let list = format!("[{}\n,\n{{\"candi", said("Hel"));
    for answer in [
        ok(events(&[said("Hel")])),
        ok(half.clone()).then_breaks(),
        ok(half).then_stalls(),
        ok(list.clone()),
        ok(list).then_stalls(),
    ] {
        let server = Scene::new([answer]).await;
        let reply = ask(&server, &why()).await.unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), ("Hel", Finish::Broken));
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_blocked_prompt_is_a_refusal() {
    let blocked = events(&[json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
        "usageMetadata": {"promptTokenCount": 9}})]);
    let server = Scene::new([ok(blocked)]).await;
    let reply = ask(&server, &why()).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.finish, reply.usage.input_tokens), ("", Finish::Refused, 9));
}

#[tokio::test]
async fn what_passes_is_waited_out_as_long_as_the_service_asks() {
    let info = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "0.003s"}]);
    let inside = json!({"error": {"code": 429, "message": "slow down", "details": info}});
    for answer in [
        refused(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            info.clone(),
        ),
        ok(format!("[{inside}]")),
        ok(events(&[inside])),
    ] {
        let server = Scene::new([answer, ok(good())]).await;
        assert_eq!(ask(&server, &why()).await.unwrap().text, "Hello");
    }
    let patient = json!([{"retryDelay": "3600s"}]);
    let server = Scene::new([refused(429, "slow down", patient)]).await;
    let error = ask(&server, &why()).await.unwrap_err().to_string();
    assert!(error.contains("asks for a wait of 3600s"), "{error}");
}

#[tokio::test]
async fn what_does_not_pass_is_not_asked_for_again() {
    let per_day = json!([{"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
                         {"retryDelay": "0.001s"}]);
    let key = json!([{"reason": "API_KEY_INVALID"}]);
    for (answer, expected) in [
        (refused(429, "Quota exceeded for metric: x, limit: 0, model: m", json!([])), "has no money left"),
        (refused(429, "Your prepayment credits are depleted.", json!([])), "has no money left"),
        (
            refused(403, "This API method requires billing", json!([{"reason": "BILLING_DISABLED"}])),
            "has no money left",
        ),
        (refused(429, "Quota exceeded", per_day), "the day's quota is used up"),
        (refused(400, "API key not valid.", key), "API key not valid."),
    ] {
        let server = Scene::new([answer]).await;
        let error = ask(&server, &why()).await.unwrap_err();
        assert!(matches!(&error, Error::Unavailable { reason, .. } if reason.contains(expected)), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_prompt_that_is_too_long_is_said_to_be() {
    for (message, limit) in [
        (
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
            1_048_576,
        ),
        ("The input token count exceeds the maximum number of tokens allowed.", 0),
    ] {
        let server = Scene::new([refused(400, message, json!([]))]).await;
        assert_eq!(ask(&server, &why()).await, Err(Error::TooLong { limit }));
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_schema_goes_down_its_ladder_and_the_step_is_remembered() {
    let unknown = |field: &str| {
        let message = format!(
            "Invalid JSON payload received. Unknown name \"{field}\" at 'generation_config': Cannot find field."
        );
        refused(400, &message, json!([]))
    };
    let server = Scene::new([
        unknown("responseJsonSchema"),
        refused(400, "The specified schema produces a constraint that has too many states", json!([])),
        ok(good()),
        ok(good()),
    ])
    .await;
    let provider = provider(&server);
    let asked = Request { schema: Some(json!({"type": "object", "title": "T"})), ..why() };
    provider.complete(&asked, &server.ear()).await.unwrap();
    provider.complete(&asked, &server.ear()).await.unwrap();
    let configs: Vec<Value> =
        server.seen().iter().map(|seen| seen.body["generationConfig"].clone()).collect();
    assert_eq!(configs[0]["responseJsonSchema"]["title"], "T");
    assert_eq!(configs[1]["responseSchema"], json!({"type": "object"}));
    assert_eq!(configs[2].get("responseSchema"), None);
    assert_eq!(configs[2]["responseMimeType"], "application/json");
    assert_eq!(configs[3], configs[2]);
}

#[tokio::test]
async fn calls_and_their_results_go_around() {
    let called = json!({"candidates": [{"content": {"parts": [
        {"functionCall": {"name": "grep", "args": {"pattern": "x"}}, "thoughtSignature": "c2ln"}]},
        "finishReason": "STOP"}]});
    let server = Scene::new([ok(events(&[called])), ok(good())]).await;
    let tool =
        Tool { name: "grep".into(), description: String::new(), parameters: json!({"type": "object"}) };
    let mut asked = Request { tools: vec![tool], ..why() };
    let reply = ask(&server, &asked).await.unwrap();
    assert_eq!((reply.finish, reply.calls.len()), (Finish::Done, 1));
    let id = reply.calls[0].id.clone();
    asked.messages.extend([
        PromptTurn { calls: reply.calls, ..PromptTurn::said(Speaker::Assistant, "") },
        PromptTurn { call_id: Some(id), ..PromptTurn::said(Speaker::Tool, "line 3") },
    ]);
    assert_eq!(ask(&server, &asked).await.unwrap().text, "Hello");
    let contents = &server.seen()[1].body["contents"];
    assert_eq!(
        contents[1]["parts"][0],
        json!({"functionCall": {"name": "grep", "args": {"pattern": "x"}}, "thoughtSignature": "c2ln"})
    );
    assert_eq!(contents[2]["parts"][0]["functionResponse"]["name"], "grep");
}

#[tokio::test]
async fn models_are_listed_over_pages_and_their_contexts_kept() {
    let page = |name: &str, tokens: u32, next: Option<&str>| {
        let model = json!({"name": format!("models/{name}"), "inputTokenLimit": tokens});
        ok(json!({"models": [model], "nextPageToken": next}).to_string())
    };
    let server = Scene::new([page("a", 1000, Some("p 2")), page("b", 2000, None)]).await;
    let provider = provider(&server);
    assert_eq!(provider.context_tokens("a"), 1_048_576);
    let listed: Vec<_> = provider.models().await.into_iter().map(|model| model.id).collect();
    assert_eq!(listed, ["a", "b"]);
    assert_eq!((provider.context_tokens("a"), provider.context_tokens("models/b")), (1000, 2000));
    let seen = server.seen();
    assert_eq!(seen[1].target, "/v1beta/models?pageSize=1000&pageToken=p+2");
    assert_eq!(seen[1].headers["x-goog-api-key"], KEY);

    let endless = Scene::new((0..9).map(|_| page("a", 1, Some("on")))).await;
    super::tests::provider(&endless).models().await;
    assert_eq!(endless.seen().len(), 5, "pages are followed so far and no farther");
}

#[tokio::test]
async fn the_key_is_in_no_error_and_no_debug_output() {
    for answer in [
        refused(401, &format!("bad key {KEY}"), json!([])),
        ok(events(&[json!({"error": {"code": 400, "message": KEY}})])),
        status(307, "").header("location", &format!("https://x.example/{KEY}")),
    ] {
        let server = Scene::new([answer]).await;
        let provider = provider(&server);
        let error = provider.complete(&why(), &server.ear()).await.unwrap_err();
        let shown = format!("{error} {error:?} {provider:?} {:?}", server.log());
        assert!(!shown.contains(KEY), "{shown}");
    }
}

#[tokio::test]
async fn a_request_that_must_not_leave_does_not() {
    let server = Scene::new([status(500, "boom"), ok(good())]).await;
    let stopped = provider(&server).complete(&why(), &server.ear_refusing(2)).await;
    assert!(matches!(stopped, Err(Error::Stopped(_))));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(provider(&server).billing(), Billing::Metered);
}
