//! Recording, playing, and what may be wrong with a file.

use std::{fs, io::Write as _, path::PathBuf, sync::Arc};

use tempfile::TempDir;

use super::*;
use crate::{
    Billing, CallFacts, Error, Finish, LookedUp, PromptTurn, Provider, Reply, Request, Speaker, Tool,
    ToolCall,
    testing::{Ear, Scripted, request},
};

struct Shelf(TempDir);

impl Shelf {
    fn new() -> Self {
        Shelf(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("debate.cassette")
    }

    fn tape(&self) -> Arc<Tape> {
        Arc::new(Tape::open(&self.path()).unwrap())
    }

    fn play(&self) -> Cassette {
        Cassette::open(&self.path()).unwrap()
    }

    /// Record these answers to these requests, in this order.
    async fn record(&self, calls: &[(&Request, Result<&str, Error>)]) {
        let tape = self.tape();
        for (asked, ends) in calls {
            let provider = Scripted { ends: ends.clone().map(str::to_owned), ..Scripted::default() };
            let _ = Recording::new(provider, Arc::clone(&tape)).complete(asked, &Ear::default()).await;
        }
    }
}

async fn ask(cassette: &Cassette, asked: &Request) -> Result<String, Error> {
    cassette.complete(asked, &Ear::default()).await.map(|reply| reply.text)
}

fn in_turn(asked: &Request, turn: u8) -> Request {
    let facts = CallFacts { turn_seed: [turn; 32], ..(*asked.facts).clone() };
    Request { facts: Arc::new(facts), ..asked.clone() }
}

fn down() -> Error {
    Error::Unavailable { provider: "scripted".into(), reason: "down".into() }
}

#[tokio::test]
async fn what_was_recorded_is_played_back_whole() {
    let shelf = Shelf::new();
    let call = ToolCall { id: "c1".into(), name: "read".into(), arguments: "{\"file\":1}".into() };
    let mut asked = Request {
        system: "You are Elena.".into(),
        temperature: Some(0.7),
        effort: Some("high".into()),
        stop: vec!["END".into()],
        schema: Some(serde_json::json!({"type": "object", "b": 1.1e-300, "a": [true, null, 0.1 + 0.2]})),
        tools: vec![Tool {
            name: "read".into(),
            description: "reads".into(),
            parameters: serde_json::json!({}),
        }],
        ..request("Why “bread”? \u{1b}\n木")
    };
    let result = PromptTurn { call_id: Some("c1".into()), ..PromptTurn::said(Speaker::Tool, "42") };
    let called = PromptTurn { calls: vec![call.clone()], ..PromptTurn::said(Speaker::Assistant, "") };
    asked.messages.extend([called, result]);

    #[derive(Debug)]
    struct Rich(Reply);
    #[async_trait::async_trait]
    impl Provider for Rich {
        fn name(&self) -> &str {
            "rich"
        }
        fn context_tokens(&self, _model: &str) -> u32 {
            77_000
        }
        fn has_tools(&self) -> bool {
            true
        }
        fn billing(&self) -> Billing {
            Billing::Metered
        }
        async fn complete(&self, _: &Request, wire: &dyn crate::Wire) -> Result<Reply, Error> {
            wire.before_request(1).await?;
            Ok(self.0.clone())
        }
    }
    let usage = amatelier_types::Usage {
        calls: 1,
        input_tokens: 9,
        output_tokens: 8,
        cached_tokens: 7,
        ..Default::default()
    };
    let reply = Reply {
        text: "Because.\n".into(),
        calls: vec![call],
        model: "some-model-2026".into(),
        finish: Finish::Length,
        usage,
        response_id: Some("r-1".into()),
        billed: Some(amatelier_types::MicroUsd(12)),
    };
    let recording = Recording::new(Rich(reply.clone()), shelf.tape());
    assert_eq!(recording.complete(&asked, &Ear::default()).await.unwrap(), reply);
    assert_eq!(
        (recording.name(), recording.billing(), recording.context_tokens("x")),
        ("rich", Billing::Metered, 77_000)
    );
    drop(recording);

    let cassette = shelf.play();
    assert_eq!((cassette.name(), cassette.billing(), cassette.len()), ("cassette", Billing::Free, 1));
    assert_eq!((cassette.has_tools(), cassette.context_tokens("some-model")), (true, 77_000));
    assert_eq!(cassette.recorded(), [("rich".to_owned(), "some-model".to_owned())]);
    assert_eq!(cassette.models().await[0].id, "some-model");
    let ear = Ear::default();
    let played = cassette.complete(&asked, &ear).await.unwrap();
    assert_eq!(played, Reply { billed: None, ..reply });
    assert_eq!(ear.heard(), ["before 1", "id 1", "text 1 Because.\n"]);
}

#[tokio::test]
async fn the_nth_time_the_nth_reply_is_played_and_no_more() {
    let shelf = Shelf::new();
    let (a, b) = (request("a"), request("b"));
    shelf.record(&[(&a, Ok("a1")), (&b, Ok("b1"))]).await;
    shelf.record(&[(&a, Ok("a2"))]).await;
    let cassette = shelf.play();
    for (asked, expected) in [(&a, "a1"), (&a, "a2"), (&b, "b1")] {
        assert_eq!(ask(&cassette, asked).await.unwrap(), expected);
    }
    let error = ask(&cassette, &a).await.unwrap_err().to_string();
    assert!(error.contains("asks once more what was recorded 2 times"), "{error}");
    let lines = fs::read_to_string(shelf.path()).unwrap();
    assert_eq!(lines.matches("\"occurrence\":2").count(), 1);
}

#[tokio::test]
async fn a_turn_gets_its_own_recording_first() {
    let shelf = Shelf::new();
    let asked = request("a");
    shelf.record(&[(&in_turn(&asked, 1), Ok("first")), (&in_turn(&asked, 2), Ok("second"))]).await;
    let cassette = shelf.play();
    assert_eq!(ask(&cassette, &in_turn(&asked, 2)).await.unwrap(), "second");
    assert_eq!(ask(&cassette, &in_turn(&asked, 9)).await.unwrap(), "first");
}

#[tokio::test]
async fn a_failure_is_played_unless_it_was_mended_later() {
    let shelf = Shelf::new();
    let (mended, lasting, wrong) = (request("mended"), request("lasting"), request("wrong"));
    let invalid = Error::Invalid { provider: "scripted".into(), reason: "what?".into() };
    shelf
        .record(&[
            (&mended, Err(down())),
            (&lasting, Err(down())),
            (&wrong, Err(invalid.clone())),
            (&mended, Err(down())),
        ])
        .await;
    shelf.record(&[(&mended, Ok("at last")), (&wrong, Ok("after all"))]).await;
    let cassette = shelf.play();
    assert_eq!(ask(&cassette, &mended).await.unwrap(), "at last");
    assert!(ask(&cassette, &mended).await.is_err(), "the failures before it are over");
    assert_eq!(ask(&cassette, &lasting).await, Err(down()));
    assert_eq!(ask(&cassette, &wrong).await, Err(invalid));
    assert_eq!(ask(&cassette, &wrong).await.unwrap(), "after all");
}

#[tokio::test]
async fn a_stopped_call_is_not_recorded_and_an_answer_found_again_is() {
    let shelf = Shelf::new();
    let asked = request("a");
    let recording = Recording::new(Scripted { knows: true, ..Scripted::default() }, shelf.tape());
    recording.complete(&asked, &Ear::stopping(1)).await.unwrap_err();
    assert!(shelf.play().is_empty());
    assert!(matches!(recording.look_up("scripted-1", &asked).await, LookedUp::Reply(_)));
    assert_eq!(ask(&shelf.play(), &asked).await.unwrap(), "yes");
}

#[tokio::test]
async fn what_is_not_on_it_fails_with_what_is_different() {
    let shelf = Shelf::new();
    let recorded = Request { system: "You are Elena, a baker.".into(), ..request("Why?") };
    shelf.record(&[(&recorded, Ok("because"))]).await;
    let cassette = shelf.play();
    let later = |asked: Request| {
        let facts = CallFacts { round: 2, ..(*asked.facts).clone() };
        Request { facts: Arc::new(facts), ..asked }
    };
    let of = |member: &str| {
        let facts = CallFacts { member: member.parse().unwrap(), ..(*recorded.facts).clone() };
        Request { facts: Arc::new(facts), model: "x".into(), ..recorded.clone() }
    };
    let here = "elena's call 1 to speak in round 1, speak, place 1 differs in its";
    let said = |text: &str| PromptTurn::said(Speaker::User, text);
    for (asked, expected) in [
        (Request { model: "other".into(), ..recorded.clone() }, format!("{here} model: some-model was recorded, other is asked")),
        (
            Request { system: "You are Elena, a cook.".into(), ..recorded.clone() },
            format!("{here} system prompt from character 18: “baker.” was recorded, “cook.” is asked"),
        ),
        (
            Request { messages: vec![said("Why not?")], ..recorded.clone() },
            format!("{here} message 1 from character 4: “?” was recorded, “ not?” is asked"),
        ),
        (Request { messages: Vec::new(), ..recorded.clone() }, format!("{here} number of messages: 1 was recorded, 0 is asked")),
        (Request { max_tokens: 5, ..recorded.clone() }, format!("{here} longest answer: 100 was recorded, 5 is asked")),
        (Request { temperature: Some(1.0), ..recorded.clone() }, format!("{here} temperature")),
        (Request { schema: Some(true.into()), ..recorded.clone() }, format!("{here} schema")),
        (
            later(Request { effort: Some("low".into()), ..recorded.clone() }),
            "elena's call 1 to speak in round 2, speak, place 1 differs from the nearest one, elena's call 1 to speak in round 1, \
             speak, place 1, in its effort"
                .into(),
        ),
        (of("marcus"), "marcus's call 1 to speak in round 1, speak, place 1 is not on it, nor any other call of marcus".into()),
    ] {
        let ear = Ear::default();
        let error = cassette.complete(&asked, &ear).await.unwrap_err();
        assert_eq!(error, Error::Unavailable { provider: "cassette".into(), reason: expected });
        assert!(ear.heard().is_empty(), "nothing is announced that is not there");
    }
}

#[tokio::test]
async fn a_piece_at_the_end_is_passed_over_and_written_over() {
    let shelf = Shelf::new();
    let (a, b) = (request("a"), request("b"));
    shelf.record(&[(&a, Ok("a1")), (&b, Ok("b1"))]).await;
    let whole = fs::read(shelf.path()).unwrap();
    let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    for cut in whole.iter().enumerate().map(|(at, _)| at).step_by(7) {
        fs::write(shelf.path(), &whole[..cut]).unwrap();
        let left = lines(&whole[..cut]);
        if left == 0 {
            assert!(matches!(Cassette::open(&shelf.path()), Err(BadCassette::NoCassette { .. })), "{cut}");
            continue;
        }
        assert_eq!(shelf.play().len(), left - 1, "{cut}");
        shelf.record(&[(&b, Ok("b2"))]).await;
        let cassette = shelf.play();
        assert_eq!(cassette.len(), left, "{cut}");
        assert_eq!(ask(&cassette, &b).await.unwrap(), "b2", "{cut}");
    }
}

#[tokio::test]
async fn damage_anywhere_else_is_named() {
    let shelf = Shelf::new();
    shelf.record(&[(&request("a"), Ok("a1")), (&request("b"), Ok("b1"))]).await;
    let text = fs::read_to_string(shelf.path()).unwrap();
    let with = |from: &str, to: &str| {
        fs::write(shelf.path(), text.replacen(from, to, 1)).unwrap();
        Cassette::open(&shelf.path()).unwrap_err()
    };
    assert!(matches!(with("\"text\":\"a\"", "\"text\":\"x\""), BadCassette::Damaged { line: 2, .. }));
    assert!(matches!(with("{\"hash\"", "{hash"), BadCassette::Damaged { line: 2, .. }));
    assert!(matches!(with("\"cassette\":1", "\"cassette\":2"), BadCassette::Version { found: 2, .. }));
    assert!(matches!(with("{\"cassette\"", "{\"song\""), BadCassette::NoCassette { .. }));

    fs::write(shelf.path(), text.lines().next().unwrap().to_owned() + "\n" + &"x".repeat(MAX_LINE + 1))
        .unwrap();
    let error = Cassette::open(&shelf.path()).unwrap_err();
    assert!(matches!(error, BadCassette::Damaged { line: 2, .. }), "{error}");
    fs::File::create(shelf.path()).unwrap().set_len(MAX_FILE + 1).unwrap();
    assert!(matches!(Cassette::open(&shelf.path()), Err(BadCassette::TooLarge { .. })));
    fs::write(shelf.path(), "somebody's diary").unwrap();
    assert!(matches!(Tape::open(&shelf.path()), Err(BadCassette::NoCassette { .. })));
    assert_eq!(fs::read_to_string(shelf.path()).unwrap(), "somebody's diary");
}

#[tokio::test]
async fn one_program_records_at_a_time_into_a_private_file() {
    let shelf = Shelf::new();
    let tape = shelf.tape();
    assert!(matches!(Tape::open(&shelf.path()), Err(BadCassette::Busy { .. })));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(shelf.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    drop(tape);
    assert!(Tape::open(&shelf.path()).is_ok());
}

#[tokio::test]
async fn a_call_too_large_for_a_line_is_the_last_one() {
    let shelf = Shelf::new();
    let tape = shelf.tape();
    let long = Scripted { ends: Ok("x".repeat(MAX_LINE)), ..Scripted::default() };
    let recording = Recording::new(long, Arc::clone(&tape));
    assert!(recording.complete(&request("a"), &Ear::default()).await.is_ok(), "what is paid for is not lost");
    let ear = Ear::default();
    let error = recording.complete(&request("b"), &ear).await.unwrap_err();
    assert!(matches!(&error, Error::Stopped(stopped) if stopped.0.contains("cannot record")), "{error}");
    assert!(ear.heard().is_empty());
    drop(recording);
    drop(tape);
    assert!(shelf.play().is_empty());
}

#[tokio::test]
async fn in_the_place_of_a_provider_it_says_what_that_one_said() {
    let shelf = Shelf::new();
    let tape = shelf.tape();
    let small = Scripted { name: "small", context: 10, tools: false, ..Scripted::default() };
    let large = Scripted { name: "large", context: 20, tools: true, ..Scripted::default() };
    for provider in [small, large] {
        Recording::new(provider, Arc::clone(&tape)).complete(&request("a"), &Ear::default()).await.unwrap();
    }
    let cassette = shelf.play();
    for (provider, context, tools) in
        [("small", 10, false), ("large", 20, true), ("nobody", Cassette::CONTEXT_TOKENS, false)]
    {
        let stand_in = cassette.in_place_of(provider);
        assert_eq!(
            (stand_in.context_tokens("some-model"), stand_in.has_tools()),
            (context, tools),
            "{provider}"
        );
    }
    let (small, large) = (cassette.in_place_of("small"), cassette.in_place_of("large"));
    assert!(ask(&small, &request("a")).await.is_ok() && ask(&large, &request("a")).await.is_ok());
    assert!(ask(&small, &request("a")).await.is_err(), "what was played stays played");
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let shelf = Shelf::new();
    assert!(matches!(Cassette::open(&shelf.path()), Err(BadCassette::File { .. })));
    let mut file = fs::File::create(shelf.path()).unwrap();
    file.write_all(b"\n").unwrap();
    assert!(matches!(Cassette::open(&shelf.path()), Err(BadCassette::NoCassette { .. })));
}

proptest::proptest! {
    #[test]
    fn a_request_is_the_same_after_it_was_written_and_read(
        system in "\\PC{0,30}", text in proptest::prelude::any::<String>(), number in proptest::num::f64::NORMAL,
        temperature in proptest::option::of(0_f32..2.0),
    ) {
        let asked = Request { system, temperature, schema: Some(serde_json::json!({ "x": number })), ..request(&text) };
        let asked = form::Asked::of(&asked);
        let read: form::Asked = serde_json::from_slice(&serde_json::to_vec(&asked).unwrap()).unwrap();
        proptest::prop_assert_eq!(&read.messages, &asked.messages);
        proptest::prop_assert_eq!(read.temperature, asked.temperature);
        let schemaless = |asked: &form::Asked| form::Asked { schema: None, ..asked.clone() }.hash();
        proptest::prop_assert_eq!(schemaless(&read), schemaless(&asked));
    }
}
