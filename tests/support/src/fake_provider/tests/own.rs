//! What only one protocol has.

use serde_json::{Value, json};

use super::{
    super::{FakeProvider, Protocol, Reaction},
    talk::{Heard, ask, question, send, with_tool},
};

fn get(provider: &FakeProvider, path: &str) -> (u16, Value) {
    let Heard { status, body, .. } = send(provider, "GET", path, "", "");
    (status, serde_json::from_str(&body).unwrap())
}

#[test]
fn a_stored_completion_can_be_fetched_once_it_was_worked_out() {
    let provider = FakeProvider::start();
    provider.once(|asked| asked.says("half"), Reaction::CutMidStream);
    let mut stored = question(Protocol::OpenAi, "half");
    stored["store"] = json!(true);
    let cut = ask(&provider, Protocol::OpenAi, &stored);
    let id = cut.objects()[0]["id"].as_str().unwrap().to_owned();
    let (status, found) = get(&provider, &format!("/v1/chat/completions/{id}"));
    let asked = &provider.requests()[0];
    assert_eq!(status, 200);
    assert_eq!(found["choices"][0]["message"]["content"].as_str(), asked.answer.as_deref());
    assert_eq!(found["usage"]["completion_tokens"], asked.usage.unwrap().output_tokens);

    let other = ask(&provider, Protocol::OpenAi, &question(Protocol::OpenAi, "kept by nobody"));
    let other = other.objects()[0]["id"].as_str().unwrap().to_owned();
    for id in [other, "chatcmpl-none".into()] {
        assert_eq!(get(&provider, &format!("/v1/chat/completions/{id}")).0, 404);
    }
    assert_eq!(provider.looked_up().len(), 3);
    assert_eq!(provider.asked(), 2, "looking is not asking");
}

#[test]
fn openrouter_comments_bills_and_remembers_what_it_billed() {
    let provider = FakeProvider::start();
    let heard = ask(&provider, Protocol::OpenRouter, &question(Protocol::OpenRouter, "How much?"));
    assert!(heard.body.starts_with(": OPENROUTER PROCESSING\n\n"), "{heard:?}");
    let last = heard.objects().pop().unwrap();
    let billed = provider.requests()[0].usage.unwrap();
    assert_eq!((last["usage"]["cost"].as_f64().unwrap() * 1e6).round() as u64, billed.cost.0);
    let id = last["id"].as_str().unwrap();
    assert!(heard.head.contains(&format!("x-generation-id: {id}")), "{heard:?}");
    let (status, found) = get(&provider, &format!("/openrouter/api/v1/generation?id={id}"));
    assert_eq!((status, &found["data"]["total_cost"]), (200, &last["usage"]["cost"]));
    assert_eq!(get(&provider, "/openrouter/api/v1/generation?id=gen-none").0, 404);
}

#[test]
fn anthropic_reads_half_from_the_cache_and_writes_the_rest_into_it() {
    let provider = FakeProvider::start();
    let mut marked = question(Protocol::Anthropic, "And then?");
    let mark = json!({"type": "ephemeral"});
    marked["system"] = json!([{"type": "text", "text": "one two three four five", "cache_control": mark}]);
    let heard = ask(&provider, Protocol::Anthropic, &marked);
    let usage = &heard.objects()[0]["message"]["usage"];
    let counts = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"];
    assert_eq!(counts.map(|name| usage[name].as_u64().unwrap()), [2, 2, 3]);
    let billed = provider.requests()[0].usage.unwrap();
    assert_eq!((billed.input_tokens, billed.cached_tokens, billed.cache_write_tokens), (7, 2, 3));
    assert!(heard.body.contains("event: ping\n") && heard.body.contains("event: message_stop\n"));
}

#[test]
fn a_tool_that_has_to_be_called_is_called_with_what_it_takes() {
    let schema =
        json!({"type": "object", "properties": {"n": {"type": "integer", "maximum": 3}}, "required": ["n"]});
    for (protocol, tool, choice, place) in [
        (
            Protocol::Anthropic,
            json!({"name": "answer", "input_schema": schema}),
            json!({"type": "tool", "name": "answer"}),
            "/delta/partial_json",
        ),
        (
            Protocol::OpenAi,
            json!({"type": "function", "function": {"name": "answer", "parameters": schema}}),
            json!({"type": "function", "function": {"name": "answer"}}),
            "/choices/0/delta/tool_calls/0/function/arguments",
        ),
    ] {
        let provider = FakeProvider::start();
        let mut forced = question(protocol, "Answer.");
        (forced["tools"], forced["tool_choice"]) = (json!([tool]), choice);
        let objects = ask(&provider, protocol, &forced).objects();
        let arguments: String = objects.iter().filter_map(|object| object.pointer(place)?.as_str()).collect();
        assert!(jsonschema::is_valid(&schema, &serde_json::from_str(&arguments).unwrap()), "{arguments}");
        assert_eq!(provider.requests()[0].answer.as_deref(), Some(arguments.as_str()));
        assert_eq!(provider.requests()[0].schema(), Some(&schema));
    }
}

