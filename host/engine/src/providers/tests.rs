//! Who answers for whom, without asking anybody.

use std::collections::BTreeMap;

use amatelier_workspace::{Sources, choose_mode};

use super::*;

/// The providers that these variables and this file make.
fn providers(variables: &[(&str, &str)], file: &str) -> Result<Providers, ProviderError> {
    let folder = tempfile::tempdir().unwrap();
    let user = folder.path().join("amatelier.toml");
    std::fs::write(&user, file).unwrap();
    let variables: BTreeMap<String, String> =
        variables.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    let configuration =
        Configuration::read(&Sources { user, variables: variables.clone(), ..Sources::default() }).unwrap();
    let keys = Keys::of_environment(move |name| variables.get(name).cloned());
    Providers::new(
        &choose_mode(&configuration, &keys),
        &configuration,
        &keys,
        Prices::bundled(),
        Duration::from_secs(1),
    )
}

fn wanted<'a>(label: &'a str, provider: Option<&'a str>) -> Wanted<'a> {
    Wanted { who: "elena", label, provider }
}

/// The provider and the model that a member's line gets.
fn assigned(providers: &Providers, label: &str, provider: Option<&str>) -> String {
    let Assigned { provider, model, .. } = providers.assign(wanted(label, provider)).unwrap();
    format!("{provider} {model}")
}

const OPENAI: (&str, &str) = ("OPENAI_API_KEY", "k");
const OPENROUTER: (&str, &str) = ("OPENROUTER_API_KEY", "k");

#[test]
fn members_name_labels_models_and_providers_side_by_side() {
    let file = "[models]\nsonnet = \"my-large\"\nfar = \"openrouter:vendor/large\"\n\
        sharp = { provider = \"openrouter\", model = \"m\", temperature = 0.2 }\nopus = { effort = \"max\" }\n";
    let providers = providers(&[OPENAI, OPENROUTER], file).unwrap();
    for (label, provider, expected) in [
        ("haiku", None, "openai gpt-4o-mini"),
        ("sonnet", None, "openai my-large"),
        ("opus", None, "openai gpt-4o"),
        ("o3", None, "openai o3"),
        ("far", None, "openrouter vendor/large"),
        ("far", Some("openrouter"), "openrouter vendor/large"),
        ("haiku", Some("openrouter"), "openrouter anthropic/claude-haiku-5.5"),
        // What `sonnet` stands for at the one provider is nothing that the other one has.
        ("sonnet", Some("openrouter"), "openrouter anthropic/claude-sonnet-5.5"),
        ("vendor/small", Some("openrouter"), "openrouter vendor/small"),
        ("openrouter:vendor/small", None, "openrouter vendor/small"),
        ("openrouter:opus", None, "openrouter anthropic/claude-opus-5.5"),
        ("a:b", None, "openai a:b"),
    ] {
        assert_eq!(assigned(&providers, label, provider), expected, "{label} {provider:?}");
    }
}

#[test]
fn what_the_line_of_a_label_says_besides_goes_with_it() {
    let file = "[models]\nsharp = { provider = \"openrouter\", model = \"m\", temperature = 0.2, effort = \"low\", max-tokens = 9, \
        context-tokens = 5000 }\n";
    let providers = providers(&[OPENAI, OPENROUTER], file).unwrap();
    let sharp = providers.answering("sharp");
    assert_eq!((sharp.provider.name(), sharp.model.as_str()), ("openrouter", "m"));
    let said =
        (sharp.temperature, sharp.effort.as_deref(), sharp.max_tokens, sharp.provider.context_tokens("m"));
    assert_eq!(said, (Some(0.2), Some("low"), Some(9), 5_000));
    let pinned = providers.pinned("openrouter", "sharp", "m");
    assert_eq!((pinned.temperature, pinned.max_tokens), (Some(0.2), Some(9)));
    let other = providers.pinned("openai", "sharp", "gpt-4o");
    assert_eq!(
        (other.provider.name(), other.temperature),
        ("openai", None),
        "the label means another model by now"
    );
    assert_eq!(other.provider.context_tokens("gpt-4o"), 128_000, "from the price table");
    // A component chooses among the operator's labels; anything else is a name of the default provider's.
    let guessed = providers.answering("openrouter:opus");
    assert_eq!((guessed.provider.name(), guessed.model.as_str()), ("openai", "openrouter:opus"));
}

#[test]
fn a_rehearsal_answers_for_everybody_whatever_they_name() {
    let providers = providers(&[], "[models]\nsonnet = \"gemini:x\"\n").unwrap();
    for (label, provider) in
        [("sonnet", None), ("flash", Some("gemini")), ("x", Some("nobody")), ("ollama:x", None)]
    {
        assert_eq!(assigned(&providers, label, provider), "rehearsal rehearsal");
    }
    assert!(providers.beyond("sonnet").is_empty());
    assert_eq!(providers.pinned("openrouter", "sonnet", "x").provider.name(), "rehearsal");
}

