//! What the provider does with servers of every temper.

use std::time::Duration;

use amatelier_types::{MicroUsd, Usage};
use proptest::test_runner::TestRunner;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{
    request,
    server::{Answer, Scene, ok, status},
};
use crate::{
    Error, Finish, LookedUp, Provider, Request, Timers,
    openai::{BadConfig, Flavour, OpenAiCompat, OpenAiCompatConfig, normalise_base_url},
};

fn event(value: &Value) -> String {
    format!("data: {value}\n\n")
}

fn piece(text: &str) -> String {
    event(
        &json!({"id": "cmpl-1", "model": "real-model", "choices": [{"index": 0, "delta": {"content": text}}]}),
    )
}

fn last(reason: &str) -> String {
    event(&json!({"id": "cmpl-1", "choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}))
}

fn usage() -> String {
    event(&json!({"choices": [], "usage": {
        "prompt_tokens": 20, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 12},
    }}))
}

fn good() -> String {
    [piece("Hel"), piece("lo"), last("stop"), usage(), "data: [DONE]\n\n".into()].concat()
}

const COUNTED: Usage = Usage {
    calls: 1,
    input_tokens: 20,
    output_tokens: 5,
    cached_tokens: 12,
    cache_write_tokens: 0,
    cost: MicroUsd(0),
    unpriced: 0,
};

#[tokio::test]
async fn a_stream_becomes_a_reply_and_every_step_is_told_in_order() {
    let scene = Scene::new([ok(good()).header("x-request-id", "req-1")]).await.key("sk-secret");
    let reply = scene.ask(&request("Why?")).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.model.as_str()), ("Hello", "real-model"));
    assert_eq!((reply.finish, reply.usage), (Finish::Done, COUNTED));
    assert_eq!(reply.response_id.as_deref(), Some("cmpl-1"));
    assert_eq!(scene.log(), ["before 1", "sent", "id 1 cmpl-1", "text 1 Hel", "text 1 lo"]);

    let seen = scene.seen.lock().unwrap();
    assert_eq!(seen[0].path, "/v1/chat/completions");
    assert_eq!(seen[0].headers["authorization"], "Bearer sk-secret");
    assert_eq!(seen[0].body["stream_options"]["include_usage"], true);
}

