//! Which provider answers for whom.

use std::collections::BTreeSet;

use amatelier_test_support::{Amatelier, FakeProvider, Protocol, Reaction};
use serde_json::{Value, json};

use crate::{all, empty, find, prompts};

const SHORT: [&str; 4] = ["--max-rounds", "1", "--budget", "0"];

/// Marcus and the judge are elsewhere.
const MIXED: &str = "[members]\n\
    elena = { role = \"worker\", model = \"haiku\" }\n\
    marcus = { role = \"worker\", model = \"vendor/large\", provider = \"openrouter\" }\n\
    judge = { role = \"judge\", model = \"stern\" }\n\
    [rubric]\n\
    component = \"classic\"\n";

/// Two services: OpenAI's, the default, and OpenRouter.
fn mixed(near: &FakeProvider, far: &FakeProvider) -> Amatelier {
    let house = empty().team(MIXED).speaking(near, Protocol::OpenAi).speaking(far, Protocol::OpenRouter);
    house.file(
        "amatelier.toml",
        "[models]\nstern = { provider = \"openrouter\", model = \"vendor/stern\", temperature = 0.25, max-tokens = 700 }\n",
    )
}

fn config(house: &Amatelier) -> Value {
    house.args(["config", "--json"]).run().ok().digest()
}

#[test]
fn the_default_provider_is_the_first_that_is_there_and_the_others_say_why_not() {
    let server = FakeProvider::start();
    let keys =
        ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"];
    let modes = ["anthropic", "openai", "openrouter", "gemini", "gemini"];
    for (first, mode) in modes.into_iter().enumerate() {
        let house = keys[first..].iter().fold(empty(), |house, key| house.variable(key, "sk-hush"));
        let told = config(&house);
        assert_eq!(
            (&told["mode"], &told["because"]),
            (&json!(mode), &json!(format!("{} is set", keys[first])))
        );
        assert!(!told.to_string().contains("hush"));
    }
    let all_keys = || keys.iter().fold(empty(), |house, key| house.variable(key, "sk-hush"));
    let told = config(&all_keys());
    let state = |name: &str| find(&told["providers"], "provider", name).clone();
    assert_eq!(state("anthropic")["chosen"], true);
    assert_eq!(state("gemini")["why"], "GEMINI_API_KEY is set; anthropic comes first");
    assert_eq!(state("claude-code")["configured"], false, "{told:#}");

    let named = config(&all_keys().variable("OPENAI_BASE_URL", &server.base_url()));
    assert_eq!(
        (&named["mode"], &named["because"]),
        (&json!("openai-compat"), &json!("OPENAI_BASE_URL names a server"))
    );
    let local = config(&empty().variable("OLLAMA_HOST", &server.ollama_url()));
    assert_eq!(
        (&local["mode"], &local["any_other_model"]),
        (&json!("ollama"), &json!("qwen3:8b")),
        "{local:#}"
    );
    assert!(local["because"].as_str().unwrap().starts_with("Ollama 0.13.5 answers at http://127.0.0.1:"));
    let paid = config(&empty().variable("OLLAMA_HOST", &server.ollama_url()).variable("GEMINI_API_KEY", "k"));
    assert_eq!(paid["mode"], "gemini", "a key says more than a server that happens to run");
    assert_eq!(config(&empty())["mode"], "rehearsal");
    assert_eq!(server.asked(), 0);
}

#[test]
fn the_claude_command_answers_only_where_it_is_named() {
    let server = FakeProvider::start();
    let house = empty().speaking(&server, Protocol::ClaudeCode);
    assert_eq!(config(&house)["mode"], "rehearsal");
    let team = "[members]\nelena = { role = \"worker\" }\nmarcus = { role = \"worker\" }\njudge = { role = \"judge\" }\n";
    let house = house.team(team);
    let digest = house.roundtable().args(SHORT).args(["--mode", "claude-code"]).run().ok().digest();
    assert_eq!(digest["mode"], "claude-code");
    assert!(
        server
            .requests()
            .iter()
            .all(|asked| asked.protocol == Protocol::ClaudeCode && asked.model() == "sonnet")
    );
}

