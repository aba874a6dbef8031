//! What is true of every protocol.

use std::collections::BTreeSet;

use amatelier_types::Usage;
use serde_json::{Value, json};

use super::{
    super::{FakeProvider, Protocol, Reaction},
    talk::{Heard, ask, question, with_schema, with_tool},
};

fn heard(provider: &FakeProvider, protocol: Protocol, text: &str) -> Heard {
    ask(provider, protocol, &question(protocol, text))
}

#[test]
fn the_same_question_is_understood_and_answered_the_same() {
    let provider = FakeProvider::start();
    let mut answers = BTreeSet::new();
    for protocol in Protocol::ALL {
        let heard = heard(&provider, protocol, "Is the old bridge safe in winter?");
        assert_eq!(heard.status, if protocol == Protocol::ClaudeCode { 0 } else { 200 }, "{heard:?}");
        let asked = provider.requests().pop().unwrap();
        assert_eq!((asked.protocol, asked.model()), (protocol, "fake-1"));
        assert!(asked.says("You are ada") && asked.last_message() == "Is the old bridge safe in winter?");
        assert_eq!(asked.key_seen(), Some(format!("k-{}", protocol.name()).as_str()));
        assert!(asked.finished && asked.complaint.is_none());
        let text = heard.text(protocol);
        assert_eq!(asked.answer.as_deref(), Some(text.as_str()), "{protocol:?}");
        answers.insert(text);
    }
    assert_eq!(answers.len(), 1, "{answers:#?}");
}

#[test]
fn what_is_billed_is_what_the_answers_say() {
    for protocol in Protocol::ALL {
        let provider = FakeProvider::start();
        let objects = heard(&provider, protocol, "How much?").objects();
        let number = |place: &str| -> u64 {
            let found = objects.iter().rev().find_map(|object| object.pointer(place)?.as_u64());
            found.unwrap_or_else(|| panic!("{protocol:?}: no {place} in {objects:#?}"))
        };
        let counted = match protocol {
            Protocol::OpenAi | Protocol::OpenRouter => {
                [number("/usage/prompt_tokens"), number("/usage/completion_tokens")]
            }
            Protocol::Anthropic | Protocol::ClaudeCode => {
                let input = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"];
                [
                    input.map(|name| number(&format!("/usage/{name}"))).iter().sum(),
                    number("/usage/output_tokens"),
                ]
            }
            Protocol::Gemini => {
                [number("/usageMetadata/promptTokenCount"), number("/usageMetadata/candidatesTokenCount")]
            }
            Protocol::Ollama => [number("/prompt_eval_count"), number("/eval_count")],
        };
        let billed = provider.billed();
        let Usage { calls, input_tokens, output_tokens, .. } = billed[&(protocol, "fake-1".to_owned())];
        assert_eq!((billed.len(), calls, [input_tokens, output_tokens]), (1, 1, counted), "{protocol:?}");
        assert!(output_tokens > 20);
    }
}

#[test]
fn a_schema_is_met() {
    let schema = json!({
        "type": "object",
        "properties": {"verdict": {"enum": ["converged", "proceed"]}, "reason": {"type": "string"}},
        "required": ["verdict", "reason"],
        "additionalProperties": false,
    });
    for protocol in Protocol::ALL {
        let provider = FakeProvider::start();
        let asked = with_schema(protocol, question(protocol, "Rule."), &schema);
        let ruling: Value = serde_json::from_str(&ask(&provider, protocol, &asked).text(protocol)).unwrap();
        assert!(
            jsonschema::is_valid(&schema, &ruling) && ruling["verdict"] == "proceed",
            "{protocol:?} {ruling}"
        );
        assert_eq!(provider.requests()[0].schema(), Some(&schema));
    }
}

#[test]
fn a_tool_is_called_where_it_was_offered_and_written_out_elsewhere() {
    for protocol in Protocol::ALL {
        let provider = FakeProvider::start();
        provider.whenever(|_| true, Reaction::Call("grep", json!({"pattern": "ö x"}).to_string()));
        let offered = ask(&provider, protocol, &with_tool(protocol, question(protocol, "Look."), "grep"));
        let objects = offered.objects();
        let pieces = |place: &str| -> String {
            objects.iter().filter_map(|object| object.pointer(place)?.as_str()).collect()
        };
        let object =
            |place: &str| objects.iter().find_map(|object| object.pointer(place)).map(Value::to_string);
        let (name, arguments) = match protocol {
            Protocol::OpenAi | Protocol::OpenRouter => {
                let call = "/choices/0/delta/tool_calls/0/function";
                (pieces(&format!("{call}/name")), pieces(&format!("{call}/arguments")))
            }
            Protocol::Anthropic => (pieces("/content_block/name"), pieces("/delta/partial_json")),
            Protocol::Gemini => {
                let call = "/candidates/0/content/parts/0/functionCall";
                (pieces(&format!("{call}/name")), object(&format!("{call}/args")).unwrap())
            }
            Protocol::Ollama => {
                let call = "/message/tool_calls/0/function";
                (pieces(&format!("{call}/name")), object(&format!("{call}/arguments")).unwrap())
            }
            Protocol::ClaudeCode => {
                let written: Value = serde_json::from_str(&offered.text(protocol)).unwrap();
                (written["tool"].as_str().unwrap().to_owned(), written["arguments"].to_string())
            }
        };
        assert_eq!(name, "grep", "{protocol:?}");
        assert_eq!(
            serde_json::from_str::<Value>(&arguments).unwrap(),
            json!({"pattern": "ö x"}),
            "{protocol:?}"
        );
        let written = heard(&provider, protocol, "Look.").text(protocol);
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["tool"], "grep", "{protocol:?}");
    }
}