#[tokio::test]
async fn without_a_key_none_is_sent() {
    let scene = Scene::new([ok(good())]).await.key("  \n");
    scene.ask(&request("Why?")).await.unwrap();
    assert!(!scene.seen.lock().unwrap()[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn the_shape_of_the_stream_does_not_matter() {
    let crlf = good().replace('\n', "\r\n");
    let bare = good().replace("data: ", "data:");
    let noisy = format!("\u{FEFF}: PROCESSING\n\n{}", good().replace("data: {", ": x\ndata: {"));
    let unmarked = good().replace("data: [DONE]\n\n", "");
    for body in [crlf, bare, noisy, unmarked] {
        for answer in [ok(body.clone()), ok(body.clone()).in_single_bytes()] {
            let scene = Scene::new([answer]).await;
            let reply = scene.ask(&request("Why?")).await.unwrap();
            assert_eq!(
                (reply.text.as_str(), reply.finish, reply.usage),
                ("Hello", Finish::Done, COUNTED),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn a_server_that_ignores_stream_is_understood() {
    let whole = json!({
        "id": "cmpl-2", "model": "m",
        "choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 20, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 12}},
    });
    let scene = Scene::new([ok(whole.to_string()).header("content-type", "application/json")]).await;
    let reply = scene.ask(&request("Why?")).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.finish, reply.usage), ("Hello", Finish::Done, COUNTED));
    assert_eq!(scene.log(), ["before 1", "sent", "id 1 cmpl-2", "text 1 Hello"]);
}

#[tokio::test]
async fn usage_that_is_missing_is_estimated() {
    let scene = Scene::new([ok([piece("Hello"), last("stop")].concat())]).await;
    let reply = scene.ask(&request("Why?")).await.unwrap();
    assert_eq!(reply.usage, Usage { calls: 1, input_tokens: 2, output_tokens: 2, ..Usage::default() });
}

#[tokio::test]
async fn finish_reasons_are_kept_apart() {
    for (reason, expected) in
        [("stop", Finish::Done), ("length", Finish::Length), ("content_filter", Finish::Refused)]
    {
        let scene = Scene::new([ok([piece("Hello"), last(reason)].concat())]).await;
        assert_eq!(scene.ask(&request("Why?")).await.unwrap().finish, expected);
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_keeps_its_text() {
    let tiny = Timers { idle: Duration::from_millis(20), ..Timers::default() };
    let half = format!("{}data: {{\"choices\":[{{\"del", piece("Hel"));
    for answer in [
        ok(piece("Hel")),
        ok(half.clone()),
        ok(half.clone()).then_breaks(),
        ok(half).then_stalls(),
        ok(piece("Hel") + &last("")),
    ] {
        let scene = Scene::new([answer]).await.timers(tiny);
        let reply = scene.ask(&request("Why?")).await.unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), ("Hel", Finish::Broken));
        assert_eq!(reply.response_id.as_deref(), Some("cmpl-1"));
        assert_eq!(scene.requests(), 1);
    }
}

#[tokio::test]
async fn a_stall_after_the_finish_reason_costs_nothing() {
    let tiny = Timers { idle: Duration::from_millis(20), ..Timers::default() };
    let scene = Scene::new([ok(piece("Hello") + &last("stop")).then_stalls()]).await.timers(tiny);
    assert_eq!(scene.ask(&request("Why?")).await.unwrap().finish, Finish::Done);
}

#[tokio::test]
async fn a_stream_that_ends_before_its_first_word_is_asked_for_again() {
    for answer in [
        ok(""),
        ok(": hello\n\n"),
        ok("data: [DONE]\n\n"),
        ok(": hello\n\n").then_breaks(),
        ok("{\"cho").then_breaks(),
    ] {
        let scene = Scene::new([answer, ok(good())]).await;
        assert_eq!(scene.ask(&request("Why?")).await.unwrap().text, "Hello");
        assert_eq!(scene.requests(), 2);
    }
}

#[tokio::test]
async fn silence_before_the_first_byte_is_a_timer_and_is_not_paid_for_twice() {
    let tiny = Timers { first_byte: Duration::from_millis(30), ..Timers::default() };
    let scene = Scene::new([ok("").then_stalls()]).await.timers(tiny);
    let error = scene.ask(&request("Why?")).await.unwrap_err();
    let timer = "no first byte within 30ms".to_owned();
    assert_eq!(error, Error::TimedOut { provider: "local".into(), timer });
    assert_eq!(scene.log(), ["before 1", "sent", "failed 1 no first byte within 30ms"]);
}

#[tokio::test]
async fn an_error_under_http_200_is_a_failure() {
    let broke = event(&json!({"error": {"message": "the model fell over", "code": 500}}));
    let scene = Scene::new([ok(piece("Hel") + &broke), ok(good())]).await;
    assert_eq!(scene.ask(&request("Why?")).await.unwrap().text, "Hello");
    let failed = "failed 1 an error inside its answer: the model fell over".to_owned();
    assert!(scene.log().contains(&failed), "{:?}", scene.log());

    let wrong = json!({"error": {"message": "no such model", "code": 404}}).to_string();
    let scene = Scene::new([ok(wrong)]).await;
    let error = scene.ask(&request("Why?")).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unavailable { reason, .. } if reason.contains("no such model")),
        "{error}"
    );
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    for body in ["<!DOCTYPE html><title>Log in</title>", "\u{FEFF}\n <html>"] {
        let scene = Scene::new([ok(body)]).await;
        let error = scene.ask(&request("Why?")).await.unwrap_err();
        let reason = "answered with a web page: is the base URL right?".to_owned();
        assert_eq!(error, Error::Unavailable { provider: "local".into(), reason });
        assert_eq!(scene.requests(), 1);
    }
}

#[tokio::test]
async fn answers_without_end_are_refused() {
    let long_line = ok("x".repeat(2 << 20));
    let many_lines = ok(format!("{}\n", ": waiting".repeat(1000)).repeat(2000));
    for answer in [long_line, many_lines] {
        let scene = Scene::new([answer]).await;
        let error = scene.ask(&request("Why?")).await.unwrap_err();
        assert!(
            matches!(&error, Error::Invalid { reason, .. } if reason.contains("does not end")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let limited = status(429, r#"{"error":{"message":"slow down"}}"#).header("retry-after-ms", "3");
    let scene = Scene::new([limited, ok(good())]).await;
    assert_eq!(scene.ask(&request("Why?")).await.unwrap().text, "Hello");
    let log = scene.log();
    assert_eq!(log[..4], ["before 1", "sent", "failed 1 429 Too Many Requests: slow down", "before 2"]);
}

#[tokio::test]
async fn a_wait_beyond_all_patience_is_not_waited() {
    let scene = Scene::new([status(429, "slow down").header("retry-after", "3600")]).await;
    let error = scene.ask(&request("Why?")).await.unwrap_err().to_string();
    assert!(error.contains("it asks for a wait of 3600s"), "{error}");
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn an_empty_account_is_not_asked_again() {
    let quota = r#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#;
    for answer in [
        status(429, quota).header("x-should-retry", "true"),
        status(402, "pay"),
        ok(event(&serde_json::from_str(quota).unwrap())),
    ] {
        let scene = Scene::new([answer]).await;
        let error = scene.ask(&request("Why?")).await.unwrap_err();
        assert!(
            matches!(&error, Error::Unavailable { reason, .. } if reason.contains("has no money left")),
            "{error}"
        );
        assert_eq!(scene.requests(), 1);
    }
}

#[tokio::test]
async fn a_server_that_stays_down_is_given_up_on() {
    let scene = Scene::new((0..5).map(|_| status(500, "boom"))).await;
    let error = scene.ask(&request("Why?")).await.unwrap_err();
    let reason = "500 Internal Server Error: boom (gave up after 3 requests)".to_owned();
    assert_eq!(error, Error::Unavailable { provider: "local".into(), reason });
    assert_eq!(scene.requests(), 3);
}

#[tokio::test]
async fn a_server_may_say_that_a_retry_is_useless() {
    let scene = Scene::new([status(503, "closed").header("x-should-retry", "false")]).await;
    assert!(matches!(scene.ask(&request("Why?")).await, Err(Error::Unavailable { .. })));
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let scene = Scene::without_server().await;
    let error = scene.ask(&request("Why?")).await.unwrap_err().to_string();
    assert!(error.starts_with("local is unavailable: cannot connect to http://127.0.0.1:"), "{error}");
    assert!(error.ends_with("(gave up after 3 requests)"), "{error}");
    let announced = scene.log().into_iter().filter(|line| line.starts_with("before")).collect::<Vec<_>>();
    assert_eq!(announced, ["before 1", "before 2", "before 3"]);
}

#[tokio::test]
async fn a_request_that_must_not_leave_does_not() {
    let scene = Scene::new([ok(good())]).await.refusing(1);
    assert!(matches!(scene.ask(&request("Why?")).await, Err(Error::Stopped(_))));
    assert_eq!((scene.requests(), scene.log().len()), (0, 0));

    let scene = Scene::new([status(500, "boom"), ok(good())]).await.refusing(2);
    assert!(matches!(scene.ask(&request("Why?")).await, Err(Error::Stopped(_))));
    assert_eq!(scene.requests(), 1);
}

#[tokio::test]
async fn a_prompt_that_is_too_long_is_said_to_be() {
    let body =
        r#"{"error":{"code":"context_length_exceeded","message":"maximum context length is 512 tokens"}}"#;
    for answer in [status(400, body), status(413, body)] {
        let scene = Scene::new([answer]).await;
        assert_eq!(scene.ask(&request("Why?")).await, Err(Error::TooLong { limit: 512 }));
        assert_eq!(scene.requests(), 1);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = "https://elsewhere.example/v1?token=x";
    let scene = Scene::new([status(307, "").header("location", target)]).await.key("sk-secret");
    let error = scene.ask(&request("Why?")).await.unwrap_err().to_string();
    assert!(error.contains("307 redirects to https://elsewhere.example: is the base URL right?"), "{error}");
    assert_eq!(scene.requests(), 1);
}

fn demanding() -> Request {
    Request {
        temperature: Some(0.5),
        effort: Some("high".into()),
        schema: Some(json!({"type": "object"})),
        ..request("Why?")
    }
}

fn names(field: &str) -> Answer {
    status(
        400,
        json!({"error": {"message": format!("Unsupported parameter: '{field}'"), "param": field}})
            .to_string(),
    )
}

#[tokio::test]
async fn fields_that_a_server_does_not_take_are_left_out_or_written_its_way() {
    let fields = [
        "max_completion_tokens",
        "reasoning_effort",
        "temperature",
        "stream_options",
        "response_format",
        "response_format",
    ];
    let scene = Scene::new(fields.into_iter().map(names).chain([ok(good())])).await;
    assert_eq!(scene.ask(&demanding()).await.unwrap().text, "Hello");
    let (first, last) = (scene.body(0), scene.body(6));
    assert_eq!((&first["max_tokens"], &first["reasoning_effort"]), (&json!(100), &json!("high")));
    assert_eq!(first["response_format"]["type"], "json_schema");
    assert_eq!((&last["max_tokens"], &last["max_completion_tokens"]), (&Value::Null, &json!(100)));
    for gone in ["reasoning_effort", "temperature", "stream_options"] {
        assert_eq!(last[gone], Value::Null, "{gone}");
    }
    assert_eq!(last["response_format"]["type"], "json_object");
    assert!(last["messages"][0]["content"].as_str().unwrap().contains("JSON Schema"));
}

#[tokio::test]
async fn a_server_that_keeps_complaining_is_not_asked_for_ever() {
    let scene = Scene::new((0..9).map(|_| names("response_format"))).await;
    assert!(matches!(scene.ask(&demanding()).await, Err(Error::Invalid { .. })));
    assert_eq!(scene.requests(), 4);
}

#[tokio::test]
async fn how_a_model_wants_its_limit_is_remembered() {
    let scene = Scene::new([names("max_completion_tokens"), ok(good()), ok(good()), ok(good())]).await;
    let provider = scene.provider();
    scene.ask_with(&provider, &request("Why?")).await.unwrap();
    scene.ask_with(&provider, &request("Why?")).await.unwrap();
    scene.ask_with(&provider, &Request { model: "other".into(), ..request("Why?") }).await.unwrap();
    assert_eq!(scene.requests(), 4);
    assert_eq!(scene.body(2)["max_completion_tokens"], 100);
    assert_eq!(scene.body(3)["max_tokens"], 100);
}

#[tokio::test]
async fn the_answers_own_name_is_preferred_and_any_is_better_than_none() {
    let nameless = || event(&json!({"choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}]}));
    let table = [
        (ok(good()).header("x-generation-id", "gen-1"), "gen-1"),
        (ok(good()).header("x-request-id", "req-1"), "cmpl-1"),
        (ok(nameless()).header("x-request-id", "req-1"), "req-1"),
        (ok(nameless()).header("x-generation-id", "gen-1").header("x-request-id", "req-1"), "gen-1"),
    ];
    for (answer, expected) in table {
        let scene = Scene::new([answer]).await;
        assert_eq!(scene.ask(&request("Why?")).await.unwrap().response_id.as_deref(), Some(expected));
        let told = scene.log().into_iter().filter(|line| line.starts_with("id")).collect::<Vec<_>>();
        assert_eq!(told, [format!("id 1 {expected}")]);
    }
}

#[tokio::test]
async fn the_key_is_in_no_error_and_no_debug_output() {
    const KEY: &str = "sk-very-secret";
    let echo = json!({"error": {"message": format!("Incorrect API key: {KEY}")}}).to_string();
    for answer in [
        status(401, echo.clone()),
        status(500, format!("<b>{KEY}</b>")),
        status(400, format!("bad\u{0}key {KEY}")),
        status(307, "").header("location", &format!("https://{KEY}@x.example/{KEY}")),
        ok(format!("data: {echo}\n\n")),
    ] {
        let scene = Scene::new([answer]).await.key(KEY);
        let provider = scene.provider();
        let error = scene.ask_with(&provider, &request("Why?")).await.unwrap_err();
        let shown = format!("{error} {error:?} {provider:?} {:?}", scene.log());
        assert!(!shown.contains(KEY), "{shown}");
        assert!(!shown.contains('\0'), "{shown}");
    }
}

#[tokio::test]
async fn a_missing_key_is_suspected_when_the_server_asks_for_one() {
    let scene = Scene::new([status(401, "who are you?")]).await;
    let error = scene.ask(&request("Why?")).await.unwrap_err().to_string();
    assert!(error.ends_with("401 Unauthorized: who are you? (no key is set)"), "{error}");
}

#[test]
fn a_key_that_cannot_be_sent_is_refused_at_once() {
    let config = OpenAiCompatConfig {
        api_key: Some(SecretString::from("sk-\nsecret")),
        context_tokens: 8192,
        ..OpenAiCompatConfig::new("local", normalise_base_url("http://localhost:1").unwrap())
    };
    let error = OpenAiCompat::new(config.clone()).unwrap_err();
    assert_eq!(error, BadConfig::Key("local".into()));
    assert!(!error.to_string().contains("secret"));

    let provider = OpenAiCompat::new(OpenAiCompatConfig { api_key: None, ..config }).unwrap();
    assert_eq!((provider.name(), provider.context_tokens("any")), ("local", 8192));
}

#[tokio::test]
async fn a_stored_answer_is_fetched_instead_of_bought_again() {
    let whole = json!({
        "id": "cmpl-1", "model": "m",
        "choices": [{"message": {"content": "Hello"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 20, "completion_tokens": 5},
    });
    let scene =
        Scene::new([ok(good()), ok(whole.to_string()), status(404, "{}"), ok("<html>")]).await.storing();
    let provider = scene.provider();
    let bought = scene.ask_with(&provider, &request("Why?")).await.unwrap();
    assert_eq!(scene.body(0)["store"], true);
    let LookedUp::Reply(fetched) = provider.look_up("cmpl-1", &request("Why?")).await else { panic!("lost") };
    assert_eq!((&fetched.text, &fetched.response_id), (&bought.text, &bought.response_id));
    assert_eq!((fetched.finish, fetched.usage.output_tokens), (Finish::Done, 5));
    for id in ["cmpl-1", "../../keys?x=1#"] {
        assert_eq!(provider.look_up(id, &request("Why?")).await, LookedUp::Unknown);
    }
    let seen = scene.seen.lock().unwrap();
    let paths: Vec<&str> = seen.iter().skip(1).map(|seen| seen.path.as_str()).collect();
    let hostile = "/v1/chat/completions/..%2F..%2Fkeys%3Fx=1%23";
    assert_eq!(paths, ["/v1/chat/completions/cmpl-1", "/v1/chat/completions/cmpl-1", hostile]);
}

#[tokio::test]
async fn the_models_are_listed_with_the_key_and_a_refusal_lists_none() {
    let listed = json!({"data": [{"id": "a"}, {"id": "b"}]}).to_string();
    let scene = Scene::new([ok(listed), status(404, "{}"), ok("<html>")]).await.key("sk-secret");
    let provider = scene.provider();
    let ids: Vec<String> = provider.models().await.into_iter().map(|model| model.id).collect();
    assert_eq!(ids, ["a", "b"]);
    assert!(provider.models().await.is_empty() && provider.models().await.is_empty());
    let seen = scene.seen.lock().unwrap();
    assert_eq!(
        (seen[0].path.as_str(), &seen[0].headers["authorization"]),
        ("/v1/models", &"Bearer sk-secret".parse().unwrap())
    );
}

#[tokio::test]
async fn where_nothing_is_stored_nothing_is_asked() {
    let scene = Scene::new([ok(good())]).await;
    let provider = scene.provider();
    assert_eq!(provider.look_up("cmpl-1", &request("Why?")).await, LookedUp::Unknown);
    assert_eq!(scene.requests(), 0);
    scene.ask_with(&provider, &request("Why?")).await.unwrap();
    assert_eq!(scene.body(0)["store"], Value::Null);
}

#[tokio::test]
async fn openrouter_says_what_it_charged_and_other_servers_are_not_believed() {
    let cost = event(&json!({"choices": [], "usage": {"prompt_tokens": 20, "cost": 0.000_123}}));
    let body = || [piece("Hello"), last("stop"), cost.clone()].concat();
    let charged = json!({"data": {"id": "gen-1", "total_cost": "0.0015"}}).to_string();
    let scene = Scene::new([ok(body()), ok(charged), status(404, "{}")]).await.flavoured(Flavour::OpenRouter);
    let provider = scene.provider();
    let reply = scene.ask_with(&provider, &request("Why?")).await.unwrap();
    assert_eq!(reply.billed, Some(MicroUsd(123)));
    assert_eq!(provider.look_up("gen-1", &request("Why?")).await, LookedUp::Charged(MicroUsd(1500)));
    assert_eq!(provider.look_up("gen-2", &request("Why?")).await, LookedUp::Unknown);
    assert_eq!(scene.seen.lock().unwrap()[1].path, "/v1/generation");

    let scene = Scene::new([ok(body())]).await;
    assert_eq!(scene.ask(&request("Why?")).await.unwrap().billed, None);
}

/// A server that sends anything at all gets a reply or an error out of us, never a panic or an endless loop.
#[test]
fn random_bodies_are_survived() {
    use proptest::prelude::*;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 40, ..ProptestConfig::default() };
    let bodies = (prop_oneof![Just(200_u16), Just(400), Just(429), Just(500)], "[\\PC\n]{0,80}");
    TestRunner::new(config)
        .run(&bodies, |(code, body)| {
            runtime.block_on(async {
                let scene = Scene::new((0..3).map(|_| status(code, body.clone()))).await;
                let _ = scene.ask(&demanding()).await;
                prop_assert!(scene.requests() <= 3 + 7);
                Ok(())
            })
        })
        .unwrap();
}
