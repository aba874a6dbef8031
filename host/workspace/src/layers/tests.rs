//! Layers on a real disk.

use std::fs;

use super::*;
use crate::{Mode, ModelLine};

const USER: &str = "mode = \"auto\"\n\n[openai-compat]\nbase-url = \"http://user\"\nmodel = \"of-user\"\n\n[models]\nsonnet = \"large\"\n\
    [roundtable]\nmax-rounds = 5\n";
const PROJECT: &str =
    "[roundtable]\nmax-rounds = 7\nfloor-turns = 1\n[models]\nsonnet = \"larger\"\nhaiku = \"small\"\n";

/// A home with a workspace and a project.
struct House {
    home: tempfile::TempDir,
    sources: Sources,
}

impl House {
    fn new(user: &str, project: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let at = |path: &str| home.path().join(path);
        for (path, text) in [("workspace/amatelier.toml", user), ("project/amatelier.toml", project)] {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), text).unwrap();
        }
        let sources = Sources {
            user: at("workspace/amatelier.toml"),
            folder: Some(at("project")),
            home: Some(home.path().into()),
            ..Sources::default()
        };
        House { home, sources }
    }

    fn variable(mut self, name: &str, text: &str) -> Self {
        self.sources.variables.insert(name.into(), text.into());
        self
    }

    fn flag(mut self, flag: &'static str, key: (&'static str, &'static str), text: &str) -> Self {
        self.sources.flags.push(Flag { flag, key, text: text.into() });
        self
    }

    fn read(&self) -> Configuration {
        Configuration::read(&self.sources).unwrap()
    }

    /// Everything that is wrong, without the folder it happened in.
    fn wrong(&self) -> Vec<String> {
        let Err(BadConfiguration::Wrong(wrong)) = Configuration::read(&self.sources) else {
            panic!("nothing is wrong")
        };
        let home = format!("{}/", self.home.path().display());
        wrong.iter().map(|wrong| format!("{}: {}", wrong.place, wrong.what).replace(&home, "")).collect()
    }

    fn origins(&self) -> Vec<String> {
        let home = format!("{}/", self.home.path().display());
        let show = |said: Said| {
            let value = said.value.map_or("none".into(), |value| value.to_string());
            format!("{} = {value} ({})", said.key, said.origin).replace(&home, "")
        };
        // Defaults are of interest where they stand beside what was said.
        let said = |said: &Said| said.origin != Origin::Default || said.key == "durability";
        self.read().values().into_iter().filter(said).map(show).collect()
    }
}

#[test]
fn a_later_layer_wins_value_by_value_and_each_remembers_its_place() {
    let house = House::new(USER, PROJECT)
        .variable("OLLAMA_HOST", "gpu.local")
        .variable("AMATELIER_ROUNDTABLE_FLOOR_TURNS", "2")
        .variable("OPENAI_MODEL", "of-variable")
        .variable("AMATELIER_MODELS_BIG_ONE", "huge")
        .variable("AMATELIER_DURABILITY", " ")
        .flag("--mode", ("", "mode"), "rehearsal");
    assert_eq!(
        house.origins(),
        [
            "mode = \"rehearsal\" (--mode)",
            "durability = \"power\" (the default)",
            "openai.model = \"of-variable\" (OPENAI_MODEL)",
            "ollama.base-url = \"gpu.local\" (OLLAMA_HOST)",
            "openai-compat.base-url = \"http://user\" (workspace/amatelier.toml, line 4)",
            "openai-compat.model = \"of-variable\" (OPENAI_MODEL)",
            "models.big-one = \"huge\" (AMATELIER_MODELS_BIG_ONE)",
            "models.haiku = \"small\" (project/amatelier.toml, line 6)",
            "models.sonnet = \"larger\" (project/amatelier.toml, line 5)",
            "roundtable.max-rounds = 7 (project/amatelier.toml, line 2)",
            "roundtable.floor-turns = 2 (AMATELIER_ROUNDTABLE_FLOOR_TURNS)",
        ]
    );
    let read = house.read();
    assert_eq!((read.config.roundtable.max_rounds, read.config.roundtable.floor_turns), (7, 2));
    assert_eq!(crate::choose_mode(&read, &crate::Keys::default()).mode, Mode::Rehearsal);
}

#[test]
fn our_own_variable_comes_before_the_one_that_others_know() {
    let house = House::new("", "")
        .variable("OPENAI_BASE_URL", "http://theirs")
        .variable("AMATELIER_OPENAI_COMPAT_BASE_URL", "http://ours");
    assert_eq!(house.read().config.openai_compat.service.base_url.as_deref(), Some("http://ours"));
}

