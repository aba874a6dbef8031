//! A Rust plugin from its template to its file, without a network: what the template needs is what the guests of this repository need.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::{fs, path::Path, process::Command};

use amatelier_authoring::{
    BuildError, Built, Language, NewPlugin, Progress, World, build, create, templates,
};
use amatelier_plugins::{Agreement, Package, PackageLimits, host_version};
use tempfile::TempDir;

/// Ids differ: where a target folder is shared, cargo puts libraries of one name in one place.
fn made(world: World, id: &str, folder: &Path) {
    let id = id.parse().unwrap();
    create(&NewPlugin { id, world, language: Language::Rust, path: folder.into() }).unwrap();
    // All worlds have the same dependencies: compiled once, they serve every test.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("templates");
    fs::create_dir_all(folder.join(".cargo")).unwrap();
    let config = format!("[build]\ntarget-dir = {target:?}\n[net]\noffline = true\n");
    fs::write(folder.join(".cargo/config.toml"), config).unwrap();
}

fn built(folder: &Path) -> Result<Built, BuildError> {
    build(folder, &mut |_| ())
}

#[test]
fn every_template_builds_to_a_plugin_that_is_what_it_says() {
    let worlds: Vec<_> =
        templates().into_iter().filter(|(language, _)| *language == Language::Rust).collect();
    assert_eq!(worlds.len(), World::ALL.len());
    for (_, world) in worlds {
        let folder = TempDir::new().unwrap();
        made(world, &format!("dry-{world}"), folder.path());
        let mut steps = Vec::new();
        let built = build(folder.path(), &mut |progress| {
            if let Progress::Step(step) = progress {
                steps.push(step);
            }
        })
        .unwrap();
        assert!(steps.len() >= 3, "{steps:?}");
        assert!(built.path.ends_with(format!("dist/dry-{world}.wasm")) && !built.same);
        let bytes = fs::read(&built.path).unwrap();
        assert_eq!(bytes, built.bytes);
        let package = Package::read(&bytes, &PackageLimits::default()).unwrap();
        let manifest = package.manifest(&host_version()).unwrap();
        assert_eq!((package.digest, &manifest), (built.digest, &built.manifest));
        let agreement = Agreement::of(&manifest, &package).unwrap();
        assert_eq!(agreement.worlds.len(), 1);
        assert_eq!(agreement.worlds[0].package, world.name());
        assert_eq!(agreement.notes, [], "a template has nothing odd");
        let again = self::built(folder.path()).unwrap();
        assert!(again.same && again.digest == built.digest);
    }
}

#[test]
fn a_mistake_in_the_code_is_told_in_the_compilers_words_and_the_last_plugin_stays() {
    let folder = TempDir::new().unwrap();
    made(World::Skill, "mistaken", folder.path());
    let good = built(folder.path()).unwrap();
    let code = folder.path().join("src/lib.rs");
    let text = fs::read_to_string(&code).unwrap();
    fs::write(&code, text.replace("fn teach(id: String", "fn teach(id: Strnig")).unwrap();
    let error = built(folder.path()).unwrap_err();
    let BuildError::Tool { said, .. } = &error else { panic!("{error}") };
    assert!(said.contains("cannot find type `Strnig`") && said.contains("src/lib.rs:"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    assert_eq!(fs::read(&good.path).unwrap(), good.bytes);
}

#[test]
fn what_does_not_agree_is_refused() {
    let folder = TempDir::new().unwrap();
    made(World::Skill, "lying", folder.path());
    let file = folder.path().join("plugin.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n[capabilities]\n\"market.buy\" = {{ reason = \"shopping\" }}\n"))
        .unwrap();
    let error = built(folder.path()).unwrap_err();
    assert!(error.to_string().contains("asks for `market.buy`"), "{error}");
    fs::write(&file, text.replace("worlds = [\"skill\"]", "worlds = [\"skill\", \"judge\"]")).unwrap();
    let error = built(folder.path()).unwrap_err();
    assert!(error.to_string().contains("is a judge, and it exports amatelier:skill/skills@"), "{error}");
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn what_is_no_plugin_says_what_is_missing() {
    let folder = TempDir::new().unwrap();
    let error = built(folder.path()).unwrap_err();
    assert!(matches!(error, BuildError::NoPlugin(_)), "{error}");
    made(World::Store, "nothing", &folder.path().join("a"));
    let file = folder.path().join("a/plugin.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.split("# How").next().unwrap()).unwrap();
    let error = built(&folder.path().join("a")).unwrap_err();
    assert!(matches!(error, BuildError::NoRecipe(_)) && error.help().is_some(), "{error}");
    fs::write(
        &file,
        text.replace("lang = \"rust\"", "lang = \"rustic\"").replace("schema = 1", "schmea = 1"),
    )
    .unwrap();
    let error = built(&folder.path().join("a")).unwrap_err().to_string();
    assert!(error.contains("`schmea`") && error.contains("`rustic`"), "{error}");
    fs::write(&file, text).unwrap();
    fs::remove_file(folder.path().join("a/Cargo.toml")).unwrap();
    let error = built(&folder.path().join("a")).unwrap_err();
    assert!(error.to_string().contains("Cargo.toml"), "{error}");
}

#[test]
fn the_compiler_does_not_see_the_authors_keys() {
    let folder = TempDir::new().unwrap();
    made(World::Skill, "curious", folder.path());
    let code = folder.path().join("src/lib.rs");
    let mut text = fs::read_to_string(&code).unwrap();
    text.push_str("\nconst KEY: Option<&str> = option_env!(\"ANTHROPIC_API_KEY\");\nconst _: () = assert!(KEY.is_none());\n");
    fs::write(&code, text).unwrap();
    // This test, run again as a child that has a key; only there the environment may be changed.
    if std::env::var_os("ANTHROPIC_API_KEY").is_none() {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_compiler_does_not_see_the_authors_keys"])
            .env("ANTHROPIC_API_KEY", "sk-not-a-key")
            .output()
            .unwrap();
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
        return;
    }
    built(folder.path()).unwrap();
}
