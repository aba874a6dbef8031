//! A debate that is held and marked without any model.

use std::fs;

use amatelier_test_support::{FakeProvider, guest};

use crate::{empty, find};

/// Says the same twice: the first time it asks the Steward, the second time it speaks with the finding.
const TEAM: &str = "[members]\n\
    ada = { role = \"worker\", component = \"scripted\", settings = { speak = \"[[request: count rows where state == corroded \
    in data/hangers.csv]] Corroded hangers carry lorries every night, see data/hangers.csv:2.\" } }\n\
    bob = { role = \"worker\", component = \"scripted\", settings = { rebuttal = \"But Ada is wrong about corroded hangers and \
    lorries, because data/hangers.csv:9 says so.\" } }\n\
    judge = { role = \"judge\", component = \"hostile.wasm\", settings = { attack = \"quiet\" } }\n\
    [rubric]\n\
    component = \"evidence\"\n";

const BRIEFING: &str =
    "# The old bridge\n\nDecide whether to close it.\n\n## Steward-Registered Files\n\n- data/hangers.csv\n";

const HANGERS: &str = "hanger,state,loss_percent\n1,corroded,12\n2,sound,0\n3,corroded,31\n";

#[test]
fn the_rubric_evidence_marks_what_was_checked_and_asks_nobody() {
    let provider = FakeProvider::start();
    let house =
        empty().briefing(BRIEFING).team(TEAM).provider(&provider).file("hostile.wasm", guest("hostile"));
    let data = house.briefing_path().parent().unwrap().join("data");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("hangers.csv"), HANGERS).unwrap();
    let digest = house.roundtable().args(["--max-rounds", "1", "--budget", "0"]).run().ok().digest();
    assert_eq!(provider.asked(), 0);
    assert_eq!(digest["usage"]["calls"], 0);
    assert_eq!(digest["scoring_status"], "complete");
    let marks = |worker: &str, axes: &[&str]| -> Vec<u64> {
        let score = find(&digest["scoring"]["scores"], "agent", worker);
        axes.iter().map(|axis| score["axes"][*axis].as_u64().unwrap()).collect()
    };
    // She cited what the Steward had shown; he cited a line that there is not, took up her words, and objected with a reason.
    let counted = ["grounding", "engagement", "challenge"];
    assert_eq!((marks("ada", &counted), marks("bob", &counted)), (vec![1, 0, 0], vec![0, 1, 2]));
    let told = find(&digest["scoring"]["scores"], "agent", "bob")["reasoning"].as_str().unwrap();
    assert!(told.contains("objected to ada in message"), "labels are names again: {told}");
}