#[test]
fn without_files_it_is_the_defaults() {
    let read = Configuration::read(&Sources::default()).unwrap();
    assert_eq!((read.config, read.project), (Config::default(), None));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_its_line_and_what_would_be_right() {
    let house = House::new(
        "speed = 3\nmoed = \"auto\"\nmax-rounds = 3\n[openai-compat]\napi-key = \"sk-1\"\napi-key-env = \"sk-2\"\n\
         base_url = \"http://x\"\n[roundtable]\nmax-rounds = \"many\"\nspeaker-timeout = 0\n[models]\nsonnet = 3\n[rountable]\n",
        "mode = \"claude\"\nroundtable = 4\n[openai-compat]\nbase-url = \"http://evil\"\napi-key-env = \"HOME\"\n",
    )
    .variable("AMATELIER_ROUNDTABLE_MAX_ROUNDS", "1001");
    insta::assert_snapshot!(house.wrong().join("\n"));
}

#[test]
fn a_file_that_is_no_toml_is_named_with_its_lines() {
    let wrong = House::new("mode = \n[roundtable\n", "").wrong();
    assert!(wrong.iter().any(|wrong| wrong.starts_with("workspace/amatelier.toml, line 1: ")), "{wrong:?}");
    assert!(wrong.iter().any(|wrong| wrong.starts_with("workspace/amatelier.toml, line 2: ")), "{wrong:?}");
}

#[test]
fn a_variable_of_ours_that_sets_nothing_is_noticed() {
    let house = House::new("[openai-compat]\napi-key-env = \"AMATELIER_LLM_API_KEY\"\n", "")
        .variable("AMATELIER_MAX_ROUNDS", "3")
        .variable("AMATELIER_MDOE", "auto")
        .variable("AMATELIER_WORKSPACE", "w")
        .variable("AMATELIER_LLM_API_KEY", "k");
    assert_eq!(
        house.read().notices,
        [
            "the variable AMATELIER_MAX_ROUNDS sets nothing; did you mean AMATELIER_ROUNDTABLE_MAX_ROUNDS?",
            "the variable AMATELIER_MDOE sets nothing; did you mean AMATELIER_MODE?"
        ]
    );
}

#[test]
fn values_are_read_the_same_from_dotted_keys_and_inline_tables() {
    let house = House::new("roundtable.max-rounds = 0x10\nmodels = { a = \"b\" }\n", "");
    let config = house.read().config;
    assert_eq!((config.roundtable.max_rounds, config.models["a"].model.as_deref()), (16, Some("b")));
}

#[test]
fn a_label_is_a_text_or_a_table_with_all_its_problems_named() {
    let house = House::new(
        "[models]\nsonnet = \"gemini:gemini-2.5-pro\"\nlocal = { provider = \"ollama\", model = \"qwen3:4b\", temperature = 1, \
         effort = \"low\", max-tokens = 2_000, context-tokens = 0x8000, fallback = \"haiku\" }\n[models.opus]\neffort = \"max\"\n",
        "",
    );
    let models = house.read().config.models;
    let local = ModelLine {
        provider: Some(Mode::Ollama),
        model: Some("qwen3:4b".into()),
        temperature: Some(1.0),
        effort: Some("low".into()),
        max_tokens: Some(2_000),
        context_tokens: Some(0x8000),
        fallback: Some("haiku".into()),
    };
    assert_eq!((&models["local"], &models["sonnet"]), (&local, &ModelLine::of_text("gemini:gemini-2.5-pro")));
    assert_eq!(models["opus"], ModelLine { effort: Some("max".into()), ..ModelLine::default() });

    let house = House::new(
        "[models]\na = { provider = \"gemni\", modle = \"x\", temperature = 2.5 }\n[models.b]\nmodel = \"\"\neffort = \"hi\"\n\
         max-tokens = 0\ncontext-tokens = \"many\"\nfallback = 3\n[models.c]\nfallback = \"sonet\"\n[models.d]\nmodel = \"m\"\n\
         fallback = \"e\"\n[models.e]\nmodel = \"m\"\nfallback = \"d\"\n[models.f]\nprovider = \"gemini\"\n[models.g]\nprovider = \"ollama\"\n",
        "mode = \"claude-code\"\n[models]\nx = \"claude-code:opus\"\ny = { provider = \"claude-code\" }\nz = \"claude-code\"\n",
    );
    insta::assert_snapshot!(house.wrong().join("\n"));
}

#[test]
fn a_project_decides_neither_what_is_spent_nor_what_is_paid_for_twice() {
    let wrong = House::new("", "[money]\nmax-cost = 500\n[roundtable]\non-uncertain = \"resend\"\n").wrong();
    let said = |key: &str, decides: &str| {
        let start = format!("a project may not set `{key}`, which decides {decides}: ");
        wrong.iter().any(|wrong| wrong.contains(&start))
    };
    assert!(said("money.max-cost", "what may be spent"), "{wrong:?}");
    assert!(said("roundtable.on-uncertain", "what is paid for twice"), "{wrong:?}");
}
