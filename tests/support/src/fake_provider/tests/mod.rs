//! The provider, asked the way a client asks it.

mod every;
mod own;
mod talk;

use std::{
    collections::BTreeSet,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};

use super::{FakeProvider, Reaction};

fn body(text: &str) -> Value {
    json!({
        "model": "fake",
        "messages": [{"role": "system", "content": "You are ada."}, {"role": "user", "content": text}],
        "stream": true,
        "stream_options": {"include_usage": true},
    })
}

fn asking(text: &str, schema: Value) -> Value {
    let mut body = body(text);
    body["response_format"] = json!({"type": "json_schema", "json_schema": {"name": "a", "schema": schema}});
    body
}

/// Ask, and leave the answer in the pipe. HTTP/1.0, so that the body is everything up to the end of the connection.
fn send(provider: &FakeProvider, body: &Value) -> TcpStream {
    let mut stream = TcpStream::connect(provider.address).unwrap();
    let body = body.to_string();
    let head = format!(
        "POST /v1/chat/completions HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
    stream
}

fn ask(provider: &FakeProvider, body: &Value) -> String {
    let mut answer = String::new();
    // A connection that is cut is an error here; what came before it is what the test looks at.
    let _ = send(provider, body).read_to_string(&mut answer);
    answer
}

fn events(answer: &str) -> Vec<&str> {
    answer.lines().filter_map(|line| line.strip_prefix("data: ")).collect()
}

/// The text of a stream.
fn text(answer: &str) -> String {
    let chunks = events(answer).into_iter().filter_map(|data| serde_json::from_str::<Value>(data).ok());
    chunks.filter_map(|chunk| Some(chunk.pointer("/choices/0/delta/content")?.as_str()?.to_owned())).collect()
}

#[test]
fn an_answer_is_streamed_in_pieces_with_its_usage() {
    let provider = FakeProvider::start();
    let answer = ask(&provider, &body("Is the bridge safe in winter?"));
    assert!(answer.starts_with("HTTP/1.0 200") && answer.contains("text/event-stream"), "{answer}");
    let events = events(&answer);
    assert!(events.len() > 8, "{answer}");
    assert_eq!(events.last(), Some(&"[DONE]"));
    let text = text(&answer);
    assert!(text.split_whitespace().count() > 40 && !text.starts_with("PASS"), "{text}");
    let usage: Value = serde_json::from_str(events[events.len() - 2]).unwrap();
    assert_eq!(usage["usage"]["prompt_tokens"], 9);
    let asked = &provider.requests()[0];
    assert_eq!(asked.answer.as_deref(), Some(text.as_str()));
    assert_eq!(usage["usage"]["completion_tokens"], asked.output_tokens());
}

#[test]
fn an_answer_that_is_not_streamed_is_one_object() {
    let provider = FakeProvider::start();
    let mut body = body("Why?");
    body["stream"] = json!(false);
    let answer = ask(&provider, &body);
    let (_, object) = answer.split_once("\r\n\r\n").unwrap();
    let object: Value = serde_json::from_str(object).unwrap();
    let asked = &provider.requests()[0];
    assert_eq!(object["choices"][0]["message"]["content"].as_str(), asked.answer.as_deref());
    assert!(asked.finished);
}

#[test]
fn the_same_request_has_the_same_answer_everywhere_and_others_have_others() {
    let (one, other) = (FakeProvider::start(), FakeProvider::start());
    let mut answers = Vec::new();
    for n in 0..30 {
        let body = body(&format!("Round {n} of the debate about the bridge and its keeper."));
        let answer = text(&ask(&one, &body));
        assert_eq!(answer, text(&ask(&other, &body)));
        answers.push(answer.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>());
    }
    for (at, one) in answers.iter().enumerate() {
        for other in &answers[at + 1..] {
            let shared = one.intersection(other).count() as f64;
            let all = one.union(other).count() as f64;
            assert!(shared / all < 0.7, "{one:?} {other:?}");
        }
    }
    assert_eq!(one.requests()[3].key, other.requests()[3].key);
    assert_ne!(one.requests()[3].key, one.requests()[4].key);
}

#[test]
fn a_request_is_held_until_it_is_released() {
    let provider = FakeProvider::start();
    let hold = provider.hold_when(|asked| asked.says("second"));
    ask(&provider, &body("first"));
    let mut held = send(&provider, &body("second"));
    assert_eq!(hold.reached().n, 2);
    assert_eq!((provider.asked(), provider.finished()), (2, 1));
    hold.release();
    let mut answer = String::new();
    held.read_to_string(&mut answer).unwrap();
    assert_eq!(events(&answer).last(), Some(&"[DONE]"));
    provider.wait_for_finished(2);
    ask(&provider, &body("second"));
    assert_eq!(provider.requests()[2].times, 2, "and only once");
}

#[test]
fn only_whole_answers_are_finished() {
    let provider = FakeProvider::start();
    provider
        .once(|asked| asked.n == 1, Reaction::CutMidStream)
        .once(|asked| asked.n == 2, Reaction::Status(500))
        .once(|asked| asked.n == 3, Reaction::WebPage)
        .once(|asked| asked.n == 4, Reaction::BrokenJson)
        .whenever(|asked| asked.n == 5, Reaction::RateLimit { retry_after_ms: 20 })
        .whenever(|asked| asked.n == 6, Reaction::Say("PASS".into()))
        .whenever(|asked| asked.n == 7, Reaction::Delay(Duration::from_millis(1)))
        .whenever(|asked| asked.n == 8, Reaction::Slowly(Duration::from_millis(1)));
    let answers: Vec<String> = (1..=8).map(|n| ask(&provider, &body(&format!("ask {n}")))).collect();
    assert!(!text(&answers[0]).is_empty() && !answers[0].contains("[DONE]"), "{}", answers[0]);
    assert!(answers[1].starts_with("HTTP/1.0 500") && answers[1].contains("retry-after-ms: 1"));
    assert!(answers[2].contains("text/html") && answers[2].contains("<!doctype html>"));
    assert!(events(&answers[3]).iter().all(|data| serde_json::from_str::<Value>(data).is_err()));
    assert!(answers[4].starts_with("HTTP/1.0 429") && answers[4].contains("retry-after-ms: 20"));
    assert_eq!(text(&answers[5]), "PASS");
    let finished: Vec<_> =
        provider.requests().iter().filter(|asked| asked.finished).map(|asked| asked.n).collect();
    assert_eq!(finished, [6, 7, 8]);
    assert_eq!(provider.bodies()[4]["messages"][1]["content"], "ask 5");
}

#[test]
fn a_stalled_answer_ends_with_its_client_or_the_provider() {
    let provider = FakeProvider::start();
    provider
        .once(|asked| asked.says("mid"), Reaction::StallMidStream)
        .once(|asked| asked.says("mute"), Reaction::StallForever);
    let mut mid = send(&provider, &body("mid"));
    let mut first = [0; 15];
    mid.read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"HTTP/1.0 200"));
    let mut mute = send(&provider, &body("mute"));
    provider.wait_for("the second", |requests| requests.len() == 2);
    drop(mid);
    ask(&provider, &body("others are served meanwhile"));
    assert_eq!(provider.finished(), 1);
    drop(provider);
    let mut rest = String::new();
    let _ = mute.read_to_string(&mut rest);
    assert_eq!(rest, "");
}

