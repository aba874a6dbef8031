//! The tools of a model: the operations, and nothing else.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Operation, Tool, grammar::conditions};

/// How many lines a model reads if it does not say how many.
const LINES: u32 = 200;

/// The tools as a model is told of them.
pub(crate) fn tools() -> Vec<Tool> {
    let tool = |name: &str, description: &str, properties: Value, required: &[&str]| Tool {
        name: name.to_owned(),
        description: description.to_owned(),
        parameters: json!({
            "type": "object", "properties": properties, "required": required, "additionalProperties": false,
        }),
    };
    let file = || json!({"type": "string", "description": "a registered name, exactly as listed"});
    vec![
        tool(
            "read",
            "Lines of a file, with their numbers.",
            json!({
                "file": file(),
                "first_line": {"type": "integer", "minimum": 1, "description": "default 1"},
                "lines": {"type": "integer", "minimum": 1, "description": "how many; default 200"},
            }),
            &["file"],
        ),
        tool(
            "grep",
            "Lines that match a regular expression (Rust syntax), as file:line: text.",
            json!({
                "pattern": {"type": "string"},
                "files": {"type": "string", "description": "a registered name or a glob such as data/*.csv; default: all files"},
                "ignore_case": {"type": "boolean", "description": "default false"},
                "limit": {"type": "integer", "minimum": 1, "description": "how many hits; default 100"},
            }),
            &["pattern"],
        ),
        tool(
            "glob",
            "Registered names that match a glob.",
            json!({"pattern": {"type": "string"}}),
            &["pattern"],
        ),
        tool(
            "query",
            "JSON, JSONL, CSV, TOML or YAML: with `where` (or nothing) how many rows meet the conditions, and the first of them; with \
             `key` the value of that key.",
            json!({
                "file": file(),
                "where": {"type": "string", "description": "FIELD OP VALUE [and FIELD OP VALUE ...]; OP is == != < <= > >= contains"},
                "part": {"type": "string", "description": "the dotted key of the list that has the rows, where it is not clear"},
                "key": {"type": "string", "description": "a dotted key, such as bridges.0.width"},
            }),
            &["file"],
        ),
        tool(
            "outline",
            "The headings of a document, the definitions of a source file, the keys or columns of a data file, with their lines.",
            json!({"file": file()}),
            &["file"],
        ),
    ]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadArguments {
    file: String,
    #[serde(default = "one")]
    first_line: u32,
    #[serde(default = "some_lines")]
    lines: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrepArguments {
    pattern: String,
    files: Option<String>,
    #[serde(default)]
    ignore_case: bool,
    #[serde(default)]
    limit: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GlobArguments {
    pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QueryArguments {
    file: String,
    r#where: Option<String>,
    part: Option<String>,
    key: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutlineArguments {
    file: String,
}

fn one() -> u32 {
    1
}

fn some_lines() -> u32 {
    LINES
}

/// The operation that a call is, or what is wrong with the call.
pub(crate) fn operation(name: &str, arguments: &Value) -> Result<Operation, String> {
    // Some providers hand arguments over as a text that has them.
    let unpacked: Option<Value> = arguments.as_str().and_then(|text| serde_json::from_str(text).ok());
    let arguments = unpacked.as_ref().unwrap_or(arguments);
    fn read<'a, T: Deserialize<'a>>(arguments: &'a Value) -> Result<T, String> {
        T::deserialize(arguments).map_err(|error| format!("the arguments are wrong: {error}"))
    }
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    match name {
        "read" => read(arguments).map(|ReadArguments { file, first_line, lines }| Operation::Read {
            file,
            first_line,
            lines,
        }),
        "grep" => read(arguments).map(|GrepArguments { pattern, files, ignore_case, limit }| {
            Operation::Grep { pattern, files: given(files), ignore_case, limit }
        }),
        "glob" => read(arguments).map(|GlobArguments { pattern }| Operation::Glob { pattern }),
        "outline" => read(arguments).map(|OutlineArguments { file }| Operation::Outline { file }),
        "query" => {
            let QueryArguments { file, r#where, part, key } = read(arguments)?;
            match (given(key), given(r#where)) {
                (Some(_), Some(_)) => Err("a query has either `where` or `key`".to_owned()),
                (Some(key), None) => Ok(Operation::Value { file, key }),
                (None, wanted) => {
                    let conditions = wanted.map_or(Some(Vec::new()), |text| conditions(&text));
                    let conditions =
                        conditions.ok_or("`where` is FIELD OP VALUE [and FIELD OP VALUE ...]")?;
                    Ok(Operation::Query { file, part: given(part), conditions })
                }
            }
        }
        _ => Err("there is no such tool; there are read, grep, glob, query and outline".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_an_operation_or_says_what_is_wrong() {
        let read = |first_line, lines| Operation::Read { file: "a".into(), first_line, lines };
        for (name, arguments, expected) in [
            ("read", json!({"file": "a"}), Ok(read(1, 200))),
            ("read", json!({"file": "a", "first_line": 3, "lines": 4}), Ok(read(3, 4))),
            ("read", json!("{\"file\": \"a\"}"), Ok(read(1, 200))),
            ("read", json!({"file": "a", "path": "b"}), Err("unknown field `path`")),
            ("read", json!({"file": "a", "first_line": -1}), Err("-1")),
            ("read", json!([]), Err("arguments")),
            ("read", json!(null), Err("arguments")),
            ("glob", json!({"pattern": "*"}), Ok(Operation::Glob { pattern: "*".into() })),
            (
                "query",
                json!({"file": "a", "key": "k"}),
                Ok(Operation::Value { file: "a".into(), key: "k".into() }),
            ),
            ("query", json!({"file": "a", "where": "k"}), Err("FIELD OP VALUE")),
            ("query", json!({"file": "a", "where": "k == 1", "key": "k"}), Err("either")),
            ("shell", json!({}), Err("no such tool")),
        ] {
            match (operation(name, &arguments), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, expected),
                (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
                (found, expected) => panic!("{name} {arguments}: {found:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn every_tool_that_is_told_of_is_there() {
        for tool in tools() {
            let known =
                tool.parameters["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            let arguments: serde_json::Map<String, Value> =
                known.map(|name| (name.to_owned(), json!("x"))).collect();
            assert!(operation(&tool.name, &Value::Object(arguments)).is_ok(), "{}", tool.name);
        }
    }
}
