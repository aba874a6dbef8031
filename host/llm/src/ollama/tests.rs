//! What the provider does with servers of every version.

use std::time::Duration;

use amatelier_types::Usage;
use serde_json::{Value, json};

use crate::{
    BaseUrl, Billing, Error, Finish, Provider, Reply, Request, RetryPolicy, Timers, Tool,
    ollama::{Ollama, OllamaConfig, ollama_base_url, probe_ollama},
    testing::{
        Scene, request,
        server::{Answer, Asides, ok, status},
    },
};

/// A server with one model of this many tokens, of this version.
async fn server(script: impl IntoIterator<Item = Answer>, context: u32, version: &str) -> Scene {
    let show = json!({"model_info": {"general.architecture": "llama", "llama.context_length": context}});
    let version = json!({ "version": version });
    let asides: Asides = vec![("/api/show", ok(show.to_string())), ("/api/version", ok(version.to_string()))];
    Scene::with_asides(script, asides).await
}

async fn current(script: impl IntoIterator<Item = Answer>) -> Scene {
    server(script, 131_072, "0.34.2").await
}

fn config(server: &Scene) -> OllamaConfig {
    let timers = Timers { idle: Duration::from_millis(50), ..Timers::default() };
    let retry = RetryPolicy { first_delay: Duration::from_millis(1), ..RetryPolicy::default() };
    OllamaConfig { timers, retry, ..OllamaConfig::new("ollama", ollama_base_url(server.url()).unwrap()) }
}

fn provider(server: &Scene) -> Ollama {
    Ollama::new(config(server)).unwrap()
}

async fn ask(server: &Scene, request: &Request) -> Result<Reply, Error> {
    provider(server).complete(request, &server.ear()).await
}

/// The bodies of the chat requests.
fn chats(server: &Scene) -> Vec<Value> {
    server.seen().into_iter().map(|seen| seen.body).collect()
}

fn said(text: &str) -> Value {
    json!({"model": "llama3.1:8b", "message": {"role": "assistant", "content": text}, "done": false})
}

