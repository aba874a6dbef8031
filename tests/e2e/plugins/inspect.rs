//! `plugin inspect`.

use amatelier_test_support::guest;

use super::{
    SOCRATIC,
    package::{VOICE, voice},
    packaged,
};
use crate::empty;

#[test]
fn the_sheet_says_in_plain_words_what_a_file_asks_for_and_nothing_is_run_or_made() {
    let house = empty().file("../p.wasm", packaged(voice(), &format!("{SOCRATIC}{VOICE}")));
    let said = house.args(["plugin", "inspect", "p.wasm"]).run().ok();
    for line in [
        "socratic 0.2.0: \"Answers every claim with a question.\"",
        "  made by `Ada`, licence MIT",
        "  can be called as amatelier:persona/persona@0.1.0",
        "  llm.complete (not granted)",
        "    only models `haiku`",
        "    its author says: \"writes its questions\"",
        "    spend its member's sparks in the store",
        "  amatelier:llm/llm@0.1.0: complete",
    ] {
        assert!(said.stdout.lines().any(|own| own.starts_with(line)), "no {line:?}: {said}");
    }
    let shown = house.args(["plugin", "inspect", "p.wasm", "--json"]).run().ok().digest();
    assert_eq!(shown["schema"], "amatelier/plugin-inspect/v1");
    assert_eq!(shown["worlds"][0], "amatelier:persona/persona@0.1.0");
    let asked = &shown["plugin"]["capabilities"];
    assert_eq!(crate::all(asked, "capability").len(), 6);
    assert_eq!(crate::find(asked, "capability", "llm.complete")["labels"][0], "haiku");
    assert!(crate::find(asked, "capability", "notebook")["labels"].is_null());
    assert_eq!(std::fs::read_dir(house.workspace()).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn what_would_take_the_place_of_a_bundled_component_says_so() {
    let house = empty()
        .file("../p.wasm", packaged(guest("ada"), &SOCRATIC.replace("\"socratic\"", "\"classic\"")))
        .file("../r.wasm", packaged(guest("ada"), &SOCRATIC.replace("\"socratic\"", "\"evidence\"")));
    let said = house.args(["plugin", "inspect", "p.wasm"]).run().ok();
    assert!(said.stdout.contains("it would take the place of the bundled persona `classic`"), "{said}");
    // A persona of a rubric's name is another thing.
    let shown = house.args(["plugin", "inspect", "r.wasm", "--json"]).run().ok().digest();
    assert_eq!(shown["replaces"].as_array().unwrap().len(), 0);
}

#[test]
fn a_component_without_a_manifest_is_shown_for_what_it_is() {
    let house = empty().file("../ada.wasm", guest("ada"));
    let said = house.args(["plugin", "inspect", "ada.wasm"]).run().ok();
    assert!(said.stdout.starts_with("a component that says nothing about itself"), "{said}");
    let shown = house.args(["plugin", "inspect", "ada.wasm", "--json"]).run().ok().digest();
    assert!(shown["plugin"].is_null());
    assert_eq!(shown["worlds"][0], "amatelier:persona/persona@0.1.0");
}
