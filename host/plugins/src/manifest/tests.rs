//! Manifests, good and bad, in both forms.

use super::*;

pub(crate) const SOCRATIC: &str = r#"schema = 1
[plugin]
id = "socratic"            # kebab-case, unique in a workspace
version = "0.2.0"
description = "Answers every claim with a question."
license = "MIT"
min-host = "0.1.0"
[capabilities]             # each with the reason shown to the operator
"llm.complete" = { labels = ["haiku"], reason = "writes its questions" }
"steward.read" = { reason = "checks numbers before it quotes them" }
[limits]                   # requests; the host's ceiling wins
memory-mib = 32
calls-per-turn = 8
[[settings]]
key = "tone"
default = "dry"
"#;

const CANONICAL: &str = concat!(
    r#"{"capabilities":{"llm.complete":{"labels":["haiku"],"reason":"writes its questions"},"#,
    r#""steward.read":{"reason":"checks numbers before it quotes them"}},"limits":{"calls-per-turn":8,"memory-mib":32},"#,
    r#""plugin":{"description":"Answers every claim with a question.","id":"socratic","license":"MIT","min-host":"0.1.0","#,
    r#""version":"0.2.0"},"schema":1,"settings":[{"default":"dry","key":"tone"}]}"#,
);

pub(crate) fn host() -> Version {
    Version::new(0, 1, 0)
}

pub(crate) fn socratic() -> Manifest {
    Manifest::of_toml(SOCRATIC, &host()).unwrap()
}