fn done(prompt: u64, answer: u64) -> Value {
    json!({"model": "llama3.1:8b", "message": {"role": "assistant", "content": ""}, "done": true, "done_reason": "stop",
           "prompt_eval_count": prompt, "eval_count": answer})
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

fn good() -> String {
    lines(&[said("Hel"), said("lo"), done(20, 5)])
}

fn error(code: u16, message: &str) -> Answer {
    status(code, json!({ "error": message }).to_string())
}

#[tokio::test]
async fn a_stream_becomes_a_reply_and_the_window_is_ours() {
    let server = current([ok(good())]).await;
    let reply = ask(&server, &request("Why?")).await.unwrap();
    assert_eq!(
        (reply.text.as_str(), reply.finish, reply.model.as_str()),
        ("Hello", Finish::Done, "llama3.1:8b")
    );
    assert_eq!(reply.usage, Usage { calls: 1, input_tokens: 20, output_tokens: 5, ..Usage::default() });
    assert_eq!(server.log(), ["before 1", "sent", "text 1 Hel", "text 1 lo"]);
    assert_eq!(server.seen()[0].path, "/api/chat");
    let body = &chats(&server)[0];
    assert_eq!((&body["options"]["num_ctx"], &body["options"]["num_predict"]), (&json!(4096), &json!(100)));
    assert_eq!((&body["truncate"], &body["shift"]), (&json!(false), &json!(false)));
    assert_eq!(body.get("keep_alive"), None);
}

#[tokio::test]
async fn the_window_grows_with_the_prompt_and_does_not_shrink() {
    let long = lines(&[said("a"), done(8000, 5)]);
    let server = current([ok(good()), ok(long.clone()), ok(good())]).await;
    let provider = provider(&server);
    for text in ["Why?".to_owned(), "bread ".repeat(6000), "Why?".to_owned()] {
        provider.complete(&request(&text), &server.ear()).await.unwrap();
    }
    let windows: Vec<Value> = chats(&server).iter().map(|body| body["options"]["num_ctx"].clone()).collect();
    assert_eq!(windows, [json!(4096), json!(12_288), json!(12_288)]);
    let asked = server.aside().iter().filter(|path| *path == "/api/show").count();
    assert_eq!(asked, 1, "a model's context is asked for once");
    assert_eq!(provider.context_tokens("some-model"), 131_072);
}

#[tokio::test]
async fn a_prompt_that_cannot_fit_is_not_sent() {
    let server = server([ok(good())], 4096, "0.34.2").await;
    let too_long = request(&"bread ".repeat(2100));
    assert_eq!(ask(&server, &too_long).await, Err(Error::TooLong { limit: 4096 }));
    assert_eq!((chats(&server).len(), server.log().len()), (0, 0));

    let shorter = Ollama::new(OllamaConfig { longest_window: Some(2048), ..config(&server) }).unwrap();
    let error = shorter.complete(&request(&"bread ".repeat(1100)), &server.ear()).await.unwrap_err();
    assert_eq!(error, Error::TooLong { limit: 2048 });
}

#[tokio::test]
async fn an_answer_to_half_a_prompt_is_an_error() {
    let long = request(&"bread ".repeat(15_750));
    for (script, version) in [
        // Cut to 2 051 tokens by something that drops num_ctx.
        (lines(&[said("Sure!"), done(2051, 100)]), "0.34.2"),
        (lines(&[said("Sure!"), done(2051, 100)]), "0.5.1"),
    ] {
        let server = server([ok(script)], 131_072, version).await;
        let error = ask(&server, &long).await.unwrap_err();
        assert!(
            matches!(&error, Error::Invalid { reason, .. } if reason.contains("cut the prompt")),
            "{error}"
        );
        assert_eq!(chats(&server).len(), 1, "and is not asked for again");
    }
    let full = server([ok(lines(&[said("Sure!"), done(4096, 10)]))], 131_072, "0.12.5").await;
    assert_eq!(ask(&full, &request("Why?")).await, Err(Error::TooLong { limit: 4096 }));
}

#[tokio::test]
async fn a_count_without_what_was_cached_is_no_sign() {
    let long = request(&"bread ".repeat(15_750));
    for (counted, version) in
        [(done(40, 5), "0.3.14"), (done(40, 5), "0.30.0"), (json!({"done": true}), "0.34.2")]
    {
        let server = server([ok(lines(&[said("Hello"), counted]))], 131_072, version).await;
        assert_eq!(ask(&server, &long).await.unwrap().text, "Hello", "{version}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_to_cut_says_that_the_prompt_is_too_long() {
    let nested = r#"{"error":{"code":400,"message":"request (2622 tokens) exceeds the available context size (512 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":2622,"n_ctx":512}}"#;
    for (answer, limit) in [
        (error(400, nested), 512),
        (error(400, "the input length exceeds the context length"), 131_072),
        (error(500, "the input length exceeds the context length"), 131_072),
        (ok(lines(&[json!({"error": "the input length exceeds the context length"})])), 131_072),
    ] {
        let server = current([answer]).await;
        assert_eq!(ask(&server, &request("Why?")).await, Err(Error::TooLong { limit }));
        assert_eq!(chats(&server).len(), 1);
    }
}

#[tokio::test]
async fn errors_that_somebody_can_mend_say_how() {
    let tool = Tool { name: "grep".into(), description: String::new(), parameters: json!({}) };
    let asked = Request { model: "llama9".into(), tools: vec![tool], ..request("Why?") };
    for (answer, expected) in [
        (error(404, "model 'llama9' not found"), "`ollama pull llama9` fetches it"),
        (error(404, "model \"llama9\" not found, try pulling it first"), "`ollama pull llama9` fetches it"),
        (error(400, "registry.ollama.ai/library/llama9 does not support tools"), "set `tools = false`"),
    ] {
        let server = current([answer]).await;
        let error = ask(&server, &asked).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid { reason, .. } if reason.contains(expected)), "{error}");
        assert_eq!(chats(&server).len(), 1);
    }
    let server =
        current([error(500, "model requires more system memory (9.9 GiB) than is available (1.1 GiB)")])
            .await;
    let error = ask(&server, &asked).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unavailable { reason, .. } if reason.contains("a smaller model")),
        "{error}"
    );
    assert_eq!(chats(&server).len(), 1);
}

#[tokio::test]
async fn a_plan_that_is_used_up_is_not_asked_again() {
    let server =
        current([error(429, "you have reached your weekly usage limit, upgrade for higher limits")]).await;
    let error = ask(&server, &request("Why?")).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unavailable { reason, .. } if reason.contains("no money left")),
        "{error}"
    );
    assert_eq!(chats(&server).len(), 1);
}