#[test]
fn a_refusal_is_in_the_protocols_own_words() {
    for (reaction, expected) in [
        (
            Reaction::MoneyGone,
            [
                (429, "insufficient_quota"),
                (402, "Insufficient credits"),
                (400, "credit balance is too low"),
                (429, "prepayment credits are depleted"),
                (429, "usage limit"),
                (1, "Credit balance is too low"),
            ],
        ),
        (
            Reaction::WrongKey,
            [
                (401, "k-openai"),
                (401, "k-openrouter"),
                (401, "k-anthropic"),
                (400, "API_KEY_INVALID"),
                (401, "k-ollama"),
                (1, "k-claude-code"),
            ],
        ),
        (
            Reaction::Overloaded,
            [
                (503, "overloaded"),
                (503, "no available model provider"),
                (529, "overloaded_error"),
                (503, "UNAVAILABLE"),
                (503, "server busy"),
                (1, "API Error: 529"),
            ],
        ),
        (
            Reaction::TooLong(7),
            [
                (400, "context_length_exceeded"),
                (400, "maximum context length is 7 tokens"),
                (400, "> 7 maximum"),
                (400, "tokens allowed (7)"),
                (400, "exceeds the context length"),
                (1, "Prompt is too long"),
            ],
        ),
        (
            Reaction::RateLimit { retry_after_ms: 1020 },
            [
                (429, "rate_limit_exceeded"),
                (429, "Rate limit"),
                (429, "rate_limit_error"),
                (429, "\"retryDelay\":\"1.020s\""),
                (429, "too many requests"),
                (1, "API Error: 429"),
            ],
        ),
        (
            Reaction::Status(500),
            [
                (500, "out of order"),
                (500, "out of order"),
                (500, "api_error"),
                (500, "INTERNAL"),
                (500, "out of order"),
                (1, "API Error: 500"),
            ],
        ),
    ] {
        for (protocol, (status, words)) in Protocol::ALL.into_iter().zip(expected) {
            let provider = FakeProvider::start();
            provider.whenever(|_| true, reaction.clone());
            let heard = heard(&provider, protocol, "Well?");
            assert_eq!(heard.status, status, "{protocol:?} {heard:?}");
            assert!(heard.body.contains(words), "{protocol:?}: no {words:?} in {heard:?}");
            let hints =
                heard.head.contains("retry-after: 1.020") || heard.head.contains("retry-after-ms: 1020");
            let hinted = matches!(reaction, Reaction::RateLimit { .. })
                && !matches!(protocol, Protocol::Gemini | Protocol::ClaudeCode);
            assert_eq!(hints, hinted, "{protocol:?} {heard:?}");
            assert_eq!((provider.finished(), provider.billed().len()), (0, 0), "a refusal costs nothing");
        }
    }
}

#[test]
fn what_goes_wrong_in_the_middle_is_billed_and_not_finished() {
    for protocol in Protocol::ALL {
        let provider = FakeProvider::start();
        provider
            .once(|asked| asked.says("cut"), Reaction::CutMidStream)
            .once(|asked| asked.says("inside"), Reaction::ErrorInside)
            .once(|asked| asked.says("damaged"), Reaction::BrokenJson)
            .once(|asked| asked.says("page"), Reaction::WebPage);
        let cut = heard(&provider, protocol, "cut");
        assert!(cut.ending(protocol).is_none(), "{protocol:?} {cut:?}");
        if protocol == Protocol::ClaudeCode {
            assert_eq!(cut.status, 999, "it is killed");
        } else {
            assert!(!cut.text(protocol).is_empty(), "{protocol:?}");
        }
        let inside = heard(&provider, protocol, "inside");
        assert!(inside.ending(protocol).is_none_or(|word| word == "error"), "{protocol:?} {inside:?}");
        assert!(
            inside.body.contains("\"error\"") || inside.body.contains("API Error"),
            "{protocol:?} {inside:?}"
        );
        assert!(heard(&provider, protocol, "damaged").objects().is_empty());
        assert!(heard(&provider, protocol, "page").body.contains("<!doctype html>"));
        assert_eq!((provider.asked(), provider.finished()), (4, 0));
        assert_eq!(provider.billed().values().map(|usage| usage.calls).sum::<u32>(), 2, "{protocol:?}");
    }
}

#[test]
fn an_answer_cut_by_length_is_half_of_one_and_says_so() {
    let words = ["length", "length", "max_tokens", "MAX_TOKENS", "length", "max_tokens"];
    for (protocol, word) in Protocol::ALL.into_iter().zip(words) {
        let provider = FakeProvider::start();
        provider.once(|_| true, Reaction::Length);
        let cut = heard(&provider, protocol, "Go on.");
        let whole = heard(&provider, protocol, "Go on.");
        assert_eq!(cut.ending(protocol).as_deref(), Some(word));
        assert_ne!(whole.ending(protocol).as_deref(), Some(word));
        let (cut, whole) = (cut.text(protocol), whole.text(protocol));
        assert!(whole.starts_with(&cut) && !cut.is_empty() && cut.len() < whole.len(), "{cut}\n{whole}");
        assert_eq!(provider.finished(), 2, "it is all there is");
    }
}

#[test]
fn a_request_is_held_in_any_protocol() {
    for protocol in Protocol::ALL {
        let provider = FakeProvider::start();
        let hold = provider.hold_when(|_| true);
        std::thread::scope(|scope| {
            let held = scope.spawn(|| heard(&provider, protocol, "Wait."));
            assert_eq!(hold.reached().protocol, protocol);
            assert_eq!((provider.finished(), provider.billed().len()), (0, 0));
            hold.release();
            assert!(held.join().unwrap().ending(protocol).is_some());
        });
        assert_eq!(provider.finished(), 1);
    }
}
