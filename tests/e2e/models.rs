//! What there is to choose from.

use std::fs;

use amatelier_test_support::FakeProvider;
use serde_json::{Value, json};

use crate::{empty, find};

#[test]
fn every_provider_that_is_set_up_tells_its_models_and_what_is_guessed_is_marked() {
    let server = FakeProvider::start();
    let house = empty()
        .protocols(&server)
        .variable("AMATELIER_OPENROUTER_BASE_URL", "http://127.0.0.1:1/v1")
        .file("amatelier.toml", "[models]\nmine = { provider = \"ollama\", model = \"qwen3:8b\", fallback = \"haiku\" }\nodd = \"unheard-of\"\n");
    let listed = house.args(["models", "--json"]).run().ok().digest();
    assert_eq!((&listed["schema"], &listed["mode"]), (&json!("amatelier/models/v1"), &json!("anthropic")));
    let provider = |name: &str| find(&listed["providers"], "provider", name).clone();
    let model = |name: &str, id: &str| find(&provider(name)["models"], "id", id).clone();
    for name in ["anthropic", "openai", "gemini", "ollama"] {
        assert_eq!(
            (&provider(name)["reachable"], &provider(name)["trouble"]),
            (&json!(true), &Value::Null),
            "{name}"
        );
    }
    let down = provider("openrouter");
    assert_eq!((&down["reachable"], &down["models"]), (&json!(false), &json!([])));
    assert!(down["trouble"].as_str().unwrap().contains("127.0.0.1:1"), "{down:#}");

    let sonnet = model("anthropic", "claude-sonnet-4-5");
    assert_eq!((&sonnet["context_tokens"], &sonnet["context_from"]), (&json!(200_000), &json!("provider")));
    assert_eq!((&sonnet["price"]["input"], &sonnet["price_from"]), (&json!(3_000_000), &json!("table")));
    let local = model("ollama", "qwen3:8b");
    assert_eq!((&local["context_tokens"], &local["price_from"]), (&json!(40_960), &json!("free")));

    let label = |name: &str| find(&listed["labels"], "label", name).clone();
    assert_eq!((&label("mine")["provider"], &label("mine")["fallback"]), (&json!("ollama"), &json!("haiku")));
    let odd = label("odd");
    assert_eq!(
        (&odd["id"], &odd["price"], &odd["price_from"]),
        (&json!("unheard-of"), &Value::Null, &json!("unknown"))
    );
    assert_eq!(odd["context_from"], "guessed");
    assert!(!listed.to_string().contains("-fake-"), "no key");

    let text = house.args(["models"]).run().ok();
    for words in [
        "anthropic at http://127.0.0.1:",
        "the default",
        "openrouter",
        "does not answer",
        "$3.00 / $15.00",
        "? is a price that nobody knows",
        "mine = ollama:qwen3:8b, else haiku",
    ] {
        assert!(text.stdout.contains(words), "no {words:?}: {text}");
    }
    assert!(text.stderr.contains("asking"), "{text}");
    let one = house.args(["models", "--provider", "gemini", "--json"]).run().ok().digest();
    assert_eq!(one["providers"].as_array().unwrap().len(), 1, "{one:#}");
    assert_eq!(server.asked(), 0, "nothing is bought");
}

#[test]
fn a_provider_that_is_not_set_up_says_what_is_missing() {
    let unset = empty().args(["models", "--json", "--provider", "openrouter"]).run().ok().digest();
    let provider = &unset["providers"][0];
    assert_eq!((&provider["configured"], &provider["reachable"]), (&json!(false), &Value::Null));
    assert!(provider["trouble"].as_str().unwrap().contains("OPENROUTER_API_KEY is not set"), "{unset:#}");
}

#[test]
fn prices_are_imported_over_those_that_come_with_the_program() {
    let house = empty()
        .variable("ANTHROPIC_API_KEY", "k")
        .variable("AMATELIER_ANTHROPIC_BASE_URL", "http://127.0.0.1:1");
    let file = house.workspace().with_file_name("prices.json");
    let listed = json!({
        "sample_spec": {},
        "claude-haiku-5-5": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 7e-06, "output_cost_per_token": 9e-06, "max_input_tokens": 123_456},
        "pictures": {"litellm_provider": "openai", "mode": "image_generation", "input_cost_per_token": 1e-06},
    });
    fs::write(&file, listed.to_string()).unwrap();
    let imported = house.args(["models", "--json", "--import-prices"]).arg(&file).run().ok().digest();
    assert_eq!(
        (&imported["schema"], &imported["taken"]),
        (&json!("amatelier/prices/v1"), &json!(1)),
        "{imported:#}"
    );
    assert_eq!(imported["skipped"]["not a model that answers in words"], 1, "{imported:#}");
    let listed = house.args(["models", "--json"]).run().ok().digest();
    let haiku = find(&listed["labels"], "label", "haiku");
    assert_eq!((&haiku["price"]["input"], &haiku["price"]["output"]), (&json!(7_000_000), &json!(9_000_000)));
    assert!(listed["prices_from"].as_str().unwrap().starts_with("prices.json, imported"), "{listed:#}");
    fs::write(&file, "[]").unwrap();
    house.args(["models", "--import-prices"]).arg(&file).run().exits(2).stderr_has("prices.json");
    fs::write(house.path("prices.toml"), "nonsense").unwrap();
    house.args(["config"]).run().exits(3).stderr_has("--import-prices");
}