#[tokio::test]
async fn a_model_that_does_not_think_is_asked_without_and_that_is_remembered() {
    let unknown = "think value \"high\" is not supported for this model";
    let server = current([
        error(400, unknown),
        error(400, "\"llama3.1:8b\" does not support thinking"),
        ok(good()),
        ok(good()),
    ])
    .await;
    let provider = provider(&server);
    let asked = Request { effort: Some("high".into()), ..request("Why?") };
    provider.complete(&asked, &server.ear()).await.unwrap();
    provider.complete(&asked, &server.ear()).await.unwrap();
    let thinks: Vec<Value> = chats(&server).iter().map(|body| body["think"].clone()).collect();
    assert_eq!(thinks, [json!("high"), json!(true), Value::Null, Value::Null]);
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_stream_is_a_failure() {
    let broke = lines(&[said("Hel"), json!({"error": "an error was encountered while running the model"})]);
    let server = current([ok(broke), ok(good())]).await;
    assert_eq!(ask(&server, &request("Why?")).await.unwrap().text, "Hello");
    assert_eq!(chats(&server).len(), 2);
}

#[tokio::test]
async fn a_stream_that_breaks_off_keeps_its_text() {
    let half = format!("{}{{\"mess", lines(&[said("Hel")]));
    for answer in [ok(lines(&[said("Hel")])), ok(half.clone()).then_breaks(), ok(half).then_stalls()] {
        let server = current([answer]).await;
        let reply = ask(&server, &request("Why?")).await.unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), ("Hel", Finish::Broken));
        assert_eq!(chats(&server).len(), 1);
    }
    let server = current([ok(good()).in_single_bytes()]).await;
    assert_eq!(ask(&server, &request("Why?")).await.unwrap().text, "Hello");
}

#[tokio::test]
async fn a_model_that_was_only_loaded_is_asked_again() {
    let loaded = json!({"model": "m", "message": {"role": "assistant", "content": ""}, "done": true, "done_reason": "load"});
    let server = current([ok(lines(&[loaded])), ok(good())]).await;
    assert_eq!(ask(&server, &request("Why?")).await.unwrap().text, "Hello");
}

#[tokio::test]
async fn a_server_that_tells_nothing_about_itself_is_believed_the_configuration() {
    let server = Scene::with_asides(
        [ok(good())],
        vec![("/api/show", status(404, "{}")), ("/api/version", status(404, "no"))],
    )
    .await;
    let provider = provider(&server);
    assert_eq!(provider.complete(&request("Why?"), &server.ear()).await.unwrap().text, "Hello");
    assert_eq!((provider.context_tokens("some-model"), provider.billing()), (8192, Billing::Free));
}

#[tokio::test]
async fn models_are_listed_with_their_context() {
    let tags = json!({"models": [{"name": "llama3.1:8b", "model": "llama3.1:8b"}, {"name": "qwen3:4b"}]});
    let server = current([ok(tags.to_string())]).await;
    let provider = provider(&server);
    let listed: Vec<_> =
        provider.models().await.into_iter().map(|model| (model.id, model.context_tokens)).collect();
    assert_eq!(listed, [("llama3.1:8b".to_owned(), Some(131_072)), ("qwen3:4b".to_owned(), Some(131_072))]);
    assert_eq!(provider.context_tokens("qwen3:4b"), 131_072);
}

#[tokio::test]
async fn a_server_is_found_where_there_is_one_and_only_there() {
    let here = current([]).await;
    assert_eq!(probe_ollama(&ollama_base_url(here.url()).unwrap()).await.as_deref(), Some("0.34.2"));
    let other = Scene::new([ok("<html>")]).await;
    assert_eq!(probe_ollama(&ollama_base_url(other.url()).unwrap()).await, None);
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(probe_ollama(&BaseUrl::read(&format!("http://{address}")).unwrap()).await, None);
}

#[tokio::test]
async fn a_request_that_must_not_leave_does_not() {
    let server = current([ok(good())]).await;
    let stopped = provider(&server).complete(&request("Why?"), &server.ear_refusing(1)).await;
    assert!(matches!(stopped, Err(Error::Stopped(_))));
    assert_eq!(chats(&server).len(), 0);
}
