//! The Steward without a debate.

use std::fs;

use amatelier_test_support::{Amatelier, Call, FakeProvider, Reaction};
use serde_json::{Value, json};

use crate::{all, empty};

const SECTION: &str = "# The bridge\n\n## Steward-Registered Files\n";
const COUNTS: &str = "day,vehicles\nmon,4100\ntue,4300\nwed,4200\n";

/// A house with two files in `files/` and a briefing that registers them.
fn house() -> Amatelier {
    let house = empty().briefing(format!("{SECTION}- files/counts.csv (a week)\n- files/notes.md\n"));
    let folder = house.briefing_path().with_file_name("files");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("counts.csv"), COUNTS).unwrap();
    fs::write(folder.join("notes.md"), "# Notes\nThe ferry is slow.\nCloses in June.\n").unwrap();
    house
}

fn steward<'a>(house: &Amatelier, arguments: impl IntoIterator<Item = &'a str>) -> Call {
    house.args(["steward"]).args(arguments).arg("--briefing").arg(house.briefing_path())
}

#[test]
fn what_is_registered_is_listed_with_what_is_not() {
    let house = house();
    let listed = steward(&house, ["files", "--json"]).run().ok().digest();
    assert_eq!(listed["schema"], "amatelier/steward-files/v1");
    assert_eq!(all(&listed["files"], "name"), ["files/counts.csv", "files/notes.md"]);
    let sha256 = amatelier_types::Sha256::of(COUNTS.as_bytes()).to_string();
    assert_eq!(
        (&listed["files"][0]["bytes"], &listed["files"][0]["sha256"]),
        (&json!(COUNTS.len()), &json!(sha256))
    );
    assert_eq!(listed["warnings"], json!([]));
    steward(&house, ["files", "--strict"]).run().ok();

    let house = house.briefing(format!("{SECTION}- files/counts.csv\n- ../outside.md\n- files/gone.md\n"));
    let listed = steward(&house, ["files", "--json"]).run().ok().digest();
    assert_eq!(all(&listed["files"], "name"), ["files/counts.csv"]);
    assert_eq!(all(&listed["warnings"], "line"), [&json!(5), &json!(6)]);
    assert_eq!(all(&listed["warnings"], "entry"), ["../outside.md", "files/gone.md"]);
    let text = steward(&house, ["files"]).run().ok().stdout;
    for words in
        ["1 files registered", "files/counts.csv", "line 5: `../outside.md`", "line 6: `files/gone.md`"]
    {
        assert!(text.contains(words), "no {words:?}: {text}");
    }
    let strict = steward(&house, ["files", "--strict"]).run().exits(2);
    assert_eq!(strict.stdout, text, "the list is the same");
    assert!(!house.path("team.toml").exists(), "looking makes no workspace");
}

#[test]
fn lines_are_read_as_they_stand() {
    let house = house();
    let whole = steward(&house, ["read", "files/counts.csv"]).run().ok();
    assert_eq!(whole.stdout, "1  day,vehicles\n2  mon,4100\n3  tue,4300\n4  wed,4200\n");
    let part = steward(&house, ["read", "files/counts.csv", "--lines", "2-3"]).run().ok().stdout;
    assert_eq!(part, "2  mon,4100\n3  tue,4300\n");
    let read = steward(&house, ["read", "files/counts.csv", "--lines", "3", "--json"]).run().ok().digest();
    assert_eq!(read["schema"], "amatelier/steward-lines/v1");
    assert_eq!((&read["text"], &read["lines"]), (&json!("tue,4300"), &json!(4)));
    assert_eq!(read["file"]["name"], "files/counts.csv");
}

#[test]
fn lines_are_found_by_pattern_in_all_files_or_some() {
    let house = house();
    let found =
        |arguments: &[&str]| steward(&house, ["grep"].iter().chain(arguments).copied()).run().ok().stdout;
    assert_eq!(found(&["4[13]00"]), "files/counts.csv:2: mon,4100\nfiles/counts.csv:3: tue,4300\n");
    assert_eq!(found(&["s", "files/*.md", "--ignore-case"]).lines().count(), 3);
    assert_eq!(
        found(&["FERRY", "files/notes.md", "--ignore-case"]),
        "files/notes.md:2: The ferry is slow.\n"
    );
    let none = steward(&house, ["grep", "FERRY"]).run().exits(4).stderr_has("no line of 2 files matches");
    assert_eq!(none.stdout, "");
    let hits = steward(&house, ["grep", "ferry", "--json"]).run().ok().digest();
    assert_eq!((&hits["schema"], &hits["hits"][0]["line"]), (&json!("amatelier/steward-hits/v1"), &json!(2)));
}

#[test]
fn a_question_in_a_form_needs_no_model() {
    let provider = FakeProvider::start();
    let house = house().provider(&provider);
    let question = "count rows where vehicles > 4100 in files/counts.csv";
    let text = steward(&house, ["ask", question]).run().ok().stdout;
    assert!(text.starts_with("2 of 3 rows of files/counts.csv where vehicles > 4100"), "{text}");
    let answer = steward(&house, ["ask", question, "--json"]).run().ok().digest();
    assert_eq!(
        (&answer["schema"], &answer["question"]),
        (&json!("amatelier/steward-answer/v1"), &json!(question))
    );
    assert_eq!((&answer["outcome"]["kind"], &answer["assisted"]), (&json!("found"), &json!(false)));
    steward(&house, ["ask", "grep zeppelin in files/*"]).run().exits(4);
    let unknown = steward(&house, ["ask", "lines 1-2 of files/count.csv"]).run().exits(1);
    assert!(unknown.stdout.contains("registered are files/counts.csv"), "{unknown}");
    assert_eq!(provider.asked(), 0);
}

