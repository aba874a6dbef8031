//! What is written, what is learned from refusals, and what only this protocol says.

use serde_json::{Value, json};

use super::{
    Anthropic, AnthropicConfig, body, dialect::Dialect, listener::EventListener, normalise_base_url,
};
use crate::{
    Error, Finish, PromptTurn, Provider, Reply, Request, RetryPolicy, Speaker, Tool, ToolCall,
    http::{Answer, Ended, Listener},
    testing::{
        Log, LogEar, request,
        server::{self, Seen, Server, ok, status},
    },
};

fn event(value: Value) -> String {
    format!("data: {value}\n\n")
}

fn message(blocks: Value, reason: &str) -> String {
    json!({"type": "message", "id": "msg_1", "content": blocks, "stop_reason": reason}).to_string()
}

fn hello() -> server::Answer {
    ok(message(json!([{"type": "text", "text": "Hello"}]), "end_turn"))
}

fn refused(words: &str) -> server::Answer {
    let error = json!({"type": "error", "error": {"type": "invalid_request_error", "message": words}});
    status(400, error.to_string())
}

/// Ask this provider's server one request after the other; what came back, and what it saw.
async fn ask(
    script: impl IntoIterator<Item = server::Answer>,
    requests: &[Request],
) -> (Vec<Result<Reply, Error>>, Vec<Seen>, Vec<String>) {
    let log = Log::default();
    let server = Server::start(script, &log).await;
    let config = AnthropicConfig {
        retry: RetryPolicy { retries: 0, ..RetryPolicy::default() },
        ..AnthropicConfig::new("anthropic", normalise_base_url(&server.url).unwrap())
    };
    let provider = Anthropic::new(config).unwrap();
    let ear = LogEar { log: log.clone(), refuse: None };
    let mut replies = Vec::new();
    for request in requests {
        replies.push(provider.complete(request, &ear).await);
    }
    let log = log.lock().unwrap().clone();
    let seen = std::mem::take(&mut *server.seen.lock().unwrap());
    (replies, seen, log)
}

fn full() -> Request {
    Request {
        system: "Be brief.".into(),
        messages: vec![
            PromptTurn::said(Speaker::User, "The briefing."),
            PromptTurn::said(Speaker::User, "Why?"),
        ],
        max_tokens: 8_000,
        temperature: Some(1.7),
        stop: vec!["END".into(), " ".into()],
        schema: Some(json!({"type": "object"})),
        ..request("")
    }
}

#[test]
fn every_wish_is_written_and_the_stable_prefix_is_marked() {
    let kept = json!({"type": "ephemeral"});
    let expected = json!({
        "model": "some-model",
        "max_tokens": 8_000,
        "system": [{"type": "text", "text": "Be brief.", "cache_control": kept}],
        "messages": [{"role": "user", "content": [
            {"type": "text", "text": "The briefing.", "cache_control": kept},
            {"type": "text", "text": "Why?"},
        ]}],
        "temperature": 1.0,
        "stop_sequences": ["END"],
        "output_config": {"format": {"type": "json_schema", "schema": {"type": "object"}}},
        "stream": true,
    });
    assert_eq!(body::write(&full(), Dialect::default()), expected);
}

#[test]
fn a_model_that_thinks_takes_no_temperature() {
    let body = body::write(&Request { effort: Some("low".into()), ..full() }, Dialect::default());
    assert_eq!(body["thinking"], json!({"type": "enabled", "budget_tokens": 2_048}));
    assert_eq!(body["temperature"], Value::Null);
    let short = Request { effort: Some("low".into()), max_tokens: 1_000, ..full() };
    let body = body::write(&short, Dialect::default());
    assert_eq!((&body["thinking"], &body["temperature"]), (&Value::Null, &json!(1.0)));
}

#[test]
fn tools_are_written_with_the_mark_behind_them_and_without_thinking() {
    let tool = |name: &str| Tool {
        name: name.into(),
        description: "Looks.".into(),
        parameters: json!({"type": "object"}),
    };
    let offered = Request { tools: vec![tool("grep"), tool("glob")], effort: Some("high".into()), ..full() };
    let body = body::write(&offered, Dialect::default());
    let kept = json!({"type": "ephemeral"});
    let plain =
        |name: &str| json!({"name": name, "description": "Looks.", "input_schema": {"type": "object"}});
    let mut last = plain("glob");
    last["cache_control"] = kept.clone();
    assert_eq!(body["tools"], json!([plain("grep"), last]));
    assert_eq!((&body["thinking"], &body["tool_choice"]), (&Value::Null, &Value::Null));
    let marks = body.to_string().matches("cache_control").count();
    assert_eq!(marks, 3, "{body}");
}

