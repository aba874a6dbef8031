//! The page about the Steward, held against what it is about.

use std::collections::BTreeSet;

use amatelier_steward::{Caps, Difference, FORMS, Refusal};

const PAGE: &str = include_str!("../../../../docs/reference/steward.md");

#[test]
fn the_page_has_every_form_and_every_cap() {
    for form in FORMS {
        assert!(PAGE.contains(&format!("| `{}` |", form.replace('|', "\\|"))), "{form}");
    }
    // Whoever adds a cap has to name it here and there.
    let Caps {
        file_bytes,
        total_bytes,
        files,
        walked,
        tree_bytes,
        tree_values,
        lines,
        hits,
        rows,
        answer_bytes,
        line_bytes,
        word_bytes,
        time,
    } = Caps::default();
    for row in [
        format!("| bytes of a registered file; of all together | {file_bytes}; {total_bytes} |"),
        format!("| registered files | {files} |"),
        format!("| entries of folders looked at for all globs | {walked} |"),
        format!(
            "| bytes of a JSON, TOML or YAML file that is queried; values in it | {tree_bytes}; {tree_values} |"
        ),
        format!("| lines of an excerpt or a citation | {lines} |"),
        format!("| hits of a search, names of a glob, parts of an outline | {hits} |"),
        format!("| rows shown; all are counted | {rows} |"),
        format!("| bytes of text in an answer; of a line in it | {answer_bytes}; {line_bytes} |"),
        format!("| bytes of a name, key, value or pattern | {word_bytes} |"),
        format!("| seconds of a lookup | {} |", time.as_secs()),
    ] {
        assert!(PAGE.contains(&row), "{row}");
    }
}

/// One of each kind; the match says when there is a new one.
fn refusals() -> Vec<Refusal> {
    let file = || "f".to_owned();
    let all = vec![
        Refusal::NotRegistered { name: file() },
        Refusal::NotFound { file: file() },
        Refusal::NoSuchLines { file: file(), lines: 0 },
        Refusal::NoSuchKey { file: file(), key: file(), known: vec![] },
        Refusal::NoSuchField { file: file(), field: file(), known: vec![] },
        Refusal::NoRows { file: file(), lists: vec![] },
        Refusal::LooksSecret { file: file(), what: file() },
        Refusal::TooLarge { file: file(), bytes: 0, limit: 0 },
        Refusal::TooManyValues { file: file(), limit: 0 },
        Refusal::BadPattern { why: file() },
        Refusal::BadRequest { why: file() },
        Refusal::Changed { file: file(), how: Difference::File },
        Refusal::NotText { file: file() },
        Refusal::NotData { file: file() },
        Refusal::BadData { file: file(), format: file(), place: file(), why: file() },
        Refusal::TimedOut { seconds: 0 },
        Refusal::Unreadable { file: file(), why: file() },
    ];
    for refusal in &all {
        match refusal {
            Refusal::NotRegistered { .. }
            | Refusal::NotFound { .. }
            | Refusal::NoSuchLines { .. }
            | Refusal::NoSuchKey { .. }
            | Refusal::NoSuchField { .. }
            | Refusal::NoRows { .. }
            | Refusal::LooksSecret { .. }
            | Refusal::TooLarge { .. }
            | Refusal::TooManyValues { .. }
            | Refusal::BadPattern { .. }
            | Refusal::BadRequest { .. }
            | Refusal::Changed { .. }
            | Refusal::NotText { .. }
            | Refusal::NotData { .. }
            | Refusal::BadData { .. }
            | Refusal::TimedOut { .. }
            | Refusal::Unreadable { .. } => {}
        }
    }
    all
}

#[test]
fn the_page_has_every_refusal_by_the_name_that_is_recorded() {
    let (_, table) = PAGE.split_once("## Refusals").unwrap();
    let named: BTreeSet<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once(" |"))
        .flat_map(|(names, _)| names.trim_matches('`').split("`, `"))
        .collect();
    let recorded: Vec<String> = refusals()
        .iter()
        .map(|refusal| serde_json::to_value(refusal).unwrap()["refusal"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(named, recorded.iter().map(String::as_str).collect());
}
