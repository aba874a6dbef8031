use proptest::prelude::*;

use super::*;

const REGISTERED: [&str; 6] =
    ["river.csv", "data/River.json", "notes in may.md", "a#b.json", "what?.md", "c.yaml"];

fn read_it(question: &str) -> Option<Operation> {
    read(question, &|name| REGISTERED.contains(&name))
}

fn is(field: &str, comparison: Comparison, value: &str) -> Condition {
    Condition { field: field.into(), comparison, value: value.into(), quoted: false }
}

fn quoted(field: &str, comparison: Comparison, value: &str) -> Condition {
    Condition { quoted: true, ..is(field, comparison, value) }
}

#[test]
fn rows_are_counted_with_real_operators_and_case_kept() {
    use Comparison::{AtLeast, AtMost, Contains, Different, Equal, Less, More};
    for (question, file, part, expected) in [
        ("count rows where Width > 5 in river.csv", "river.csv", None, vec![is("Width", More, "5")]),
        ("Count Rows WHERE a==B In data/River.json", "data/River.json", None, vec![is("a", Equal, "B")]),
        (
            "how many rows where a <= 5 and b != x in river.csv?",
            "river.csv",
            None,
            vec![is("a", AtMost, "5"), is("b", Different, "x")],
        ),
        (
            "count where a < 1 AND b >= 2 and c contains d e in river.csv.",
            "river.csv",
            None,
            vec![is("a", Less, "1"), is("b", AtLeast, "2"), is("c", Contains, "d e")],
        ),
        ("count rows where a = 1 in river.csv", "river.csv", None, vec![is("a", Equal, "1")]),
        (
            "count rows where name == salt and pepper in river.csv",
            "river.csv",
            None,
            vec![is("name", Equal, "salt and pepper")],
        ),
        (
            "count rows where name == \"salt and x == y in z\" in river.csv",
            "river.csv",
            None,
            vec![quoted("name", Equal, "salt and x == y in z")],
        ),
        (
            "count rows where 'site name' contains '<=' in river.csv",
            "river.csv",
            None,
            vec![quoted("site name", Contains, "<=")],
        ),
        ("count rows where name == it's in river.csv", "river.csv", None, vec![is("name", Equal, "it's")]),
        ("count rows where a == b in notes in may.md", "notes in may.md", None, vec![is("a", Equal, "b")]),
        ("count rows where a == b in c in river.csv", "river.csv", None, vec![is("a", Equal, "b in c")]),
        ("count rows where a == \"\" in `river.csv`", "river.csv", None, vec![quoted("a", Equal, "")]),
        ("count rows where a.b == 1 in c.yaml#x.y", "c.yaml", Some("x.y"), vec![is("a.b", Equal, "1")]),
        ("count rows where a == 1 in a#b.json", "a#b.json", None, vec![is("a", Equal, "1")]),
        ("count rows where a == 1 in a#b.json#k", "a#b.json", Some("k"), vec![is("a", Equal, "1")]),
        ("count rows where a == 1 in other.csv#k", "other.csv", Some("k"), vec![is("a", Equal, "1")]),
        ("count rows in river.csv", "river.csv", None, vec![]),
        ("how many the rows in river.csv", "river.csv", None, vec![]),
        ("count rows where é == ü in river.csv", "river.csv", None, vec![is("é", Equal, "ü")]),
        ("count rows where a == 1 in ../../etc/passwd", "../../etc/passwd", None, vec![is("a", Equal, "1")]),
    ] {
        let expected =
            Operation::Query { file: file.into(), part: part.map(str::to_owned), conditions: expected };
        assert_eq!(read_it(question), Some(expected), "{question}");
    }
}

