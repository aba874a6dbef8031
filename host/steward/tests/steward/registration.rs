//! What a briefing registers.

use amatelier_steward::{Caps, Files, Unregistered, Warning};
use amatelier_types::Sha256;

use crate::project::{Project, briefing, read};

fn names(files: &Files) -> Vec<&str> {
    files.registered().iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn files_and_globs_are_registered_in_order_and_once() {
    let project = Project::with(&[
        ("b.md", "B"),
        ("a.md", "A"),
        ("data/y.csv", "h\n1\n"),
        ("data/x.csv", "h\n2\n"),
        ("data/deep/z.csv", "h\n3\n"),
        ("pages/[id].md", "literal"),
        ("pages/i.md", "not the literal"),
        ("Capital.MD", "C"),
    ]);
    let (files, warnings) = project.register(&[
        "b.md (the second)",
        "data/*.csv",
        "./a.md",
        "b.md",
        "data/**/*.csv",
        "pages/[id].md",
        "Capital.MD",
    ]);
    assert_eq!(warnings, []);
    assert_eq!(
        names(&files),
        ["b.md", "data/x.csv", "data/y.csv", "a.md", "data/deep/z.csv", "pages/[id].md", "Capital.MD"]
    );
    let first = &files.registered()[0];
    assert_eq!((first.bytes, first.sha256), (1, Sha256::of(b"B")));
    assert_eq!(read(&files, "pages/[id].md").unwrap(), "literal");
}

#[test]
fn a_briefing_without_the_section_registers_nothing() {
    let project = Project::with(&[("a.md", "A")]);
    let (files, warnings) = Files::register(&project.root(), "# Task\n\n- a.md\n", Caps::default()).unwrap();
    assert_eq!((names(&files), warnings), (vec![], vec![]));
}

#[test]
fn a_root_that_is_no_folder_is_an_error() {
    let project = Project::with(&[("a.md", "A")]);
    for root in [project.path("none"), project.path("a.md")] {
        let error = Files::register(&root, &briefing(&["a.md"]), Caps::default()).unwrap_err();
        assert!(error.to_string().contains("cannot be opened"), "{error}");
        assert!(Files::reopen(&root, vec![], Caps::default()).is_err());
    }
}

#[test]
fn what_cannot_be_registered_is_a_warning_with_its_line_and_a_remedy() {
    let project = Project::with(&[("good.md", "G"), ("docs/a.md", "A"), ("key.txt", "x")]);
    project.write("key.txt", ["-----BEGIN ", "PRIVATE KEY-----\nMIIE\n"].concat());
    project.write("data/db_password.txt", "hunter2");
    project.write("data/plain.txt", "plain");
    for (entry, why, remedy) in [
        ("none.md", Unregistered::Missing, "--root"),
        ("none/*.md", Unregistered::NoMatch, "matches no file"),
        ("docs", Unregistered::Folder, "folder/*"),
        ("docs/", Unregistered::BadName(amatelier_steward::BadName::Folder), "folder/*"),
        ("good.md/x", Unregistered::Missing, "no such file"),
        ("key.txt", Unregistered::LooksSecret("a private key".into()), "looks like a secret (a private key)"),
        ("/etc/passwd", Unregistered::BadName(amatelier_steward::BadName::Absolute), "not relative"),
    ] {
        let (files, warnings) = project.register(&["good.md", entry]);
        assert_eq!(names(&files), ["good.md"], "{entry}");
        assert_eq!(warnings, [Warning { line: 6, entry: entry.into(), file: None, why }]);
        let shown = warnings[0].to_string();
        assert!(shown.starts_with("line 6: `") && shown.contains(remedy), "{shown}");
        assert!(!shown.contains("MIIE"), "{shown}");
    }
    let (files, warnings) = project.register(&["data/*"]);
    assert_eq!(names(&files), ["data/plain.txt"]);
    assert_eq!(warnings[0].file.as_deref(), Some("data/db_password.txt"));
    assert!(
        warnings[0].to_string().contains("does not register `data/db_password.txt`: it looks like a secret")
    );
}

#[test]
fn every_cap_of_a_registration_is_met() {
    let project = Project::with(&[("a.md", "12345"), ("b.md", "12345"), ("c.md", "12345")]);
    let caps = Caps::default();
    for (caps, entries, registered, why) in [
        (Caps { file_bytes: 4, ..caps }, vec!["a.md"], 0, Unregistered::TooLarge { bytes: 5, limit: 4 }),
        (
            Caps { total_bytes: 12, ..caps },
            vec!["a.md", "b.md", "c.md"],
            2,
            Unregistered::TooLargeTogether(12),
        ),
        (Caps { files: 2, ..caps }, vec!["a.md", "b.md", "c.md"], 2, Unregistered::TooMany(2)),
        (Caps { files: 2, ..caps }, vec!["*.md"], 2, Unregistered::TooMany(2)),
        (Caps { walked: 2, ..caps }, vec!["*.md"], 0, Unregistered::TooWide(2)),
    ] {
        let (files, warnings) = project.register_within(&entries, caps);
        assert_eq!(files.registered().len(), registered);
        assert_eq!(warnings.iter().map(|warning| &warning.why).collect::<Vec<_>>(), [&why]);
        // At the cap nothing is refused.
        let (files, warnings) = project.register_within(
            &entries,
            Caps {
                file_bytes: caps.file_bytes.max(5),
                total_bytes: caps.total_bytes.max(15),
                files: caps.files.max(3),
                walked: caps.walked.max(3),
                ..caps
            },
        );
        assert_eq!((files.registered().len() > registered, warnings), (true, vec![]));
    }
}

#[test]
fn a_briefing_of_endless_entries_is_cut_with_one_warning() {
    let project = Project::with(&[("a.md", "A")]);
    let (files, warnings) = project.register(&vec!["a.md"; 2_000]);
    assert_eq!((names(&files), warnings), (vec!["a.md"], vec![]));
    let (_, warnings) = project.register(&vec!["a.md"; 2_010]);
    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].line, &warnings[0].why), (2_005, &Unregistered::TooManyEntries(2_000)));
}

#[test]
fn a_glob_warns_of_the_first_and_counts_the_rest() {
    let project = Project::new();
    for number in 0..25 {
        project.write(&format!("bin/{number:02}.bin"), [0xff, 0xfe, 0]);
    }
    let (files, warnings) = project.register(&["bin/*"]);
    assert_eq!(names(&files), [""; 0]);
    assert_eq!(warnings.len(), 21);
    assert_eq!(warnings[0].why, Unregistered::NotText);
    assert_eq!(warnings[20].why, Unregistered::More(5));
}

#[test]
fn what_was_registered_can_be_reopened_from_its_record() {
    let project = Project::with(&[("a.md", "A"), ("b.md", "B")]);
    let (files, _) = project.register(&["a.md", "b.md"]);
    let record = serde_json::to_string(files.registered()).unwrap();
    project.write("b.md", "C");
    let again =
        Files::reopen(&project.root(), serde_json::from_str(&record).unwrap(), Caps::default()).unwrap();
    assert_eq!(again.registered(), files.registered());
    assert_eq!(read(&again, "a.md").unwrap(), "A");
    assert!(read(&again, "b.md").unwrap_err().to_string().contains("another content"));
}