#[test]
fn thinking_is_billed_and_no_part_of_the_answer() {
    for (protocol, field, wish) in [
        (Protocol::Anthropic, "thinking", json!({"type": "adaptive"})),
        (Protocol::Gemini, "generationConfig", json!({"thinkingConfig": {"thinkingBudget": 100}})),
        (Protocol::Ollama, "think", json!(true)),
        (Protocol::OpenAi, "reasoning_effort", json!("low")),
    ] {
        let provider = FakeProvider::start();
        let plain = question(protocol, "Think.");
        let mut thinking = plain.clone();
        thinking[field] = wish;
        ask(&provider, protocol, &plain);
        ask(&provider, protocol, &thinking);
        let asked = provider.requests();
        assert_eq!(asked[0].answer, asked[1].answer);
        assert!(asked[0].output_tokens() < asked[1].output_tokens(), "{protocol:?}");
    }
}

#[test]
fn ollama_cuts_a_prompt_that_does_not_fit_and_only_the_count_says_so() {
    let provider = FakeProvider::start();
    let mut long = question(Protocol::Ollama, &"word ".repeat(10_000));
    let count = |question: &Value| {
        let heard = ask(&provider, Protocol::Ollama, question);
        heard.objects().pop().unwrap()["prompt_eval_count"].as_u64().unwrap()
    };
    assert_eq!(count(&long), 4096);
    let mut whole = long.clone();
    whole["truncate"] = json!(false);
    assert_eq!(ask(&provider, Protocol::Ollama, &whole).status, 400, "unless it is not to be cut");
    long["options"] = json!({"num_ctx": 20_000});
    assert!(count(&long) > 12_000);
}

#[test]
fn what_the_real_servers_refuse_is_refused() {
    let turn = |role: &str, block: Value| json!({"role": role, "content": [block]});
    let strict = |field: &str, value: Value| {
        let mut question = question(Protocol::Anthropic, "x");
        question[field] = value;
        (Protocol::Anthropic, question)
    };
    let gemini = |field: &str, value: Value| {
        let mut question = question(Protocol::Gemini, "x");
        question[field] = value;
        (Protocol::Gemini, question)
    };
    let called = json!({"role": "model", "parts": [{"functionCall": {"name": "grep", "args": {}}}]});
    for ((protocol, question), words) in [
        (strict("max_tokens", Value::Null), "max_tokens"),
        (strict("messages", json!([{"role": "assistant", "content": "x"}])), "first message"),
        (strict("messages", json!([{"role": "user", "content": ""}])), "non-empty"),
        (
            strict("messages", json!([{"role": "user", "content": "x"}, {"role": "system", "content": "x"}])),
            "role",
        ),
        (
            strict(
                "messages",
                json!([
                    {"role": "user", "content": "x"},
                    turn("assistant", json!({"type": "tool_use", "id": "a", "name": "grep", "input": {}})),
                    {"role": "user", "content": "go on"},
                ]),
            ),
            "tool_result",
        ),
        (strict("thinking", json!({"type": "enabled", "budget_tokens": 1})), "budget_tokens"),
        (
            {
                let (protocol, mut question) = strict("tool_choice", json!({"type": "tool", "name": "x"}));
                question["thinking"] = json!({"type": "adaptive"});
                (protocol, question)
            },
            "tool_choice",
        ),
        (strict("thinking", json!({"type": "enabled", "budget_tokens": 2000})), "max_tokens"),
        (
            strict("output_config", json!({"format": {"type": "json_schema", "schema": {"type": "object"}}})),
            "additionalProperties",
        ),
        (
            strict(
                "output_config",
                json!({"format": {"type": "json_schema", "schema": {"type": "integer", "minimum": 1}}}),
            ),
            "minimum",
        ),
        (gemini("model", json!("x")), "Unknown name"),
        (gemini("generationConfig", json!({"max_tokens": 1})), "Unknown name"),
        (gemini("generationConfig", json!({"responseJsonSchema": {}})), "mime type"),
        (
            gemini(
                "generationConfig",
                json!({
                    "responseMimeType": "application/json",
                    "responseSchema": {"type": "object", "additionalProperties": false},
                }),
            ),
            "additionalProperties",
        ),
        (gemini("contents", json!([{"role": "assistant", "parts": [{"text": "x"}]}])), "valid role"),
        (
            gemini("contents", json!([called, {"role": "user", "parts": [{"text": "x"}]}])),
            "function response",
        ),
    ] {
        let provider = FakeProvider::start();
        let heard = ask(&provider, protocol, &question);
        assert!(heard.status == 400 && heard.body.contains(words), "no {words:?}: {heard:?}");
        assert!(provider.requests()[0].complaint.as_ref().unwrap().contains(words));
    }
    let provider = FakeProvider::start();
    let no_version = question(Protocol::Anthropic, "x").to_string();
    assert_eq!(send(&provider, "POST", "/anthropic/v1/messages", "", &no_version).status, 400);
    let array = "/gemini/v1beta/models/fake-1:streamGenerateContent";
    assert_eq!(send(&provider, "POST", array, "", &question(Protocol::Gemini, "x").to_string()).status, 400);
}