#[test]
fn everybody_whose_provider_is_not_set_up_is_named_with_the_remedy() {
    let providers = providers(&[OPENAI], "[models]\nfar = \"openrouter:x\"\n").unwrap();
    let team = [
        wanted("sonnet", None),
        wanted("far", None),
        Wanted { who: "marcus", ..wanted("opus", Some("gemini")) },
    ];
    let error = providers.check(team).unwrap_err();
    assert_eq!(
        error.to_string(),
        "elena is meant to run on openrouter, which is not set up: OPENROUTER_API_KEY is not set\n\
         marcus is meant to run on gemini, which is not set up: neither GEMINI_API_KEY nor GOOGLE_API_KEY is set"
    );
    let remedy = error.remedy().unwrap();
    for words in ["set OPENROUTER_API_KEY", "amatelier key set GEMINI_API_KEY"] {
        assert!(remedy.contains(words), "{remedy}");
    }
    let error = providers.check([wanted("x", Some("gemni"))]).unwrap_err().to_string();
    assert_eq!(error, "elena: there is no provider `gemni`; did you mean `gemini`?");
    assert_eq!(
        super::tests::providers(&[("AMATELIER_MODE", "openrouter")], "").unwrap_err().to_string(),
        "openrouter is not set up: OPENROUTER_API_KEY is not set"
    );
}

#[test]
fn a_server_that_is_named_needs_no_key_and_one_of_ones_own_is_free() {
    let named = providers(
        &[("AMATELIER_MODE", "openrouter"), ("AMATELIER_OPENROUTER_BASE_URL", "http://127.0.0.1:9")],
        "",
    );
    assert_eq!(assigned(&named.unwrap(), "x", None), "openrouter x");
    let own = providers(&[("OPENAI_BASE_URL", "http://127.0.0.1:9"), ("OPENAI_MODEL", "m")], "").unwrap();
    let answering = own.answering("anything");
    assert_eq!((answering.model.as_str(), answering.rate), ("m", Rate::Known(Price::FREE)));
    let paid = providers(&[OPENAI], "").unwrap();
    assert_eq!(paid.answering("sonnet").rate.known().map(|price| price.input), Some(2_500_000));
    assert_eq!(paid.answering("unheard-of").rate.known(), None);
}

#[test]
fn what_leaves_this_machine_is_told_of_every_place_it_may_go_to() {
    let file = "[models]\nnear = \"openai-compat:m\"\nsafe = { provider = \"openai-compat\", model = \"m\", fallback = \"far\" }\n\
        far = \"openrouter:x\"\nunset = \"gemini:x\"\n";
    let providers = providers(&[("OPENAI_BASE_URL", "http://127.0.0.1:9"), OPENROUTER], file).unwrap();
    let openrouter = vec!["https://openrouter.ai/api/v1".to_owned()];
    for (label, expected) in [
        ("near", vec![]),
        ("haiku", vec![]),
        ("far", openrouter.clone()),
        ("safe", openrouter.clone()),
        ("unset", vec![]),
        ("openrouter:y", openrouter),
    ] {
        assert_eq!(providers.beyond(label), expected, "{label}");
    }
}

#[test]
fn the_explanation_has_every_provider_and_why_it_is_not_the_one() {
    let providers = providers(&[OPENAI, OPENROUTER], "").unwrap();
    let explained = providers.explained();
    assert_eq!(
        (explained.mode.as_str(), explained.because.as_str(), explained.key),
        ("openai", "OPENAI_API_KEY is set", true)
    );
    assert_eq!(explained.models["sonnet"], "gpt-4o");
    let told = |name: &str| {
        let state = explained.providers.iter().find(|state| state.provider == name).unwrap();
        (state.configured, state.chosen, state.why.as_str())
    };
    assert_eq!(told("openai"), (true, true, "OPENAI_API_KEY is set"));
    assert_eq!(told("openrouter"), (true, false, "OPENROUTER_API_KEY is set; openai comes first"));
    assert_eq!(told("openai-compat"), (false, false, "no base-url is set"));
    assert!(told("gemini").2.contains("neither GEMINI_API_KEY nor GOOGLE_API_KEY is set"));
}

#[test]
fn a_label_with_a_fallback_asks_another_provider_when_the_first_is_down() {
    let file = "[models]\nsafe = { provider = \"openrouter\", model = \"a/b\", context-tokens = 9000, fallback = \"plan-b\" }\n\
        plan-b = { model = \"gpt-4o\", context-tokens = 8000, fallback = \"haiku\" }\n";
    let set_up = providers(&[OPENAI, OPENROUTER], file).unwrap();
    let safe = set_up.answering("safe");
    assert_eq!((safe.provider.name(), safe.model.as_str()), ("openrouter", "a/b"));
    assert_eq!(safe.provider.context_tokens("a/b"), 8_000, "a prompt has to fit whoever answers");
    let shown = format!("{:?}", safe.provider);
    let place = |model: &str| shown.find(model).unwrap_or_else(|| panic!("no {model} in {shown}"));
    assert!(place("a/b") < place("\"gpt-4o\"") && place("\"gpt-4o\"") < place("gpt-4o-mini"), "{shown}");
    let half = providers(&[OPENROUTER], &file.replace("{ model", "{ provider = \"openai\", model")).unwrap();
    let error = half.check([wanted("safe", None)]).unwrap_err();
    assert!(error.to_string().contains("OPENAI_API_KEY is not set"), "{error}");
}
