//! What installed plugins sell, teach and mark, by their ids.

use amatelier_plugins::{InstallOptions, PluginId, Shelf, Source};
use amatelier_test_support::{Amatelier, example};

use super::{SOCRATIC, packaged};
use crate::{empty, till};

const TEAM: &str = "[members]\n\
    elena = { role = \"worker\", component = \"scripted\", settings = { speak = \"I speak.\", rebuttal = \"I rebut.\" } }\n\
    judge = { role = \"judge\" }\n\
    [rubric]\n\
    component = \"clarity\"\n\
    settings = { short-sentence = 15 }\n\
    [[skill]]\n\
    component = \"asking\"\n";

const SHORT: [&str; 6] = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];

fn id(name: &str) -> PluginId {
    name.parse().unwrap()
}

fn install(house: &Amatelier, name: &str, component: &[u8], rest: &str) {
    let manifest = SOCRATIC.replace("\"socratic\"", &format!("{name:?}")) + rest;
    let bytes = packaged(component, &manifest);
    let source = Source::Path(format!("{name}.wasm"));
    Shelf::of(&house.workspace()).install(&bytes, source, &InstallOptions::default()).unwrap();
}

#[test]
fn a_rubric_a_store_and_a_teacher_are_found_by_their_ids_and_missed_when_they_are_put_aside() {
    let house =
        empty().team(TEAM).file("store/catalog.toml", "component = \"classic\"\nopen = [\"charms\"]\n");
    install(
        &house,
        "clarity",
        example("rubric-clarity"),
        "[[settings]]\nkey = \"short-sentence\"\ndefault = 20\n",
    );
    install(&house, "charms", example("store-charms"), "");
    install(&house, "asking", example("skill-socratic"), "");
    let digest = house.roundtable().args(SHORT).run().ok().digest();
    assert_eq!(digest["scoring"]["rubric"], "clarity");
    assert_eq!(digest["scoring"]["status"], "complete");
    till::buy(&house, "primer", "elena").unwrap();
    let taught = house.args(["skills", "teach", "socratic-questions"]).run().ok();
    assert!(taught.stdout.contains("Socratic questions"), "{taught}");

    let shelf = Shelf::of(&house.workspace());
    for name in ["charms", "asking", "clarity"] {
        shelf.disable(&id(name)).unwrap();
    }
    let listed = house.args(["store", "list"]).run().ok();
    assert!(listed.stderr.contains("the plugin `charms` is disabled"), "{listed}");
    let listed = house.args(["skills", "list"]).run().ok();
    assert!(listed.stderr.contains("the plugin `asking` is disabled"), "{listed}");
    let again = digest["roundtable_id"].as_str().unwrap();
    for call in [house.roundtable().args(SHORT), house.args(["score", again, "--rubric", "clarity"])] {
        call.run().exits(5).stderr_has("amatelier plugin enable clarity");
    }
    house.args(["score", again, "--rubric", "evidence"]).run().ok();
    let checked = house.args(["team", "validate"]).run();
    assert!(!checked.stdout.contains("there is no component"), "they are known, called or not: {checked}");
}
