//! Attacks on the Steward.

use std::hint::black_box;

use amatelier_sdk::steward::{self, Error};

use crate::MIB;

/// Searches without end.
pub(crate) fn flood() {
    loop {
        black_box(steward::grep(".").hits()).ok();
    }
}

/// Names of everything but a registered file, in all spellings that some file system somewhere takes for one; and what came of it.
pub(crate) fn names() -> String {
    let Some(file) = steward::files().into_iter().next().map(|file| file.name) else {
        return "no files".into();
    };
    let odd = [
        "",
        ".",
        "..",
        "/",
        "/etc/passwd",
        "../../etc/passwd",
        "..\\..\\secret",
        "%2e%2e/secret",
        "\u{ff0e}\u{ff0e}/secret",
        "/proc/self/fd/3",
        "/proc/self/environ",
        "C:\\secret",
        "file:///etc/passwd",
        "secret\0.csv",
        "~/.ssh/id_rsa",
        "*",
    ];
    let spelt = [
        format!("./{file}"),
        format!("/{file}"),
        format!("{file}/"),
        format!("{file}."),
        format!("{file} "),
        format!("{file}\0"),
        format!("x/../{file}"),
        format!("//{file}"),
        file.to_uppercase(),
        "x".repeat(MIB / 2),
    ];
    let names: Vec<String> = odd.map(String::from).into_iter().chain(spelt).collect();
    let read = names.iter().filter(|name| steward::read(name, 1, 100).is_ok()).count();
    let found: usize = names
        .iter()
        .filter_map(|name| steward::grep(".").within(name).hits().ok())
        .map(|hits| hits.iter().filter(|hit| hit.file != file).count())
        .sum();
    format!("{} names, {read} read, {found} found in other files", names.len())
}

/// Patterns that cost more than they find.
pub(crate) fn patterns() -> String {
    let patterns = ["[", "(", "(a*)*b", "(?:a{1000}){1000}", "\\p{Nope}", "\0", "(?R)"].map(String::from);
    let long = [".*".repeat(MIB / 4), "(".repeat(500)];
    let answers = patterns.into_iter().chain(long).map(|pattern| match steward::grep(pattern).hits() {
        Ok(hits) => format!("{} hits", hits.len()),
        Err(Error::BadPattern(_)) => "bad pattern".into(),
        Err(error) => error.to_string(),
    });
    answers.collect::<Vec<_>>().join(", ")
}

/// More questions than it has, and one that is too long.
pub(crate) fn questions() -> String {
    let Some(file) = steward::files().into_iter().next().map(|file| file.name) else {
        return "no files".into();
    };
    let long = matches!(steward::ask(&"why ".repeat(MIB / 8)), Err(Error::Other(_)));
    let before = steward::requests_left();
    let answered = (0..20).filter(|_| steward::ask(&format!("lines 1-1 of {file}")).is_ok()).count();
    let last = steward::ask("lines 1-1 of anything");
    format!("too long: {long}; {before} left, {answered} answered, then {last:?}")
}

/// Everything there is, without a grant.
pub(crate) fn everything() -> String {
    let read = steward::read("facts.csv", 1, 1);
    let found = steward::grep(".").hits();
    let asked = steward::ask("lines 1-1 of facts.csv");
    format!("{:?} {read:?} {found:?} {asked:?} {}", steward::files(), steward::requests_left())
}
