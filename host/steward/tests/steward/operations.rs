//! What the operations answer, and their caps.

use std::time::Duration;

use amatelier_steward::{
    Caps, Comparison, Condition, Files, Observation, Operation, Refusal, RefusalKind, RegisteredFile,
};
use amatelier_types::Sha256;

use crate::project::{Project, every_operation};

const CSV: &str = "name,width,note\nelm,12,\"two\nlines\"\n\noak,n/a,\nash,9,x\n";
const JSON: &str = "{\n  \"title\": \"River\",\n  \"bridges\": [\n    {\"name\": \"Elm\", \"width\": 12, \"tags\": [\"old\"]},\n    {\"name\": \"Oak\", \"width\": 9.5}\n  ]\n}\n";

fn project() -> Project {
    Project::with(&[
        ("a.md", "# Title\nOne line\nTwo Lines\n## Part\nthree lines\n"),
        ("river.csv", CSV),
        ("river.json", JSON),
        ("rows.jsonl", "{\"a\": 1}\n\n{\"a\": 2, \"b\": \"x\"}\n"),
        ("two.json", "{\"a\": [1, 2], \"b\": {\"c\": [3]}}"),
        ("team.toml", "title = \"T\"\n[[member]]\nname = \"ada\"\n[[member]]\nname = \"bob\"\nage = 3\n"),
        ("plan.yaml", "steps:\n  - name: dig\n    days: 3\n  - name: pour\n"),
        ("bare.json", "[\"x\", \"y\", \"x\"]"),
        ("bad.json", "{\n\"a\": [1,\n}"),
        ("euro.csv", "a;b\n1,5;2\n"),
        ("code.rs", "pub struct A;\n\nimpl A {\n    fn b() {}\n}\n"),
        ("my.conf", "[net]\nport = 80\nport = 81\n"),
        ("empty.txt", ""),
    ])
}

fn files() -> (Project, Files) {
    let project = project();
    let (files, warnings) = project.register(&["*"]);
    assert_eq!(warnings, []);
    (project, files)
}

fn rows(
    files: &Files,
    file: &str,
    part: Option<&str>,
    conditions: &[(&str, Comparison, &str)],
) -> Result<Observation, Refusal> {
    let conditions = conditions
        .iter()
        .map(|(field, comparison, value)| Condition {
            field: (*field).into(),
            comparison: *comparison,
            value: (*value).into(),
            quoted: false,
        })
        .collect();
    files.perform(&Operation::Query { file: file.into(), part: part.map(str::to_owned), conditions })
}

#[test]
fn lines_are_read_with_the_hash_of_the_whole_file() {
    let (_project, files) = files();
    for (first, count, expected) in [
        (1, 2, Some((1, 2, "# Title\nOne line"))),
        (5, 9, Some((5, 5, "three lines"))),
        (1, 0, Some((1, 5, "# Title\nOne line\nTwo Lines\n## Part\nthree lines"))),
        (6, 1, None),
        (0, 1, None),
        (u32::MAX, u32::MAX, None),
    ] {
        let answer = files.perform(&Operation::Read { file: "a.md".into(), first_line: first, lines: count });
        match (answer, expected) {
            (Ok(Observation::Excerpt(seen)), Some((from, to, text))) => {
                assert_eq!((seen.first_line, seen.last_line, seen.text.as_str()), (from, to, text));
                assert_eq!((seen.lines, seen.truncated), (5, false));
                assert_eq!(
                    seen.file.sha256,
                    Sha256::of(b"# Title\nOne line\nTwo Lines\n## Part\nthree lines\n")
                );
            }
            (Err(_), None) => {}
            (answer, expected) => panic!("{first} {count}: {answer:?}, not {expected:?}"),
        }
    }
    let empty = files.perform(&Operation::Read { file: "empty.txt".into(), first_line: 1, lines: 1 });
    assert_eq!(empty, Err(Refusal::NoSuchLines { file: "empty.txt".into(), lines: 0 }));
}

