//! A house to live in: the workspace, the team, the documents.

use std::fs;

use amatelier_test_support::{Amatelier, FakeProvider};
use serde_json::{Value, json};

use crate::{PAIR, all, empty, find};

fn json(house: &Amatelier, arguments: &[&str]) -> Value {
    house.args(arguments).arg("--json").run().ok().digest()
}

fn names(house: &Amatelier) -> Vec<String> {
    let team = json(house, &["team", "list"]);
    all(&team["members"], "name").into_iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn init_makes_a_workspace_once_and_says_what_is_there() {
    let house = empty();
    let made = house.args(["init"]).run().ok().stdout;
    for words in [house.workspace().to_str().unwrap(), "curated-five", "elena (worker)", "rehearsal", "Next:"]
    {
        assert!(made.contains(words), "no {words}: {made}");
    }
    let team = fs::read_to_string(house.path("team.toml")).unwrap();
    let again = json(&house, &["init"]);
    assert_eq!((&again["team"], &again["template"]), (&json!("was-there"), &json!(null)));
    house.args(["init", "--template", "minimal"]).run().exits(5).stderr_has("--force");
    assert_eq!(fs::read_to_string(house.path("team.toml")).unwrap(), team);

    fs::write(house.path("agents/judge/identity.md"), "You are fair.").unwrap();
    let anew = json(&house, &["init", "--template", "minimal", "--force"]);
    assert_eq!(anew["team"], "made-anew");
    assert_eq!(fs::read_to_string(anew["backup"].as_str().unwrap()).unwrap(), team);
    assert_eq!(names(&house), ["alpha", "beta", "judge", "therapist"]);
    assert_eq!(fs::read_to_string(house.path("agents/judge/identity.md")).unwrap(), "You are fair.");
}

#[test]
fn a_template_that_is_mistyped_is_answered_with_the_one_that_was_meant() {
    let house = empty();
    house.args(["init", "--template", "minmal"]).run().exits(4).stderr_has("did you mean `minimal`?");
    house.args(["team", "import", "five"]).run().exits(4).stderr_has("curated-five");
    assert!(!house.path("team.toml").exists());
    house.args(["team", "list"]).run().exits(4).stderr_has("init` makes one");
    house.args(["roundtabel"]).run().exits(2).stderr_has("roundtable");
    house.args(["team", "lst"]).run().exits(2).stderr_has("list");
}

#[test]
fn a_new_member_is_one_line_and_debates() {
    let text = format!("# Ours, since May.\n{PAIR}");
    let house = empty().team(&text).variable("AMATELIER_MODE", "rehearsal");
    let new = ["team", "new", "Vera", "--model", "haiku", "--tagline", "what it costs"];
    let made = house.args(new).run().ok().stdout;
    assert!(made.contains("agents/vera/identity.md") && made.contains("team validate"), "{made}");
    let line = "vera = { role = \"worker\", model = \"haiku\", tagline = \"what it costs\" }\n";
    assert_eq!(fs::read_to_string(house.path("team.toml")).unwrap().replace(line, ""), text);
    house.args(new).run().exits(1).stderr_has("vera is in the team already");

    let digest = house.roundtable().args(["--max-rounds", "1"]).run().ok().digest();
    assert!(digest["contributions"].as_object().unwrap().contains_key("vera"), "{digest:#}");
    house.roundtable().args(["--workers", "vero"]).run().exits(4).stderr_has("did you mean `vera`?");

    house.args(["team", "remove", "vara"]).run().exits(4).stderr_has("did you mean `vera`?");
    let gone = house.args(["team", "remove", "vera"]).run().ok().stdout;
    assert!(gone.contains("its documents stay in"), "{gone}");
    assert_eq!(fs::read_to_string(house.path("team.toml")).unwrap(), text);
    assert!(house.path("agents/vera/identity.md").exists());
    let back = json(&house, &["team", "new", "vera"]);
    assert_eq!((back["written"].as_array().unwrap().len(), back["kept"].as_array().unwrap().len()), (0, 2));
    let gone = json(&house, &["team", "remove", "vera", "--delete-folder"]);
    assert_eq!(gone["folder_deleted"], true);
    assert!(!house.path("agents/vera").exists());
}

#[test]
fn a_member_can_be_a_copy_of_a_persona() {
    let house = empty().team(PAIR);
    let new = json(&house, &["team", "new", "vera", "--from-template", "naomi"]);
    assert_eq!((&new["member"]["model"], &new["member"]["provider"]), (&json!("flash"), &Value::Null));
    let identity = fs::read_to_string(house.path("agents/vera/identity.md")).unwrap();
    assert!(identity.contains("You are Vera") && !identity.contains("Naomi"), "{identity}");
    for (wanted, words) in
        [("elna", "did you mean `elena`?"), ("minimal", "alpha, beta"), ("../elena", "no persona")]
    {
        let ran = house.args(["team", "new", "bram", "--from-template", wanted]).run().exits(4);
        assert!(ran.stderr.contains(words), "no {words}: {ran}");
    }
    for (arguments, exit) in [
        (&["team", "new", "9lives"][..], 2),
        (&["team", "new", "runner"], 2),
        (&["team", "new", "jane", "--role", "judge"], 1),
        (&["team", "new", "bram", "--component", "A B"], 2),
    ] {
        house.args(arguments).run().exits(exit);
    }
    assert!(!house.path("agents/bram").exists() && !house.path("agents/jane").exists());
}

#[test]
fn an_imported_template_keeps_its_models_and_the_teams_judge() {
    let house = empty().team(&PAIR.replace("judge = ", "jane = "));
    let imported = json(&house, &["team", "import", "minimal"]);
    assert_eq!(
        (&imported["second_judge"], all(&imported["joined"], "model")),
        (&json!("judge"), vec![&json!("sonnet"), &json!("haiku"), &json!("opus")],)
    );
    assert_eq!(names(&house), ["elena", "marcus", "jane", "alpha", "beta", "therapist"]);
    let replaced = json(&house, &["team", "import", "minimal", "--replace"]);
    assert!(fs::read_to_string(replaced["backup"].as_str().unwrap()).unwrap().contains("jane"));
    assert_eq!(names(&house), ["alpha", "beta", "judge", "therapist"]);
    assert_eq!(find(&json(&house, &["team", "list"])["members"], "name", "beta")["model"], "haiku");
    house.args(["team", "validate"]).run().ok();
    let templates = json(&house, &["team", "templates"]);
    assert_eq!(all(&templates["templates"], "name"), ["curated-five", "minimal", "empty"]);
}

#[test]
fn validate_names_what_is_wrong_by_line_and_ends_with_three() {
    let house = empty()
        .team("[members]\nada = { role = \"worker\", component = \"clasic\" }\nbo = { role = \"worker\" }\n");
    let ran = house.args(["team", "validate"]).run().exits(3);
    for words in [
        "error: line 2: ",
        "did you mean `classic`?",
        "error: line 3: bo has no ",
        "nobody judges",
        "not scored",
    ] {
        assert!(ran.stdout.contains(words), "no {words}: {ran}");
    }
    let typo = empty().team("[members]\nada = { roll = \"worker\" }\n");
    let ran = typo.args(["team", "validate"]).run().exits(3);
    assert!(ran.stdout.contains("line 2: there is no `roll` in members.ada; did you mean `role`?"), "{ran}");

    let fresh = empty();
    fresh.args(["init"]).run().ok();
    let checked = fresh.args(["team", "validate", "--json"]).run().ok().digest();
    assert_eq!((&checked["errors"], &checked["warnings"]), (&json!(0), &json!(0)), "{checked:#}");
    fresh.args(["team", "new", "vera"]).run().ok();
    let ran = fresh.args(["team", "validate"]).run().ok();
    assert!(ran.stdout.contains("places to fill in"), "{ran}");
}

#[test]
fn refreshing_writes_what_is_missing_and_keeps_what_was_edited() {
    let house = empty();
    house.args(["init", "--template", "minimal"]).run().ok();
    fs::remove_file(house.path("agents/alpha/identity.md")).unwrap();
    fs::write(house.path("agents/beta/identity.md"), "mine").unwrap();
    let would = house.args(["refresh-seeds", "--dry-run"]).run().ok().stdout;
    assert!(
        would.contains("[WRITE] agents/alpha/identity.md") && would.contains("nothing was written"),
        "{would}"
    );
    assert!(!house.path("agents/alpha/identity.md").exists() && !would.contains("elena"));

    let did = house.args(["refresh-seeds"]).run().ok().stdout;
    for line in [
        "[WRITE] agents/alpha/identity.md: was missing",
        "[SKIP]  agents/alpha/instructions.md: already current",
        "[SKIP]  agents/beta/identity.md: edited; --force",
    ] {
        assert!(did.contains(line), "no {line}: {did}");
    }
    let forced = json(&house, &["refresh-seeds", "--agent", "beta", "--force"]);
    let edited = find(&forced["documents"], "path", "beta/identity.md");
    assert_eq!(edited["outcome"], "replaced");
    assert_eq!(fs::read_to_string(edited["backup"].as_str().unwrap()).unwrap(), "mine");
    house.args(["refresh-seeds", "--agent", "btea"]).run().exits(4).stderr_has("did you mean `beta`?");
}

#[test]
fn a_document_that_nobody_edited_is_brought_up_to_date() {
    let house = empty();
    house.args(["init", "--template", "minimal"]).run().ok();
    // As an older version would have left it: another text, and a record of that very text.
    let (path, record) = (house.path("agents/beta/identity.md"), house.path("agents/.seeds.toml"));
    let recorded = fs::read_to_string(&record).unwrap();
    let bundled = fs::read_to_string(&path).unwrap();
    let old = "You are an older Beta.";
    fs::write(&path, old).unwrap();
    let of = |text: &str| amatelier_types::Sha256::of(text.as_bytes()).to_string();
    fs::write(&record, recorded.replace(&of(&bundled), &of(old))).unwrap();
    let did = house.args(["refresh-seeds"]).run().ok().stdout;
    assert!(did.contains("[WRITE] agents/beta/identity.md: updated"), "{did}");
    assert_eq!(fs::read_to_string(path).unwrap(), bundled);
}

/// How a rehearsal is named, and a debate in earnest, which needs no name.
const REALMS: [&[&str]; 2] = [&["--mode", "rehearsal"], &[]];

fn debate(house: &Amatelier, mode: &[&str]) {
    house.roundtable().args(mode).args(["--max-rounds", "1", "--budget", "0"]).run().ok();
}

/// A house in which two debated in both realms.
fn paid(provider: &FakeProvider) -> Amatelier {
    let house = empty().team(PAIR).provider(provider);
    REALMS.into_iter().for_each(|mode| debate(&house, mode));
    house
}

/// What a member has in a ledger.
fn account(house: &Amatelier, mode: &[&str], name: &str) -> Value {
    let members = json(house, &[&["sparks"], mode].concat())["members"].clone();
    members.as_array().unwrap().iter().find(|one| one["member"] == name).cloned().unwrap_or_default()
}

#[test]
fn who_leaves_takes_its_accounts_along_and_who_comes_after_starts_anew() {
    let provider = FakeProvider::start();
    let house = paid(&provider);
    let [play, real] = REALMS.map(|mode| account(&house, mode, "elena")["balance"].as_i64().unwrap());
    let gone = house.args(["team", "remove", "elena"]).run().ok().stdout;
    assert!(gone.contains(&format!("elena left with {real} spark")), "{gone}");
    assert!(gone.contains(&format!("elena left the ledger of rehearsals with {play} spark")), "{gone}");
    house.args(["team", "new", "elena"]).run().ok();
    for mode in REALMS {
        assert_eq!(account(&house, mode, "elena"), Value::Null, "{mode:?}");
        debate(&house, mode);
        let own = json(&house, &[&["sparks", "elena"], mode].concat());
        assert_eq!((&own["identity"], &own["debates"]), (&json!(2), &json!(1)), "{own:#}");
        assert_eq!(json(&house, &[&["sparks", "--audit"], mode].concat())["faults"], json!([]));
    }
}

#[test]
fn a_removal_that_was_cut_off_is_typed_again() {
    let provider = FakeProvider::start();
    let house = paid(&provider);
    let folder = house.path("agents/elena");
    // A folder that is none cannot be deleted as one.
    fs::create_dir_all(house.path("agents")).unwrap();
    fs::write(&folder, "no folder").unwrap();
    let remove = || house.args(["team", "remove", "elena", "--delete-folder", "--json"]).run();
    remove().exits(3).stderr_has("elena left with");
    assert!(names(&house).contains(&"elena".to_owned()));
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    let gone = remove().ok().digest();
    assert_eq!((&gone["folder_deleted"], &gone["closed"]), (&json!(true), &json!([])));
    assert!(!folder.exists() && !names(&house).contains(&"elena".to_owned()));
    // Who took the line out by hand still gets the accounts closed.
    let team = fs::read_to_string(house.path("team.toml")).unwrap();
    let line = team.lines().find(|line| line.starts_with("marcus")).unwrap();
    house.replace("team.toml", team.replace(&format!("{line}\n"), ""));
    let gone = json(&house, &["team", "remove", "marcus"]);
    assert_eq!(gone["closed"].as_array().unwrap().len(), 2, "{gone:#}");
    house.args(["team", "remove", "marcus"]).run().exits(4);
}
