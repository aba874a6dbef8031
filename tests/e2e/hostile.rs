//! What hostile guests say, where people see it.

use amatelier_test_support::{Ran, guest};

use crate::empty;

/// A member, a judge and a rubric who put terminal escapes and markup into everything they return, beside two members who do not.
const TEAM: &str = "[members]\n\
    good = { role = \"worker\", component = \"scripted\", settings = { speak = \"I speak.\", rebuttal = \"I rebut.\" } }\n\
    better = { role = \"worker\", component = \"scripted\", settings = { speak = \"So do I.\", rebuttal = \"Me too.\" } }\n\
    bad = { role = \"worker\", component = \"hostile.wasm\", settings = { attack = \"escapes\" } }\n\
    worse = { role = \"worker\", component = \"hostile.wasm\", settings = { attack = \"escapes-in-error\" } }\n\
    judge = { role = \"judge\", component = \"hostile.wasm\", settings = { attack = \"judge-escapes\" } }\n\
    [rubric]\n\
    component = \"hostile.wasm\"\n\
    settings = { attack = \"rubric-escapes\" }\n";

/// What a terminal obeys in a text, if there is anything.
fn obeyed(text: &str) -> Option<String> {
    let at = text.find(|c: char| (c.is_control() && !"\n\t".contains(c)) || c == '\u{202e}')?;
    Some(text[at..].chars().take(40).collect())
}

/// Text for people holds nothing that a terminal obeys.
fn assert_harmless(ran: &Ran) {
    assert_eq!((obeyed(&ran.stdout), obeyed(&ran.stderr)), (None, None), "{}", ran.command);
}

#[test]
fn no_terminal_obeys_what_a_guest_says() {
    let house = empty().team(TEAM).file("hostile.wasm", guest("hostile"));
    let arguments = ["--mode", "rehearsal", "--max-rounds", "1", "--budget", "0"];
    let ran = house.roundtable().args(arguments).run().ok();
    assert_eq!(obeyed(&ran.stderr), None);
    // JSON, for programs: as it was said, in JSON's own escapes.
    assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\r', '\0']));
    let digest = ran.digest();
    assert_eq!(digest["scoring_status"], "complete");
    assert!(
        crate::said(&digest, "speech").iter().any(|text| text.contains("\u{1b}]0;owned\u{7}")),
        "kept as it was said"
    );
    let id = digest["roundtable_id"].as_str().unwrap();
    for arguments in [vec!["show", id, "--summary"], vec!["list"], vec!["replay", id], vec!["calls", id]] {
        assert_harmless(&house.args(arguments).run().ok());
    }
}