#[test]
fn the_other_forms_are_read() {
    let value = |file: &str, key: &str| Operation::Value { file: file.into(), key: key.into() };
    let lines = |file: &str, first_line, lines| Operation::Read { file: file.into(), first_line, lines };
    let grep = |pattern: &str, files: &str, ignore_case| Operation::Grep {
        pattern: pattern.into(),
        files: Some(files.into()),
        ignore_case,
        limit: 0,
    };
    for (question, expected) in [
        ("value of Width in data/River.json", value("data/River.json", "Width")),
        ("The value of a.b.0 from c.yaml?", value("c.yaml", "a.b.0")),
        ("value of \"a in b\" in c.yaml", value("c.yaml", "a in b")),
        ("value of in in c.yaml", value("c.yaml", "in")),
        ("value of a in what?.md", value("what?.md", "a")),
        ("lines 3-7 of river.csv", lines("river.csv", 3, 5)),
        ("Lines 3 to 7 in river.csv", lines("river.csv", 3, 5)),
        ("lines 3–3 of notes in may.md", lines("notes in may.md", 3, 1)),
        ("line 9 of river.csv.", lines("river.csv", 9, 1)),
        ("grep foo.*bar in river.csv", grep("foo.*bar", "river.csv", false)),
        ("grep -i \"a in b\" in data/*.json", grep("a in b", "data/*.json", true)),
        ("grep /x y/ in **/*.md", grep("x y", "**/*.md", false)),
        ("grep what in notes in may.md", grep("what", "notes in may.md", false)),
        ("grep x in no.md", grep("x", "no.md", false)),
        ("grep x in *.m?", grep("x", "*.m?", false)),
        ("outline of c.yaml", Operation::Outline { file: "c.yaml".into() }),
        ("the outline of notes in may.md?", Operation::Outline { file: "notes in may.md".into() }),
    ] {
        assert_eq!(read_it(question), Some(expected), "{question}");
    }
}

#[test]
fn anything_else_is_not_in_the_grammar() {
    for question in [
        "",
        "how wide is the river?",
        "count rows where in river.csv",
        "count rows where a in river.csv",
        "count rows where a ==  in river.csv",
        "count rows where a === b in river.csv",
        "count rows where == b in river.csv",
        "count bridges where a == b in river.csv",
        "count rows where a == b",
        "count rows where a == b in the river file",
        "value of in c.yaml",
        "value of x in the first of the files",
        "value x in c.yaml",
        "lines 7-3 of river.csv",
        "lines a-b of river.csv",
        "lines 3-7 river.csv",
        "lines -1 of river.csv",
        "lines 99999999999-99999999999 of river.csv",
        "grep in river.csv",
        "grep foo in all of them",
        "value of trust in society",
        "outline of Makefile",
        "outline",
        "outline of",
        "outline of all files",
        "valued of x in c.yaml",
    ] {
        assert_eq!(read_it(question), None, "{question}");
    }
}

#[test]
fn a_question_with_endless_ways_to_read_it_is_left_to_others() {
    let endless = format!("count rows where {} in river.csv", vec!["a == b in and"; 200].join(" "));
    assert_eq!(read_it(&endless), None);
    assert_eq!(read_it(&format!("grep {} in river.csv", "x".repeat(1_000))), None);
}

proptest! {
    #[test]
    fn a_condition_that_is_written_is_read_again(
        field in "[A-Za-zé][A-Za-z0-9_é .]{0,8}[a-z]",
        sign in prop_oneof!["==", "!=", "<", "<=", ">", ">=", "contains"],
        value in "[A-Za-z0-9ü][A-Za-z0-9 .ü]{0,8}[a-z0-9]",
        is_quoted in any::<bool>(),
    ) {
        prop_assume!(![" and ", " in ", " from ", " contains "].iter().any(|word| {
            format!(" {field} ").to_lowercase().contains(word) || format!(" {value} ").to_lowercase().contains(word)
        }));
        let shown = if is_quoted { format!("\"{value}\"") } else { value.clone() };
        let question = format!("count rows where {field} {sign} {shown} in river.csv");
        let Some(Operation::Query { conditions, file, part: None }) = read_it(&question) else {
            return Err(TestCaseError::fail(question));
        };
        prop_assert_eq!(file, "river.csv");
        let [condition] = conditions.as_slice() else { return Err(TestCaseError::fail(question)) };
        prop_assert_eq!(condition.to_string(), format!("{field} {sign} {shown}"));
    }

    #[test]
    fn no_text_is_too_odd_to_be_read(
        head in prop_oneof!["count rows where ", "value of ", "lines ", "grep ", "outline of ", ""],
        words in proptest::collection::vec(
            prop_oneof!["in", "from", "and", "==", "<", "'", "\"", "`", "#", "contains", "river.csv", "\\PC{0,4}", " ", "é"], 0..12,
        ),
        blank in prop_oneof!["", " "],
    ) {
        let _ = read_it(&format!("{head}{}", words.join(&blank)));
    }
}