#[test]
fn lines_are_searched_as_with_ripgrep() {
    let (_project, files) = files();
    let grep = |pattern: &str, among: Option<&str>, ignore_case, limit| {
        let files_ = among.map(str::to_owned);
        match files.perform(&Operation::Grep { pattern: pattern.into(), files: files_, ignore_case, limit }) {
            Ok(Observation::Hits(seen)) => {
                let hits =
                    seen.hits.iter().map(|hit| format!("{}:{}: {}", hit.file, hit.line, hit.text)).collect();
                Ok((hits, seen.files.len(), seen.truncated))
            }
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => Err(refusal),
        }
    };
    let hits = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<String>>();
    assert_eq!(grep("lines$", Some("a.md"), false, 0), Ok((hits(&["a.md:5: three lines"]), 1, false)));
    assert_eq!(
        grep("LINES?$", Some("a.md"), true, 0),
        Ok((hits(&["a.md:2: One line", "a.md:3: Two Lines", "a.md:5: three lines"]), 1, false))
    );
    assert_eq!(grep("line", Some("*.md"), true, 1), Ok((hits(&["a.md:2: One line"]), 1, true)));
    assert_eq!(
        grep("ada|dig", None, false, 0).map(|(hits, ..)| hits),
        Ok(hits(&["plan.yaml:2:   - name: dig", "team.toml:3: name = \"ada\""]))
    );
    assert_eq!(grep("nowhere to be seen", None, false, 0), Ok((vec![], 13, false)));
    for (pattern, among, kind) in [
        ("(", None, RefusalKind::BadPattern),
        ("a\\nb", None, RefusalKind::BadPattern),
        ("(a{1000}){1000}", None, RefusalKind::BadPattern),
        ("a", Some("none.md"), RefusalKind::NotRegistered),
        ("a", Some("none/*"), RefusalKind::NotRegistered),
        ("a", Some("[z-a]"), RefusalKind::BadPattern),
    ] {
        assert_eq!(grep(pattern, among, false, 0).unwrap_err().kind(), kind, "{pattern} {among:?}");
    }
}

#[test]
fn one_file_that_changed_does_not_hide_the_others() {
    let (project, files) = files();
    project.write("a.md", "something else");
    let grep = |among: Option<&str>| {
        let files_ = among.map(str::to_owned);
        files.perform(&Operation::Grep {
            pattern: "ada|else".into(),
            files: files_,
            ignore_case: false,
            limit: 0,
        })
    };
    let Ok(Observation::Hits(seen)) = grep(None) else { panic!("no hits") };
    assert_eq!(seen.hits.iter().map(|hit| hit.file.as_str()).collect::<Vec<_>>(), ["team.toml"]);
    assert_eq!(seen.unread.iter().map(|unread| unread.file.as_str()).collect::<Vec<_>>(), ["a.md"]);
    assert!(matches!(grep(Some("a.md")), Err(Refusal::Changed { .. })));
}

#[test]
fn a_glob_sees_registered_names_only() {
    let project = project();
    let (files, _) = project.register(&["a.md", "river.csv"]);
    let glob = |pattern: &str| match files.perform(&Operation::Glob { pattern: pattern.into() }) {
        Ok(Observation::Names { names, truncated: false }) => names,
        other => panic!("{other:?}"),
    };
    assert_eq!(glob("*"), ["a.md", "river.csv"]);
    assert_eq!(glob("*.json"), [""; 0]);
    assert_eq!(glob("/*"), [""; 0]);
    assert_eq!(glob("../*"), [""; 0]);
}

