//! `plugin test` and `plugin dev`, as an author runs them.

use std::{fs, path::Path};

use amatelier_test_support::{Amatelier, guest};
use serde_json::Value;

use super::{SOCRATIC, packaged};
use crate::{all, empty, find};

/// What the folder of a plugin is called.
const FOLDER: &str = "../socratic";

/// A plugin's folder with what was built last.
fn built(component: &[u8], capabilities: &str) -> Amatelier {
    empty().file(
        &format!("{FOLDER}/dist/socratic.wasm"),
        packaged(component, &format!("{SOCRATIC}{capabilities}")),
    )
}

fn case(house: Amatelier, name: &str, text: &str) -> Amatelier {
    house.file(&format!("{FOLDER}/tests/{name}.toml"), text)
}

#[test]
fn a_plugin_that_is_as_it_should_be_passes_and_leaves_nothing_behind() {
    let house = case(
        built(guest("ada"), ""),
        "quiet",
        "[debate]\ntopic = \"Is it quiet?\"\nmember = \"ada\"\n[[call]]\nfunction = \"take-turn\"\nround = 2\nexpect = { contains = [\"Is it quiet?\"] }\n",
    );
    let said = house.args(["plugin", "test", "--no-build", "socratic"]).run().ok();
    assert!(said.stdout.contains("golden cases\n  ok     quiet"), "{said}");
    assert!(said.stdout.contains("every persona\n  ok      answers-every-phase"), "{said}");
    assert!(said.stdout.contains("skipped stands-denial                it asks for nothing"), "{said}");
    assert!(said.stdout.ends_with(" 0 failed, 3 skipped\n"), "{said}");
    assert_eq!(fs::read_dir(house.workspace()).unwrap().count(), 0, "no workspace is made");
}

#[test]
fn what_is_not_as_expected_is_shown_with_all_that_its_author_needs() {
    let house = case(
        built(guest("hostile"), ""),
        "divides",
        "[settings]\nattack = \"panic\"\n[[call]]\nfunction = \"take-turn\"\nexpect = { says = \"one\" }\n",
    );
    let ran = house.args(["plugin", "test", "--no-build", "--case", "div", "socratic"]).run();
    assert_eq!(ran.code, Some(5), "its manifest asks for nothing, and it uses much: {ran}");
    let house = case(
        built(guest("hostile"), &every()),
        "divides",
        "[settings]\nattack = \"panic\"\n[[call]]\nfunction = \"take-turn\"\nexpect = { says = \"one\" }\n",
    );
    let ran = house.args(["plugin", "test", "--no-build", "--case", "div", "socratic"]).run();
    assert_eq!(ran.code, Some(1), "{ran}");
    for line in [
        "  FAILED divides",
        "         line 3: take-turn (speak, round 1)",
        "           expected: it does not fail",
        "           actual:   it failed (trap: it panicked or aborted)",
        "           log (error): a bug of the author",
        "           trapped in ",
        "0 passed, 1 failed, 0 skipped",
    ] {
        assert!(ran.stdout.lines().any(|own| own.starts_with(line)), "no {line:?}: {ran}");
    }
}

/// Everything that can be asked for.
fn every() -> String {
    let names =
        ["llm.complete", "llm.embed", "steward.read", "steward.ask", "market.read", "market.buy", "notebook"];
    let lines = names.map(|name| format!("\"{name}\" = {{ reason = \"attacks\" }}\n"));
    format!("[capabilities]\n{}", lines.concat())
}

#[test]
fn golden_files_are_written_on_request_and_differences_are_shown() {
    let text =
        "[settings]\nattack = \"think\"\n[[model]]\nsays = \"one\"\n[[call]]\nfunction = \"take-turn\"\n";
    let house = case(built(guest("hostile"), &every()), "think", text);
    let test = |arguments: &[&str]| {
        let all = ["plugin", "test", "--no-build", "--case", "think", "socratic"].iter().chain(arguments);
        house.args(all).run()
    };
    assert!(test(&["--update"]).ok().stdout.contains("written"));
    let golden = house.path(format!("{FOLDER}/tests/think.golden"));
    let before = fs::read_to_string(&golden).unwrap();
    assert!(before.contains("  user:\n| u\n") && before.ends_with("result:\n| one\n"), "{before}");
    assert!(test(&[]).ok().stdout.contains("1 calls, as in the golden file"));
    fs::write(&golden, before.replace("| u\n", "| you\n")).unwrap();
    let ran = test(&[]);
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(
        ran.stdout.contains("           - | you\n") && ran.stdout.contains("           + | u\n"),
        "{ran}"
    );
    let shown: Value = serde_json::from_str(&test(&["--json"]).stdout).unwrap();
    assert_eq!((&shown["schema"], &shown["passed"]), (&"amatelier/plugin-test/v1".into(), &false.into()));
    let case = find(&shown["cases"], "name", "think");
    assert_eq!(case["golden"]["state"], "differs");
    assert_eq!(case["calls"][0]["asked"][0]["messages"][0]["text"], "u");
    assert_eq!(case["calls"][0]["returned"], "one");
}