#[test]
fn gemini_wants_its_signature_back_since_the_third_generation() {
    let provider = FakeProvider::start();
    provider.once(|_| true, Reaction::Call("grep", "{}".into()));
    let mut conversation = with_tool(Protocol::Gemini, question(Protocol::Gemini, "Look."), "grep");
    let said =
        ask(&provider, Protocol::Gemini, &conversation).objects().remove(0)["candidates"][0]["content"]
            .clone();
    let result = json!({"functionResponse": {"name": "grep", "response": {"result": "line 3"}}});
    let contents = conversation["contents"].as_array_mut().unwrap();
    contents.extend([said, json!({"role": "user", "parts": [result]})]);
    let new = "/gemini/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse";
    assert_eq!(send(&provider, "POST", new, "", &conversation.to_string()).status, 200);
    assert!(provider.requests()[1].last_message().contains("line 3"));
    conversation["contents"][1]["parts"][0].as_object_mut().unwrap().remove("thoughtSignature");
    let heard = send(&provider, "POST", new, "", &conversation.to_string());
    assert!(heard.status == 400 && heard.body.contains("thought_signature"), "{heard:?}");
    let old = new.replace("gemini-3", "gemini-2.5");
    assert_eq!(send(&provider, "POST", &old, "", &conversation.to_string()).status, 200);
}

#[test]
fn the_stand_in_prints_pieces_if_asked_to_and_only_streams_with_all_it_needs() {
    let provider = FakeProvider::start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("system.md");
    std::fs::write(&file, "You are in a file.").unwrap();
    let mut pieces = question(Protocol::ClaudeCode, "Go.");
    let more = ["--include-partial-messages", "--append-system-prompt-file", file.to_str().unwrap()];
    pieces["arguments"].as_array_mut().unwrap().extend(more.map(|argument| json!(argument)));
    let objects = ask(&provider, Protocol::ClaudeCode, &pieces).objects();
    let text: String =
        objects.iter().filter_map(|object| object.pointer("/event/delta/text")?.as_str()).collect();
    assert_eq!(objects.last().unwrap()["result"], text);
    assert!(provider.requests()[0].says("You are in a file."));
    assert_eq!((&objects[0]["type"], &objects[0]["subtype"]), (&json!("system"), &json!("init")));

    pieces["arguments"] = json!(["-p", "--output-format=stream-json"]);
    let refused = ask(&provider, Protocol::ClaudeCode, &pieces);
    assert!(
        refused.status == 1 && refused.head.contains("--verbose") && refused.body.is_empty(),
        "{refused:?}"
    );
}

#[test]
fn models_are_listed_with_what_each_protocol_tells_of_them() {
    let provider = FakeProvider::start();
    for (path, place) in [
        ("/v1/models", "/data/0/id"),
        ("/openrouter/api/v1/models", "/data/0/pricing/prompt"),
        ("/anthropic/v1/models", "/data/0/max_input_tokens"),
        ("/gemini/v1beta/models", "/models/0/inputTokenLimit"),
        ("/ollama/api/tags", "/models/0/name"),
        ("/ollama/api/version", "/version"),
    ] {
        let (status, list) = get(&provider, path);
        assert!(status == 200 && list.pointer(place).is_some(), "{path}: {list}");
    }
    let shown = send(&provider, "POST", "/ollama/api/show", "", "{\"model\": \"qwen3:8b\"}");
    let shown: Value = serde_json::from_str(&shown.body).unwrap();
    assert_eq!(shown["model_info"]["qwen3.context_length"], 40_960);
}