fn problems(read: Result<Manifest, ManifestError>) -> Vec<String> {
    match read {
        Err(ManifestError::Problems(problems)) => problems.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_forms_say_the_same_and_there_is_one_canonical_encoding() {
    let manifest = socratic();
    assert_eq!(manifest.to_json(), CANONICAL);
    assert_eq!(Manifest::of_json(CANONICAL.as_bytes(), &host()), Ok(manifest.clone()));
    assert_eq!(manifest.hash(), Sha256::of(CANONICAL.as_bytes()));
    let minimal = "schema = 1\n[plugin]\nid = \"a\"\nversion = \"1.0.0\"\ndescription = \"x\"\nlicense = \"MIT\"\nmin-host = \"0.1.0\"\n";
    let minimal = Manifest::of_toml(minimal, &host()).unwrap();
    assert_eq!(Manifest::of_json(minimal.to_json().as_bytes(), &host()), Ok(minimal));
}

#[test]
fn the_example_of_the_reference_is_a_manifest() {
    let page = include_str!("../../../../docs/reference/plugin-manifest.md");
    let example = page.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    let manifest = Manifest::of_toml(example, &host()).unwrap();
    assert_eq!(manifest.asks.len(), 2);
    assert!(Capability::ALL.iter().all(|capability| page.contains(&format!("`{capability}`"))));
}

#[test]
fn another_encoding_of_the_same_manifest_is_refused() {
    for other in [
        CANONICAL.replace(",\"schema\"", ", \"schema\""),
        CANONICAL.replace("{\"default\":\"dry\",\"key\":\"tone\"}", "{\"key\":\"tone\",\"default\":\"dry\"}"),
        CANONICAL.replace("\"schema\":1", "\"schema\":1,\"schema\":1"),
        CANONICAL.replace("\"id\":\"socratic\"", "\"id\":\"plato\",\"id\":\"socratic\""),
        CANONICAL.replace("\"dry\"", "\"\\u0064ry\""),
        CANONICAL.replace("\"dry\"", "7"),
        CANONICAL.replace(",\"settings\"", ",\"settings\":[],\"settings\""),
        format!("{CANONICAL}\n"),
    ] {
        assert_eq!(Manifest::of_json(other.as_bytes(), &host()), Err(ManifestError::NotCanonical), "{other}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_line_and_a_remedy() {
    let text = r#"schema = "one"
licence = "MIT"
[plugin]
id = "So cratic"
version = "2"
descripton = "Answers."
license = "MIT; DROP"
min-host = 1
source = "http://example.org"
[capabilities]
"llm.complet" = { reason = "x" }
"steward.read" = { labels = ["haiku"], reason = "x" }
"market.buy" = {}
"network" = { reason = "x" }
[limits]
memory-mib = 0
cpu = 3
[[settings]]
key = "tone"
default = [1]
[[settings]]
key = "tone"
"#;
    let expected = [
        "line 1: `schema` is not one that this host reads; write `schema = 1`",
        "line 2: `licence` is no key here; take it out; known are `schema`, `plugin`, `capabilities`, `limits`, `settings`, `build`",
        "line 3: `plugin.description` is missing; add `description = \"Answers every claim with a question.\"`",
        "line 4: `plugin.id` is `So cratic`: an id is words of lower-case letters and digits with single dashes between them, a letter first, at most 64 characters; write something like `id = \"socratic\"`",
        "line 5: `plugin.version` is `2`: unexpected end of input while parsing major version number; write something like `version = \"0.1.0\"`",
        "line 6: `descripton` is no key here; did you mean `description`?",
        "line 7: `plugin.license` is `MIT; DROP`, which is no SPDX expression; write something like `license = \"MIT OR Apache-2.0\"`",
        "line 8: `plugin.min-host` must be a text, not a whole number; write something like `min-host = \"0.1.0\"`",
        "line 9: `plugin.source` is `http://example.org`, which is no https address; write something like `source = \"https://example.org/socratic\"`",
        "line 11: `llm.complet` is no capability; did you mean `llm.complete`?",
        "line 12: `steward.read` has no labels: it reaches no model; take `labels` out",
        "line 13: `capabilities.reason` is missing; add `reason = \"what you need it for\", for whoever grants it`",
        "line 14: `network` is no capability; take it out; known are llm.complete, llm.embed, steward.read, steward.ask, market.read, market.buy, notebook",
        "line 16: `limits.memory-mib` is 0; write a whole number from 1 to 4096",
        "line 17: `cpu` is no key here; take it out; known are `memory-mib`, `calls-per-turn`",
        "line 20: `settings.default` must be a text or a number, not a list; write it in quotes",
        "line 21: the setting `tone` is there twice; leave one of them",
    ];
    assert_eq!(problems(Manifest::of_toml(text, &host())), expected);
}

#[test]
fn in_json_the_place_is_a_pointer() {
    let wrong = CANONICAL.replace("\"haiku\"", "\"a\\u001b[2J\"").replace("\"tone\"", "\"Tone\"");
    let wrong = problems(Manifest::of_json(wrong.as_bytes(), &host()));
    assert_eq!(wrong.len(), 2);
    assert_eq!(
        wrong[0],
        "at `/capabilities/llm.complete/labels/0`: `capabilities.labels` cannot be shown: it holds the character \\u{1b}, \
         which is not shown as itself; write one plain line of at most 64 characters"
    );
    assert!(wrong[1].starts_with("at `/settings/0/key`: `settings.key` is `Tone`: "), "{wrong:?}");
}

#[test]
fn texts_are_bounded_and_plain() {
    let with = |from: &str, to: &str| problems(Manifest::of_toml(&SOCRATIC.replace(from, to), &host()));
    let long = "x".repeat(201);
    for (from, to, place) in [
        ("Answers every claim with a question.", long.as_str(), "line 5: "),
        ("Answers every", "Answers \\u001b]0;every", "line 5: "),
        ("Answers every", "Answers \\u202eevery", "line 5: "),
        ("Answers every", "Answers\\nevery", "line 5: "),
        ("writes its questions", long.as_str(), "line 9: "),
        ("writes its questions", " ", "line 9: "),
        ("\"dry\"", "\"\\u0007\"", "line 16: "),
        ("0.2.0", &format!("0.2.0-{}", "a".repeat(80)), "line 4: "),
        ("[\"haiku\"]", "[]", "line 9: "),
    ] {
        let wrong = with(from, to);
        assert!(wrong.len() == 1 && wrong[0].starts_with(place), "{to}: {wrong:?}");
        assert!(!wrong[0].contains(|c: char| c.is_control()) && wrong[0].len() < 300, "{wrong:?}");
    }
    let many: String = (0..65).map(|n| format!("[[settings]]\nkey = \"k{n}\"\n")).collect();
    assert_eq!(with("[[settings]]\nkey = \"tone\"\ndefault = \"dry\"\n", &many).len(), 1);
}

#[test]
fn what_is_meant_for_a_newer_host_is_not_judged_by_this_one() {
    let newer = SOCRATIC.replace("min-host = \"0.1.0\"", "min-host = \"0.3.0\"\nfuture = true");
    let error = Manifest::of_toml(&newer, &host()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`socratic` needs amatelier 0.3.0 or newer; this is 0.1.0: update amatelier, or take an older version of the plugin"
    );
    let newer = CANONICAL.replace("\"schema\":1", "\"schema\":2,\"x\":1");
    let error = Manifest::of_json(newer.as_bytes(), &host()).unwrap_err();
    assert_eq!(error, ManifestError::NewSchema { found: 2 });
    let forged = newer.replace("socratic", "\\u001b[2J").replace("0.1.0", "9.0.0").replace(":2,", ":1,");
    let error = Manifest::of_json(forged.as_bytes(), &host()).unwrap_err();
    assert!(error.to_string().starts_with("`\\u{1b}[2J` needs amatelier 9.0.0"), "{error}");
}

#[test]
fn what_is_no_text_or_too_much_of_it_is_refused() {
    let large = " ".repeat(Manifest::BYTES + 1);
    assert!(matches!(Manifest::of_toml(&large, &host()), Err(ManifestError::TooLarge { .. })));
    assert!(matches!(Manifest::of_json(large.as_bytes(), &host()), Err(ManifestError::TooLarge { .. })));
    assert_eq!(Manifest::of_json(b"\xff", &host()), Err(ManifestError::NotText));
    assert_eq!(problems(Manifest::of_json(b"[]", &host())).len(), 1);
    assert!(!problems(Manifest::of_toml("", &host())).is_empty());
    let many: String = (0..4000).map(|n| format!("k{n} = 1\n")).collect();
    assert_eq!(problems(Manifest::of_toml(&many, &host())).len(), 50);
}

proptest::proptest! {
    #[test]
    fn no_text_at_all_makes_the_reader_fall_over(text in "\\PC{0,200}") {
        let _ = Manifest::of_toml(&text, &host());
        let _ = Manifest::of_json(text.as_bytes(), &host());
    }

    #[test]
    fn whatever_is_read_from_toml_is_read_from_json(at in 0..SOCRATIC.len(), with in "[ -~\n]{0,3}") {
        let mut text = SOCRATIC.to_owned();
        text.replace_range(at..=at, &with);
        if let Ok(manifest) = Manifest::of_toml(&text, &host()) {
            let json = manifest.to_json();
            proptest::prop_assert_eq!(Manifest::of_json(json.as_bytes(), &host()), Ok(manifest));
        }
    }
}