#[test]
fn rows_are_counted_in_every_format() {
    use Comparison::{AtLeast, Contains, Different, Equal, Less, More};
    let (_project, files) = files();
    for (file, part, conditions, matched, total, lines) in [
        ("river.csv", None, vec![], 3, 3, vec![(2, 3), (5, 5), (6, 6)]),
        ("river.csv", None, vec![("width", More, "9")], 1, 3, vec![(2, 3)]),
        ("river.csv", None, vec![("width", AtLeast, "9")], 2, 3, vec![(2, 3), (6, 6)]),
        ("river.csv", None, vec![("name", Equal, "Elm")], 0, 3, vec![]),
        ("river.csv", None, vec![("note", Contains, "two"), ("name", Equal, "elm")], 1, 3, vec![(2, 3)]),
        ("river.json", None, vec![("width", Less, "10")], 1, 2, vec![(5, 5)]),
        ("river.json", Some("bridges"), vec![("tags", Contains, "old")], 1, 2, vec![(4, 4)]),
        ("river.json", None, vec![("tags.0", Equal, "old")], 1, 2, vec![(4, 4)]),
        ("rows.jsonl", None, vec![("a", More, "1")], 1, 2, vec![(3, 3)]),
        ("rows.jsonl", None, vec![("b", Different, "y")], 2, 2, vec![(1, 1), (3, 3)]),
        ("two.json", None, vec![("value", More, "1")], 1, 2, vec![(1, 1)]),
        ("two.json", Some("b.c"), vec![], 1, 1, vec![(1, 1)]),
        ("team.toml", None, vec![("age", AtLeast, "3")], 1, 2, vec![(4, 6)]),
        ("plan.yaml", None, vec![("name", Different, "dig")], 1, 2, vec![(4, 4)]),
        ("plan.yaml", Some("steps"), vec![("days", Equal, "3")], 1, 2, vec![(2, 3)]),
        ("bare.json", None, vec![("value", Equal, "x")], 2, 3, vec![(1, 1), (1, 1)]),
        ("euro.csv", None, vec![("a", Equal, "1,5")], 1, 1, vec![(2, 2)]),
    ] {
        match rows(&files, file, part, &conditions) {
            Ok(Observation::Rows(seen)) => {
                assert_eq!((seen.matched, seen.total), (matched, total), "{file} {conditions:?}");
                let own: Vec<(u32, u32)> =
                    seen.rows.iter().map(|row| (row.first_line, row.last_line)).collect();
                assert_eq!(own, lines, "{file} {conditions:?}");
            }
            other => panic!("{file} {conditions:?}: {other:?}"),
        }
    }
}

#[test]
fn what_cannot_be_counted_is_said() {
    use Comparison::{Equal, More};
    let (_project, files) = files();
    for (file, part, conditions, expected) in [
        ("river.csv", None, vec![("Width", More, "9")], "have no field `Width`; they have name, width, note"),
        ("two.json", Some("c"), vec![], "has no key `c`; it has a, b"),
        ("two.json", Some("b"), vec![], "has no list of rows at its top; name one as FILE#KEY: b.c"),
        ("a.md", None, vec![], "is not JSON, JSONL, CSV, TOML or YAML by its name"),
        ("bad.json", None, vec![], "is not the JSON that its name says"),
        ("bad.json", None, vec![("a", Equal, "1")], "(line 3)"),
        ("none.csv", None, vec![], "is not registered"),
    ] {
        let refusal = rows(&files, file, part, &conditions).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{file}: {refusal}");
    }
    let Ok(Observation::Rows(seen)) = rows(&files, "river.csv", None, &[("width", More, "1")]) else {
        panic!("no rows")
    };
    assert_eq!(seen.notes, ["1 row has no number in width"]);
    let Ok(Observation::Rows(seen)) = rows(&files, "river.json", None, &[("tags", Equal, "x")]) else {
        panic!("no rows")
    };
    assert_eq!(seen.notes, ["1 row has no tags"]);
}