#[test]
fn a_verdict_goes_on_unless_it_is_to_converge() {
    let schema = json!({
        "type": "object",
        "properties": {"verdict": {"enum": ["converged", "proceed"]}, "reason": {"type": "string"}},
        "required": ["verdict", "reason"],
        "additionalProperties": false
    });
    let provider = FakeProvider::start();
    provider.whenever(|asked| asked.says("gate of round 2"), Reaction::Converge);
    for (round, expected) in [(1, "proceed"), (2, "converged"), (3, "proceed")] {
        let answer = ask(&provider, &asking(&format!("Rule at the gate of round {round}."), schema.clone()));
        let ruling: Value = serde_json::from_str(&text(&answer)).unwrap();
        assert_eq!(ruling["verdict"], expected);
        assert!(jsonschema::is_valid(&schema, &ruling), "{ruling}");
    }
}

/// A rubric's schema in the shape of the bundled one.
fn cards(members: &[&str]) -> Value {
    let axes = ["novelty", "accuracy"];
    let mark = json!({
        "type": "object",
        "properties": {"axis": {"enum": axes}, "because": {"type": "string"}, "value": {"enum": [0, 1, 2, 3, 10]}},
        "required": ["axis", "because", "value"],
        "additionalProperties": false
    });
    let insight = json!({
        "type": "object",
        "properties": {"axis": {"enum": axes}, "quoted_seq": {"type": "integer"}},
        "required": ["axis", "quoted_seq"],
        "additionalProperties": false
    });
    let card = json!({
        "type": "object",
        "properties": {
            "member": {"enum": members},
            "marks": {"type": "array", "items": mark},
            "insights": {"type": "array", "items": insight}
        },
        "required": ["member", "marks", "insights"],
        "additionalProperties": false
    });
    json!({
        "type": "object",
        "properties": {"cards": {"type": "array", "items": card}},
        "required": ["cards"],
        "additionalProperties": false
    })
}

#[test]
fn every_member_gets_a_card_with_a_mark_on_every_axis() {
    let members = ["speaker-a", "speaker-b", "speaker-c"];
    let schema = cards(&members);
    let provider = FakeProvider::start();
    let answer = text(&ask(&provider, &asking("Mark them.", schema.clone())));
    let value: Value = serde_json::from_str(&answer).unwrap();
    assert!(jsonschema::is_valid(&schema, &value), "{value}");
    let cards = value["cards"].as_array().unwrap();
    let marked: Vec<_> = cards.iter().map(|card| card["member"].as_str().unwrap()).collect();
    assert_eq!(marked, members);
    for card in cards {
        let axes: Vec<_> = card["marks"].as_array().unwrap().iter().map(|mark| &mark["axis"]).collect();
        assert_eq!(axes, ["novelty", "accuracy"]);
        assert!(card["marks"].as_array().unwrap().iter().all(|mark| mark["value"] != 10));
        assert_eq!(card["insights"], json!([]));
    }
}

#[test]
fn other_schemas_are_met_too() {
    for schema in [
        json!({"type": "array", "items": {"type": "string"}, "minItems": 2}),
        json!({"type": ["string", "null"]}),
        json!({"anyOf": [{"type": "null"}, {"type": "string"}]}),
        json!({"const": 3}),
        json!({"type": "integer", "minimum": 4, "maximum": 5}),
        json!({"properties": {"a": {"type": "boolean"}, "b": {"type": "number"}}, "required": ["a", "b"]}),
        json!({"type": "array", "minItems": 1, "items": {"properties": {"seq": {"type": "integer"}}}}),
    ] {
        let provider = FakeProvider::start();
        let answer = text(&ask(&provider, &asking("x", schema.clone())));
        let value = serde_json::from_str(&answer).unwrap();
        assert!(jsonschema::is_valid(&schema, &value), "{schema}: {value}");
    }
}

#[test]
fn the_models_are_listed() {
    let provider = FakeProvider::start();
    let mut stream = TcpStream::connect(provider.address).unwrap();
    stream.write_all(b"GET /v1/models HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\"id\":\"fake\""), "{answer}");
}
