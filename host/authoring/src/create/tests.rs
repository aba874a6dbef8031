use std::path::Path;

use amatelier_plugins::Authored;
use tempfile::TempDir;

use super::*;

fn plugin(language: Language, world: World, path: &Path) -> NewPlugin {
    NewPlugin { id: "dry-run".parse().unwrap(), world, language, path: path.into() }
}

#[test]
fn every_world_is_there_in_rust_and_three_in_the_other_languages() {
    let expected: Vec<_> = Language::ALL
        .into_iter()
        .flat_map(|language| match language {
            Language::Rust => World::ALL.map(|world| (language, world)).to_vec(),
            _ => [World::Persona, World::Rubric, World::Skill].map(|world| (language, world)).to_vec(),
        })
        .collect();
    assert_eq!(templates(), expected);
}

#[test]
fn every_template_is_whole_and_says_what_it_is() {
    for (language, world) in templates() {
        let folder = TempDir::new().unwrap();
        let created = create(&plugin(language, world, folder.path())).unwrap();
        let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
        for file in &created.files {
            let text = read(file);
            assert!(!text.contains("{{id}}") && !text.contains("{{host}}"), "{file}");
        }
        for file in ["plugin.toml", "README.md", ".gitignore", "tests/first-turn.toml", "wit/world.wit"] {
            assert!(created.files.iter().any(|there| there == file), "{language} {world}: {file}");
        }
        let authored = Authored::of_toml(&read("plugin.toml"), &host_version()).unwrap();
        let recipe = authored.recipe.unwrap();
        assert_eq!((recipe.language, recipe.worlds.as_slice()), (language, [world].as_slice()));
        assert_eq!(authored.manifest.id.as_str(), "dry-run");
        assert_eq!(authored.manifest.min_host, host_version());
        if let Some(main) = recipe.main {
            assert!(created.files.contains(&main), "{language} {world}: {main}");
        }
        assert!(read("README.md").contains("amatelier plugin build"), "{language} {world}");
    }
}

#[test]
fn the_contracts_of_a_template_are_those_of_the_repository() {
    let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
    for (language, world) in templates() {
        let folder = TempDir::new().unwrap();
        let created = create(&plugin(language, world, folder.path())).unwrap();
        let own: Vec<_> = created.files.iter().filter_map(|file| file.strip_prefix("wit/deps/")).collect();
        assert!(own.len() >= 3, "{own:?}");
        for file in own {
            let written = fs::read(folder.path().join("wit/deps").join(file)).unwrap();
            assert_eq!(written, fs::read(wit.join(file)).unwrap(), "{language} {world}: {file}");
        }
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = TempDir::new().unwrap();
    let taken = folder.path().join("notes.md");
    fs::write(&taken, "mine").unwrap();
    for path in [folder.path(), taken.as_path()] {
        let error = create(&plugin(Language::Rust, World::Persona, path)).unwrap_err();
        assert!(matches!(error, CreateError::NotEmpty(_)) && error.help().is_some(), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(taken).unwrap(), "mine");
}

#[test]
fn what_there_is_no_template_for_is_refused_with_a_list() {
    let folder = TempDir::new().unwrap();
    let error = create(&plugin(Language::C, World::Judge, folder.path())).unwrap_err();
    assert_eq!(error.to_string(), "there is no template for a judge in c");
    let help = error.help().unwrap();
    assert!(
        help.contains("rust: persona, judge, rubric, store, skill; python: persona, rubric, skill; js: persona, rubric, skill; c: persona, rubric, skill"),
        "{help}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