#[test]
fn tools_that_were_called_are_named_when_none_is_offered_any_more() {
    let call = ToolCall { id: "a".into(), name: "grep".into(), arguments: "{}".into() };
    let mut asked = request("Where?");
    asked.effort = Some("high".into());
    asked.max_tokens = 9_000;
    asked
        .messages
        .push(PromptTurn { calls: vec![call.clone(), call], ..PromptTurn::said(Speaker::Assistant, "") });
    let body = body::write(&asked, Dialect { caching: false, ..Dialect::default() });
    assert_eq!(body["tools"], json!([{"name": "grep", "input_schema": {"type": "object"}}]));
    assert_eq!((&body["tool_choice"], &body["thinking"]), (&json!({"type": "none"}), &Value::Null));
}

#[tokio::test]
async fn the_version_is_named_and_without_a_key_none_is_sent() {
    let (replies, seen, _) = ask([hello()], &[request("Why?")]).await;
    assert_eq!(replies[0].as_ref().unwrap().text, "Hello");
    assert_eq!(seen[0].headers["anthropic-version"], "2023-06-01");
    assert!(!seen[0].headers.contains_key("x-api-key"));
}

#[tokio::test]
async fn a_schema_that_is_refused_becomes_a_tool_whose_arguments_are_the_answer() {
    let call = [
        event(json!({"type": "message_start", "message": {"id": "msg_1", "usage": {"input_tokens": 9}}})),
        event(json!({"type": "content_block_start", "index": 0, "content_block":
            {"type": "tool_use", "id": "toolu_1", "name": "answer", "input": {}}})),
        event(json!({"type": "content_block_delta", "index": 0, "delta":
            {"type": "input_json_delta", "partial_json": "{\"verdict\":"}})),
        event(json!({"type": "content_block_delta", "index": 0, "delta":
            {"type": "input_json_delta", "partial_json": "1}"}})),
        event(json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"}})),
    ];
    let script = [refused("output_config: Extra inputs are not permitted"), ok(call.concat()), hello()];
    let thinking = Request { effort: Some("high".into()), ..full() };
    let (replies, seen, log) = ask(script, &[thinking.clone(), thinking]).await;
    let reply = replies[0].as_ref().unwrap();
    assert_eq!((reply.text.as_str(), reply.finish), ("{\"verdict\":1}", Finish::Done));
    assert!(reply.calls.is_empty());
    assert!(log.contains(&"text 2 {\"verdict\":".to_owned()), "{log:?}");
    assert_eq!(seen[1].body["tool_choice"], json!({"type": "tool", "name": "answer"}));
    assert_eq!(seen[1].body["tools"][0]["input_schema"], json!({"type": "object"}));
    assert_eq!((&seen[1].body["output_config"], &seen[1].body["thinking"]), (&Value::Null, &Value::Null));
    // The next schema may be one that the service takes.
    assert!(seen[2].body["output_config"]["format"].is_object());
}

#[tokio::test]
async fn how_a_model_wants_to_think_is_remembered() {
    let script =
        [refused("thinking.type: enabled is not supported, use adaptive"), hello(), hello(), hello()];
    let thinking = Request { effort: Some("high".into()), max_tokens: 8_000, ..request("Why?") };
    let other = Request { model: "other".into(), ..thinking.clone() };
    let (_, seen, _) = ask(script, &[thinking.clone(), thinking, other]).await;
    let forms: Vec<&Value> = seen.iter().map(|seen| &seen.body["thinking"]["type"]).collect();
    assert_eq!(forms, ["enabled", "adaptive", "adaptive", "enabled"]);
    assert_eq!(seen[2].body["output_config"], json!({"effort": "high"}));
}

#[tokio::test]
async fn a_spend_limit_is_no_rate_limit_and_the_request_is_named() {
    let limited = json!({"error": {"type": "rate_limit_error", "message": "enforced_spend_limit_reached"}});
    let answer = status(429, limited.to_string()).header("request-id", "req_9");
    let (replies, _, log) = ask([answer], &[request("Why?")]).await;
    let error = replies[0].as_ref().unwrap_err().to_string();
    assert!(error.contains("no money left"), "{error}");
    assert!(log.contains(&"id 1 req_9".to_owned()), "{log:?}");
}

#[tokio::test]
async fn the_models_are_listed_and_a_refusal_lists_none() {
    let listed = json!({"data": [{"type": "model", "id": "claude-some-4"}], "has_more": false}).to_string();
    let server = Server::start([ok(listed), status(401, "{}"), ok("<html>")], &Log::default()).await;
    let config = AnthropicConfig::new("anthropic", normalise_base_url(&server.url).unwrap());
    let provider = Anthropic::new(config).unwrap();
    let ids = |models: Vec<crate::ListedModel>| models.into_iter().map(|model| model.id).collect::<Vec<_>>();
    assert_eq!(ids(provider.models().await), ["claude-some-4"]);
    assert!(provider.models().await.is_empty() && provider.models().await.is_empty());
    let seen = server.seen.lock().unwrap();
    assert_eq!(
        (seen[0].path.as_str(), &seen[0].headers["anthropic-version"]),
        ("/v1/models", &"2023-06-01".parse().unwrap())
    );
    assert_eq!(provider.billing(), crate::Billing::Metered);
}

/// What comes of these events.
fn heard(events: &[Value]) -> (Answer, Option<Ended>) {
    let (mut listener, mut answer) = (EventListener::new(false), Answer::default());
    let mut ended = None;
    for event in events {
        ended = listener.piece("", event, &mut answer).unwrap();
    }
    (answer, ended)
}

#[test]
fn reasons_for_the_end_are_told_apart() {
    for (reason, expected) in [
        ("end_turn", Some(Finish::Done)),
        ("stop_sequence", Some(Finish::Done)),
        ("tool_use", Some(Finish::Done)),
        ("something_new", Some(Finish::Done)),
        ("max_tokens", Some(Finish::Length)),
        ("model_context_window_exceeded", Some(Finish::Length)),
        ("refusal", Some(Finish::Refused)),
        ("pause_turn", Some(Finish::Broken)),
        ("", Some(Finish::Broken)),
    ] {
        let text =
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "a"}});
        let delta = json!({"type": "message_delta", "delta": {"stop_reason": reason}});
        assert_eq!(heard(&[text, delta]).0.finish(Ended::Early), expected, "{reason}");
    }
    assert_eq!(heard(&[json!({"type": "message_stop"})]).1, Some(Ended::Marked));
}