#[test]
fn two_lists_at_the_top_are_not_guessed_between() {
    let project = Project::with(&[("x.json", r#"{"a": [1], "b": [2]}"#), ("ragged.csv", "a,b\n1,2\n3\n")]);
    let (files, _) = project.register(&["x.json", "ragged.csv"]);
    assert_eq!(
        rows(&files, "x.json", None, &[]),
        Err(Refusal::NoRows { file: "x.json".into(), lists: vec!["a".into(), "b".into()] })
    );
    let ragged = rows(&files, "ragged.csv", None, &[]).unwrap_err();
    assert!(ragged.to_string().contains("a row of 1 fields where the first has 2 (line 3)"), "{ragged}");
}

#[test]
fn values_are_found_by_their_dotted_key() {
    let (_project, files) = files();
    let value = |file: &str, key: &str| match files
        .perform(&Operation::Value { file: file.into(), key: key.into() })
    {
        Ok(Observation::Value(seen)) => Ok((seen.value, seen.first_line, seen.also)),
        Ok(other) => panic!("{other:?}"),
        Err(refusal) => Err(refusal.to_string()),
    };
    for (file, key, expected, line) in [
        ("river.json", "title", "River", 2),
        ("river.json", "bridges.1.width", "9.5", 5),
        ("river.json", "bridges.0.tags", "[\"old\"]", 4),
        ("team.toml", "member.1.age", "3", 6),
        ("plan.yaml", "steps.0.days", "3", 3),
    ] {
        assert_eq!(value(file, key), Ok((expected.to_owned(), line, vec![])), "{file} {key}");
    }
    assert_eq!(value("my.conf", "port"), Ok(("80".into(), 2, vec![3])));
    for (file, key, expected) in [
        ("river.json", "Title", "has no key `Title`; it has title, bridges"),
        ("river.json", "bridges.7", "it has 0 to 1"),
        ("my.conf", "Port", "has no key `Port`"),
        ("river.csv", "name", "rows, not keys"),
    ] {
        assert!(value(file, key).unwrap_err().contains(expected), "{file} {key}");
    }
}

#[test]
fn an_outline_shows_what_a_file_is_made_of() {
    let (_project, files) = files();
    for (file, expected) in [
        ("a.md", vec!["1 0 Title", "4 1 Part"]),
        ("code.rs", vec!["1 0 pub struct A;", "3 0 impl A {", "4 1 fn b() {}"]),
        ("my.conf", vec!["1 0 [net]"]),
        ("river.csv", vec!["1 0 3 rows", "1 1 name", "1 1 width", "1 1 note"]),
        ("river.json", vec!["2 0 title: text", "3 0 bridges: list of 2 with name, width, tags"]),
        ("two.json", vec!["1 0 a: list of 2", "1 0 b: table of 1", "1 1 c: list of 1"]),
        ("rows.jsonl", vec!["1 0 2 rows", "1 1 a"]),
        ("bare.json", vec!["1 0 list of 3"]),
        ("empty.txt", vec![]),
    ] {
        match files.perform(&Operation::Outline { file: file.into() }) {
            Ok(Observation::Outline(seen)) => {
                let own: Vec<String> = seen
                    .parts
                    .iter()
                    .map(|part| format!("{} {} {}", part.line, part.depth, part.text))
                    .collect();
                assert_eq!(own, expected, "{file}");
            }
            other => panic!("{file}: {other:?}"),
        }
    }
}

#[test]
fn a_quote_is_compared_with_its_lines_white_space_aside() {
    let (_project, files) = files();
    let check = |first_line, last_line, quote: &str| {
        let quote = quote.to_owned();
        match files.perform(&Operation::Check { file: "a.md".into(), first_line, last_line, quote }) {
            Ok(Observation::Checked(checked)) => Some(checked.holds),
            Ok(other) => panic!("{other:?}"),
            Err(_) => None,
        }
    };
    for (first, last, quote, expected) in [
        (2, 2, "One line", Some(true)),
        (2, 3, "line\n  Two", Some(true)),
        (2, 2, "Two", Some(false)),
        (2, 2, "one line", Some(false)),
        (2, 2, " ", Some(false)),
        (2, 6, "One line", None),
        (0, 2, "One line", None),
        (3, 2, "One line", None),
    ] {
        assert_eq!(check(first, last, quote), expected, "{first}-{last} {quote}");
    }
}

#[test]
fn every_cap_of_a_lookup_is_met() {
    let project = project();
    let within = |change: fn(&mut Caps)| {
        let mut caps = Caps::default();
        change(&mut caps);
        project.register_within(&["*"], caps).0
    };
    let read = |first_line, lines| Operation::Read { file: "a.md".into(), first_line, lines };
    let seen = |files: Files, operation: Operation| match files.perform(&operation).unwrap() {
        Observation::Excerpt(seen) => (seen.text.len(), seen.truncated),
        Observation::Hits(seen) => (seen.hits.len(), seen.truncated),
        Observation::Rows(seen) => (seen.rows.len(), seen.truncated),
        Observation::Outline(seen) => (seen.parts.len(), seen.truncated),
        Observation::Names { names, truncated } => (names.len(), truncated),
        Observation::Value(seen) => (seen.value.len(), seen.truncated),
        Observation::Checked(_) => unreachable!(),
    };
    let grep = || Operation::Grep { pattern: ".".into(), files: None, ignore_case: false, limit: 0 };
    assert_eq!(seen(within(|caps| caps.lines = 1), read(1, 3)), (7, true));
    assert_eq!(seen(within(|caps| caps.lines = 1), read(5, 3)), (11, false));
    assert_eq!(seen(within(|caps| caps.answer_bytes = 10), read(1, 3)), (10, true));
    assert_eq!(seen(within(|caps| caps.answer_bytes = 8), read(1, 3)), (7, true));
    assert_eq!(seen(within(|caps| caps.hits = 3), grep()), (3, true));
    assert_eq!(seen(within(|caps| caps.answer_bytes = 30), grep()), (2, true));
    assert_eq!(seen(within(|caps| caps.hits = 1), Operation::Outline { file: "a.md".into() }), (1, true));
    assert_eq!(seen(within(|caps| caps.hits = 2), Operation::Glob { pattern: "*".into() }), (2, true));
    let query = || Operation::Query { file: "river.csv".into(), part: None, conditions: vec![] };
    assert_eq!(seen(within(|caps| caps.rows = 2), query()), (2, true));
    let value = || Operation::Value { file: "river.json".into(), key: "bridges".into() };
    assert_eq!(seen(within(|caps| caps.answer_bytes = 5), value()), (5, true));

    for (files, operation, expected) in [
        (within(|caps| caps.tree_bytes = 9), value(), "9 are the most"),
        (within(|caps| caps.tree_values = 9), value(), "more than 9 values"),
        (within(|caps| caps.word_bytes = 9), value(), "more than 9 bytes"),
        (within(|caps| caps.time = Duration::ZERO), grep(), "longer than 0 s"),
        (
            within(|caps| caps.lines = 1),
            Operation::Check { file: "a.md".into(), first_line: 1, last_line: 2, quote: "x".into() },
            "at most 1 lines",
        ),
    ] {
        let refusal = files.perform(&operation).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{refusal}");
    }
    let Ok(Observation::Hits(hits)) = within(|caps| caps.line_bytes = 4).perform(&grep()) else {
        panic!("no hits")
    };
    assert_eq!(hits.hits[0].text, "# Ti…");
}

#[cfg(unix)]
#[test]
fn a_file_that_looks_secret_at_lookup_is_refused_as_a_whole() {
    use std::os::unix::fs::MetadataExt as _;
    let project = Project::new();
    let secret = ["a: 1\n-----BEGIN RSA ", "PRIVATE KEY-----\nMIIEcanary\n"].concat();
    for (name, content) in [("a.yaml", secret.as_str()), (".env", "a=canary"), ("plain.yaml", "a: 1\n")] {
        project.write(name, content);
        let metadata = std::fs::metadata(project.path(name)).unwrap();
        let registered = RegisteredFile {
            name: name.into(),
            bytes: metadata.len(),
            device: metadata.dev(),
            inode: metadata.ino(),
            sha256: Sha256::of(content.as_bytes()),
        };
        let files = Files::reopen(&project.root(), vec![registered], Caps::default()).unwrap();
        for operation in every_operation(name) {
            let answer = files.perform(&operation);
            if name == "plain.yaml" {
                assert!(!matches!(answer, Err(Refusal::LooksSecret { .. })), "{answer:?}");
            } else {
                assert!(matches!(answer, Err(Refusal::LooksSecret { .. })), "{answer:?}");
                assert!(!format!("{answer:?}").contains("canary"));
            }
        }
    }
}

#[test]
fn operations_and_answers_survive_their_record() {
    let (_project, files) = files();
    let mut operations = every_operation("river.json");
    operations.push(Operation::Glob { pattern: "*".into() });
    operations.push(Operation::Query {
        file: "river.json".into(),
        part: Some("bridges".into()),
        conditions: vec![Condition {
            field: "width".into(),
            comparison: Comparison::AtLeast,
            value: "9".into(),
            quoted: true,
        }],
    });
    operations.extend(every_operation("none.md"));
    for operation in operations {
        let text = serde_json::to_string(&operation).unwrap();
        assert_eq!(serde_json::from_str::<Operation>(&text).unwrap(), operation);
        let answer = files.perform(&operation);
        let text = serde_json::to_string(&answer).unwrap();
        assert_eq!(serde_json::from_str::<Result<Observation, Refusal>>(&text).unwrap(), answer);
    }
}