#[test]
fn members_of_one_debate_are_answered_by_two_providers() {
    let (near, far) = (FakeProvider::start(), FakeProvider::start());
    let house = mixed(&near, &far);
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    let member = |name: &str| find(&digest["members"], "name", name).clone();
    assert_eq!(
        (&member("elena")["model"], &member("marcus")["model"]),
        (&json!("gpt-4o-mini"), &json!("vendor/large"))
    );
    let models = |provider: &FakeProvider| -> BTreeSet<String> {
        provider.requests().iter().map(|asked| asked.model().to_owned()).collect()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    // The rubric has the default label.
    assert_eq!(models(&near), set(&["gpt-4o", "gpt-4o-mini"]));
    assert_eq!(models(&far), set(&["vendor/large", "vendor/stern"]),);
    assert!(far.requests().iter().all(|asked| asked.protocol == Protocol::OpenRouter));
    assert!(
        near.requests().iter().all(|asked| asked.key_seen() == Protocol::OpenAi.key()),
        "each gets its own key"
    );
    assert!(far.requests().iter().all(|asked| asked.key_seen() == Protocol::OpenRouter.key()));
    let judged: Vec<_> = far.requests().into_iter().filter(prompts::moderates).collect();
    assert!(
        !judged.is_empty() && judged.iter().all(|asked| asked.body["temperature"] == 0.25),
        "{judged:#?}"
    );
}

#[test]
fn a_member_whose_provider_is_not_set_up_is_refused_before_anybody_is_asked() {
    let (near, far) = (FakeProvider::start(), FakeProvider::start());
    let house =
        mixed(&near, &far).variable("OPENROUTER_API_KEY", "").variable("AMATELIER_OPENROUTER_BASE_URL", "");
    let ran = house.roundtable().args(SHORT).run().exits(3);
    for words in [
        "marcus is meant to run on openrouter, which is not set up: OPENROUTER_API_KEY is not set",
        "judge is meant to run on openrouter",
        "amatelier key set OPENROUTER_API_KEY",
        "--skip-agent",
    ] {
        assert!(ran.stderr.contains(words), "no {words:?}: {ran}");
    }
    assert_eq!((near.asked(), far.asked()), (0, 0));
    assert_eq!(house.args(["list", "--json"]).run().ok().digest()["roundtables"], json!([]));
    let rehearsed = house.roundtable().args(SHORT).args(["--mode", "rehearsal"]).run().ok().digest();
    assert!(
        all(&rehearsed["members"], "model").iter().all(|model| *model == "rehearsal"),
        "it answers for everybody"
    );
    let strange = house.team(&MIXED.replace("openrouter", "opnrouter"));
    strange.roundtable().run().exits(3).stderr_has("did you mean `openrouter`?");
}

#[test]
fn a_debate_goes_on_with_the_providers_that_it_was_opened_with() {
    let (near, far) = (FakeProvider::start(), FakeProvider::start());
    far.whenever(prompts::speaks(1), Reaction::Status(500));
    near.whenever(prompts::speaks(1), Reaction::Status(500));
    let house = mixed(&near, &far);
    house.roundtable().args(SHORT).run().exits(7);
    near.behave();
    far.behave();
    let gone = house
        .args(["resume"])
        .variable("OPENROUTER_API_KEY", "")
        .variable("AMATELIER_OPENROUTER_BASE_URL", "");
    let ran = gone.run().exits(3);
    for words in ["marcus is meant to run on openrouter", "OPENROUTER_API_KEY is not set"] {
        assert!(ran.stderr.contains(words), "no {words:?}: {ran}");
    }
    // What labels mean by now, and what `auto` would choose, is for other debates.
    let house =
        house.file("amatelier.toml", "[models]\nhaiku = \"other\"\n").variable("ANTHROPIC_API_KEY", "k");
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(digest["contributions"], json!({"elena": 2, "marcus": 2}));
    assert!(near.requests().iter().all(|asked| asked.model() != "other"));
}

#[test]
fn a_fallback_answers_when_its_label_cannot_be_reached() {
    let server = FakeProvider::start();
    let house = empty()
        .team("[members]\nelena = { role = \"worker\", model = \"safe\" }\nmarcus = { role = \"worker\" }\njudge = { role = \"judge\" }\n")
        .speaking(&server, Protocol::OpenAi)
        .variable("AMATELIER_OPENROUTER_BASE_URL", "http://127.0.0.1:1/v1")
        .file("amatelier.toml", "[models]\nsafe = { provider = \"openrouter\", model = \"a/b\", fallback = \"plan-b\" }\nplan-b = \"of-plan-b\"\n");
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    assert_eq!(digest["contributions"], json!({"elena": 2, "marcus": 2}));
    let of_elena = server.requests().into_iter().filter(prompts::of("elena")).collect::<Vec<_>>();
    assert!(!of_elena.is_empty() && of_elena.iter().all(|asked| asked.model() == "of-plan-b"));
}

#[test]
fn what_was_recorded_is_played_back_without_a_network() {
    let (near, far) = (FakeProvider::start(), FakeProvider::start());
    let house = mixed(&near, &far);
    let tape = house.path("debate.cassette");
    let seed = ["--seed", "11"];
    let recorded = house.roundtable().args(SHORT).args(seed).arg("--record").arg(&tape).run().ok();
    let asked = near.asked() + far.asked();
    let played = house.roundtable().args(SHORT).args(seed).arg("--cassette").arg(&tape);
    // Whoever plays it back needs no keys.
    let played =
        ["OPENAI_API_KEY", "OPENROUTER_API_KEY"].iter().fold(played, |call, key| call.variable(key, ""));
    let played = played.run().ok().digest();
    let recorded = recorded.digest();
    let said =
        |digest: &Value| all(&digest["transcript"], "message").into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(said(&played), said(&recorded));
    assert_eq!((&played["mode"], &played["scoring_status"]), (&json!("cassette"), &json!("complete")));
    assert_eq!(near.asked() + far.asked(), asked);
    let tape = std::fs::read_to_string(tape).unwrap();
    assert!(Protocol::ALL.into_iter().filter_map(Protocol::key).all(|key| !tape.contains(key)));
}