#[test]
fn a_file_goes_through_the_suites_alone_and_every_failure_says_what_to_do() {
    let house = empty().file("../p.wasm", packaged(guest("hostile"), &format!("{SOCRATIC}{}", every())));
    let ran = house.args(["plugin", "test", "p.wasm", "--json"]).run();
    assert_eq!(ran.code, Some(1), "{ran}");
    let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
    let failed: Vec<_> = all(&shown["checks"], "verdict");
    assert!(failed.iter().any(|verdict| *verdict == "failed"), "{shown:#}");
    // Without an attack it moderates in the name of people who are not there.
    let moderates = find(&shown["checks"], "name", "moderates");
    assert_eq!(moderates["verdict"], "failed");
    assert!(moderates["what"].as_str().unwrap().contains("who is no worker here"), "{moderates:#}");
    assert!(moderates["remedy"].as_str().unwrap().contains("chat.members"), "{moderates:#}");
}

#[test]
fn a_case_that_makes_no_sense_says_everything_at_once() {
    let house = case(built(guest("ada"), ""), "odd", "topc = 1\n[[call]]\nfunction = \"take-turns\"\n");
    let ran = house.args(["plugin", "test", "--no-build", "socratic"]).run();
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.stderr.contains("odd.toml") && ran.stderr.contains("line 1: `topc` is no key here"), "{ran}");
    assert!(ran.stderr.contains("did you mean `take-turn`?"), "{ran}");
    let ran = house.args(["plugin", "test", "--no-build", "--case", "nobody", "socratic"]).run();
    assert_eq!(ran.code, Some(4), "{ran}");
    let ran = empty().args(["plugin", "test", "--no-build"]).run();
    assert_eq!(ran.code, Some(4), "{ran}");
}

/// A plugin from the template, in a folder of its own; what it is built with lies where every test finds it.
fn authored(house: &Amatelier, id: &str, world: &str) {
    house.args(["plugin", "new", id, "--world", world, "--lang", "rust"]).run().ok();
    let folder = house.path(format!("../{id}/.cargo"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("authored");
    fs::create_dir_all(&folder).unwrap();
    let config = format!("[build]\ntarget-dir = {target:?}\n[net]\noffline = true\n");
    fs::write(folder.join("config.toml"), config).unwrap();
}

/// The author's own cargo and its packages, which the test's home folder does not have.
fn at_home(house: Amatelier) -> Amatelier {
    let home = std::env::var("HOME").unwrap_or_default();
    let place = |name: &str, folder: &str| std::env::var(name).unwrap_or_else(|_| format!("{home}/{folder}"));
    let (cargo, rustup) = (place("CARGO_HOME", ".cargo"), place("RUSTUP_HOME", ".rustup"));
    house.variable("CARGO_HOME", &cargo).variable("RUSTUP_HOME", &rustup)
}

#[test]
fn a_plugin_is_rehearsed_while_it_changes() {
    let house = at_home(empty());
    authored(&house, "socratic", "persona");
    let mut dev =
        house.args(["plugin", "dev", "socratic", "--max-rounds", "1", "--topic", "Bridge?"]).spawn();
    dev.stderr_line_with("waiting for a change");
    dev.stdout_line_with("scored:");
    // A mistake: the compiler's own words, and the old one stays.
    let code = house.path(format!("{FOLDER}/src/lib.rs"));
    let good = fs::read_to_string(&code).unwrap();
    fs::write(&code, good.replace("fn take_turn(turn: Turn)", "fn take_turn(turn: Trun)")).unwrap();
    dev.stderr_line_with("cannot find type `Trun`");
    dev.stderr_line_with("the old component stays");
    // What traps does not conform: it is told where it trapped, and the old one stays.
    fs::write(&code, good.replace("        if turn.phase == \"research\" {", "        if turn.round == 1 { panic!(\"a bug of mine\") }\n        if turn.phase == \"research\" {")).unwrap();
    dev.stderr_line_with("answers-every-phase");
    dev.stderr_line_with("a bug of mine");
    // What is good again is heard in the next debate.
    fs::write(&code, good.replace("        if turn.phase == \"research\" {", "        if turn.phase == \"speak\" { return Ok(Move::Say(\"I am the new one.\".into())); }\n        if turn.phase == \"research\" {")).unwrap();
    dev.stdout_line_with("I am the new one.");
    dev.interrupt();
    dev.wait().ok();
    assert_eq!(
        fs::read_dir(house.workspace()).unwrap().count(),
        0,
        "no workspace but the scratch one is touched"
    );
}

#[test]
fn every_template_passes_its_own_cases_and_the_suite_of_its_world() {
    let house = at_home(empty());
    for world in ["persona", "judge", "rubric", "store", "skill"] {
        // Ids differ: cargo puts libraries of one name in one place.
        let id = format!("from-{world}");
        authored(&house, &id, world);
        let said = house.args(["plugin", "test", &id]).run().ok();
        assert!(said.stdout.contains("  ok     first-turn"), "{said}");
        assert!(
            said.stdout.contains(&format!("every {world}")) && said.stdout.contains(" 0 failed, "),
            "{said}"
        );
    }
}