#[test]
fn arguments_that_came_with_the_announcement_count_if_no_pieces_follow() {
    let start = |index: u64, input: Value| {
        let block = json!({"type": "tool_use", "id": "a", "name": "grep", "input": input});
        json!({"type": "content_block_start", "index": index, "content_block": block})
    };
    let delta = json!({"type": "content_block_delta", "index": 5, "delta":
        {"type": "input_json_delta", "partial_json": "{\"y\":2}"}});
    let stop = |index: u64| json!({"type": "content_block_stop", "index": index});
    let lost = json!({"type": "content_block_delta", "index": 99, "delta":
        {"type": "input_json_delta", "partial_json": "{}"}});
    let end = json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"}});
    let events = [
        start(1, json!({"x": 1})),
        stop(1),
        start(5, json!({"x": 1})),
        delta,
        lost,
        start(7, json!({})),
        end,
    ];
    let reply = heard(&events).0.into_reply(Finish::Done, &request("Why?"));
    let arguments: Vec<&str> = reply.calls.iter().map(|call| call.arguments.as_str()).collect();
    assert_eq!(arguments, ["{\"x\":1}", "{\"y\":2}", "{}"]);
}

#[test]
fn the_placeholder_at_the_start_is_no_count_and_a_later_total_is() {
    let start =
        json!({"type": "message_start", "message": {"usage": {"input_tokens": 5, "output_tokens": 1}}});
    let (answer, _) = heard(std::slice::from_ref(&start));
    assert_eq!((answer.counts.input, answer.counts.output), (Some(5), None));
    let usage = json!({"input_tokens": 0, "cache_read_input_tokens": 7, "output_tokens": 30});
    let (answer, _) = heard(&[start, json!({"type": "message_delta", "delta": {}, "usage": usage})]);
    assert_eq!(
        (answer.counts.input, answer.counts.cached, answer.counts.output),
        (Some(12), Some(7), Some(30))
    );
}
