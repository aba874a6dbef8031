//! `docs/authoring.md` and the examples in other languages, done as they say: made, tested, built, installed, granted and heard.
//!
//! Needs the languages and their registries, which `cargo test` does not ask for: `.ci/run` runs these with `--ignored`. What is
//! missing on a machine is skipped, and said plainly.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::page::{Page, Reader};

/// A language, how the guide calls it, and the programs without which nothing can be built in it.
struct Language {
    name: &'static str,
    heading: &'static str,
    persona: &'static str,
    programs: &'static [(&'static str, &'static [&'static str])],
}

const LANGUAGES: [Language; 4] = [
    Language {
        name: "rust",
        heading: "A persona in Rust",
        persona: "rita",
        programs: &[("cargo", &["--version"])],
    },
    Language {
        name: "python",
        heading: "A persona in Python",
        persona: "pia",
        programs: &[("python3", &["-m", "pip", "--version"])],
    },
    Language {
        name: "js",
        heading: "A persona in JavaScript",
        persona: "jana",
        programs: &[("node", &["--version"]), ("npm", &["--version"])],
    },
    Language {
        name: "c",
        heading: "A persona in C",
        persona: "cato",
        programs: &[("python3", &["-m", "pip", "--version"])],
    },
];

impl Language {
    /// What is missing on this machine, if anything is.
    fn missing(&self) -> Option<&'static str> {
        let runs = |(program, arguments): &(&str, &[&str])| {
            let quiet =
                Command::new(program).args(*arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
            quiet.is_ok_and(|status| status.success())
        };
        self.programs.iter().find(|needed| !runs(needed)).map(|(program, _)| *program)
    }

    /// Whether plugins can be built in it here; says so where not.
    fn is_here(&self, what: &str) -> bool {
        match self.missing() {
            None => true,
            Some(program) => {
                eprintln!("SKIPPED {what}: `{program}` does not run on this machine");
                false
            }
        }
    }
}

/// Somebody in an empty folder. Compilers are fetched once for all, and stay in the target folder for the next run.
fn reader(home: &Path) -> Reader {
    let toolchains = Path::new(env!("CARGO_TARGET_TMPDIR")).join("toolchains");
    // Where the guide has its table.
    Reader::of(home)
        .variable("AMATELIER_WORKSPACE", home.join("table"))
        .variable("AMATELIER_TOOLCHAINS", toolchains)
}

/// The newest rehearsal in a workspace has speeches of this member, and no turn of it failed.
fn heard(reader: &Reader, who: &str) {
    let listed = reader.follows("list", "amatelier list --json");
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let id = listed["roundtables"][0]["id"].as_str().unwrap();
    let digest = reader.follows("show", &format!("amatelier show {id} --json"));
    let digest: Value = serde_json::from_str(&digest).unwrap();
    let messages = digest["transcript"].as_array().unwrap();
    let of = |kind: &str| {
        let own = messages.iter().filter(|message| message["agent"] == who && message["kind"] == kind);
        own.count()
    };
    assert!(of("speech") > 0, "{who} was not heard: {digest:#}");
    assert_eq!(of("fault"), 0, "{who} failed: {digest:#}");
    reader.follows("replay", &format!("amatelier replay {id} --verify"));
}

#[test]
#[ignore = "needs the languages' toolchains: `.ci/run` runs it"]
fn a_persona_in_each_language_is_made_tested_built_installed_granted_and_heard() {
    let guide = Page::read("authoring.md");
    for language in &LANGUAGES {
        if !language.is_here(&format!("`{}` of docs/authoring.md", language.heading)) {
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        let reader = reader(home.path());
        let commands = [guide.section("A table to sit at"), guide.section(language.heading)].concat();
        reader.follows(language.heading, &commands);
        heard(&reader, language.persona);
        eprintln!("done: {}", language.heading);
    }
}

#[test]
#[ignore = "needs the languages' toolchains: `.ci/run` runs it"]
fn the_rest_of_the_guide_does_what_it_says() {
    let guide = Page::read("authoring.md");
    let own: Vec<_> = LANGUAGES.iter().map(|language| language.heading).collect();
    for heading in
        guide.headings().filter(|heading| !own.contains(heading) && *heading != "A table to sit at")
    {
        let language =
            LANGUAGES.iter().find(|language| heading.ends_with(&language.heading["A persona".len()..]));
        if language.is_some_and(|language| !language.is_here(&format!("`{heading}` of docs/authoring.md"))) {
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        let commands = [guide.section("A table to sit at"), guide.section(heading)].concat();
        reader(home.path()).follows(heading, &commands);
        eprintln!("done: {heading}");
    }
}

/// The folders of `examples/plugins` that are written in a language.
fn examples(language: &str) -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/plugins");
    let folders = fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = folders
        .filter(|folder| {
            let manifest = fs::read_to_string(folder.join("plugin.toml")).unwrap_or_default();
            let table: toml::Table = manifest.parse().unwrap_or_default();
            table.get("build").and_then(|build| build.get("lang")?.as_str()) == Some(language)
        })
        .collect();
    found.sort();
    found
}

#[test]
#[ignore = "needs the languages' toolchains: `.ci/run` runs it"]
fn the_examples_in_other_languages_are_built_tested_and_heard() {
    for language in &LANGUAGES[1..] {
        for folder in examples(language.name) {
            let id = folder.file_name().unwrap().to_str().unwrap().to_owned();
            if !language.is_here(&format!("examples/plugins/{id}")) {
                continue;
            }
            let home = tempfile::tempdir().unwrap();
            let reader = reader(home.path());
            // Beside the others, so that nothing is written into the repository.
            copy(&folder, &home.path().join(&id));
            reader.follows(
                &id,
                &format!("{}{}", Page::read("authoring.md").section("A table to sit at"), seat(&id)),
            );
            if id.starts_with("persona-") {
                heard(&reader, id.trim_start_matches("persona-"));
            }
            eprintln!("done: examples/plugins/{id}");
        }
    }
}

/// Built, tested, installed, granted, and used in a debate.
fn seat(folder: &str) -> String {
    let (world, id) = folder.split_once('-').unwrap();
    let made = format!(
        "amatelier plugin test {folder}\namatelier plugin install {folder}/dist/*.wasm\namatelier plugin grant {id} --all\n"
    );
    let debate =
        "amatelier roundtable --mode rehearsal --topic 'Sundays?' --briefing library.md --max-rounds 1";
    match world {
        "persona" => {
            format!("{made}amatelier team new {id} --component {id}\n{debate} --workers alpha,{id}\n")
        }
        "rubric" => format!(
            "{made}{debate}\namatelier score \"$(amatelier list | sed -n '2s/ .*//p')\" --rubric {id}\n"
        ),
        other => panic!("no example in another language is a {other}"),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