#[test]
fn any_other_question_is_answered_by_a_model_and_checked_against_the_files() {
    let provider = FakeProvider::start();
    let cited = |line: u32, quote: &str| json!({"file": "files/notes.md", "first_line": line, "last_line": line, "quote": quote});
    let answer = json!({
        "answer": "The ferry is slow (files/notes.md:2) and closes in May (files/notes.md:3).", "found": true,
        "citations": [cited(2, "The ferry is slow."), cited(3, "Closes in May.")],
    });
    provider.whenever(|_| true, Reaction::Say(answer.to_string()));
    let house = house().provider(&provider);
    let told = steward(&house, ["ask", "What is said about the ferry?", "--json"]).run().ok().digest();
    assert_eq!(
        (&told["assisted"], &told["model"], &told["rounds"]),
        (&json!(true), &json!("fake"), &json!(1))
    );
    assert_eq!(all(&told["citations"], "first_line"), [&json!(2)]);
    assert_eq!(told["struck"].as_array().unwrap().len(), 1, "{told:#}");
    assert!(told["text"].as_str().unwrap().contains("[struck: not confirmed]"), "{told:#}");
    let request = &provider.requests()[0];
    assert!(
        request.says("files/notes.md") && !request.says("The ferry is slow"),
        "files are looked up, not sent along"
    );
}

#[test]
fn a_model_elsewhere_sees_nothing_without_consent() {
    let provider = FakeProvider::start();
    let house = house().provider(&provider);
    let remote = |variable: &str, value: &str| -> Amatelier {
        self::house()
            .variable("OPENAI_BASE_URL", "http://192.0.2.1:9/v1")
            .variable("OPENAI_MODEL", "far")
            .variable(variable, value)
    };
    let question = ["ask", "What is said about the ferry?"];
    // Nobody is asked at a terminal, so there is no consent; and one that was refused is no consent, either.
    for consent in ["ask", "no"] {
        let ran = steward(&remote("AMATELIER_STEWARD_CONSENT", consent), question).run().exits(2);
        assert!(
            ran.stderr.contains("nobody allowed it") && ran.stderr.contains("value of KEY in FILE"),
            "{ran}"
        );
    }
    steward(&house, ["ask", "What is said about the ferry?", "--mode", "rehearsal"])
        .run()
        .exits(2)
        .stderr_has("the mode is rehearsal");
    assert_eq!(provider.asked(), 0);
}

#[test]
fn what_cannot_be_looked_up_is_said_with_what_to_do() {
    let house = house();
    for (arguments, exit, words) in [
        (&["read", "files/count.csv"][..], 4, "did you mean `files/counts.csv`?"),
        (&["read", "/etc/passwd"], 4, "is not registered"),
        (&["read", "files/counts.csv", "--lines", "9-12"], 4, "has 4 lines"),
        (&["read", "files/counts.csv", "--lines", "3-2"], 2, "such as 10-20"),
        (&["grep", "("], 2, "bad pattern"),
        (&["grep", "x", "files/count.csv"], 4, "did you mean `files/counts.csv`?"),
    ] {
        let ran = steward(&house, arguments.iter().copied()).run().exits(exit).stderr_has(words);
        assert_eq!(ran.stdout, "", "{ran}");
    }
    house.args(["steward", "files", "--briefing", "nowhere.md"]).run().exits(4).stderr_has("nowhere.md");
    let none = house.briefing("# The bridge\n\nNo files.\n");
    for command in [&["files"][..], &["read", "x"], &["grep", "x"], &["ask", "outline of x"]] {
        steward(&none, command.iter().copied()).run().exits(2).stderr_has("## Steward-Registered Files");
    }
    let wrong = none.briefing(format!("{SECTION}- gone.md\n"));
    steward(&wrong, ["read", "gone.md"]).run().exits(2).stderr_has("line 4").stderr_has("--root");
    let secret = wrong.briefing(format!("{SECTION}- .env\n"));
    fs::write(secret.briefing_path().with_file_name(".env"), "TOKEN=1\n").unwrap();
    let listed: Value = steward(&secret, ["files", "--json"]).run().ok().digest();
    assert_eq!((&listed["files"], all(&listed["warnings"], "line").len()), (&json!([]), 1));
}

#[test]
fn the_root_may_be_another_folder() {
    let house = house().briefing(format!("{SECTION}- counts.csv\n"));
    let root = house.briefing_path().with_file_name("files");
    let read = steward(&house, ["read", "counts.csv", "--lines", "2"]).arg("--root").arg(&root).run().ok();
    assert_eq!(read.stdout, "2  mon,4100\n");
    steward(&house, ["files"]).arg("--root").arg(root.join("nowhere")).run().exits(2).stderr_has("--root");
}
