//! What a file is made of: headings, definitions, keys, columns.
//!
//! By the ending of the name. Definitions are recognised by how their line begins, which is what a reader skims for; nothing is
//! parsed as a program.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Caps, Observation, Outline, Part, Refusal,
    data::{DataRow, Format, Node, Tree, Trouble, each_row, tree},
    files::Loaded,
    look::{Deadline, refused, source},
    plain::cut_marked,
    text::line_count,
};

/// How lines begin that define something, by the endings of names. Deeper lines are nested by their indentation.
const DEFINITIONS: [(&[&str], &str); 8] = [
    (
        &["rs"],
        r"^\s*(?:pub(?:\([^)]*\))?\s+)?(?:default\s+|const\s+|async\s+|unsafe\s+|extern\s+\S+\s+)*(?:fn|struct|enum|union|trait|impl|mod|type|static|const|macro_rules!)\b",
    ),
    (&["py", "pyi"], r"^\s*(?:async\s+def|def|class)\s+\w"),
    (
        &["js", "mjs", "cjs", "jsx", "ts", "tsx", "mts"],
        r"^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\b|class\s+\w|interface\s+\w|enum\s+\w|type\s+\w+\s*[=<]|namespace\s+\w|(?:const|let|var)\s+\w+\s*=\s*(?:async\s*)?(?:\(|function\b|\w+\s*=>))",
    ),
    (&["go"], r"^(?:func|type|const|var)\s"),
    (
        &["c", "h", "cc", "cpp", "hpp", "cxx", "java", "cs", "kt", "swift", "scala", "php"],
        r"^\s*(?:(?:public|private|protected|internal|static|final|abstract|open|override|export|inline|extern|virtual|template\s*<[^>]*>)\s+)*(?:class|struct|enum|interface|namespace|union|typedef|record|object|trait|protocol|fun|func|function)\s+\w|^(?:[A-Za-z_][\w:<>,*&\s]*\s[*&]*)[A-Za-z_~]\w*\s*\([^;]*$|^#\s*define\s",
    ),
    (&["sql"], r"(?i)^\s*create\s"),
    (&["rb"], r"^\s*(?:class|module|def)\s"),
    (&["sh", "bash", "zsh"], r"^\s*(?:function\s+\w|\w+\s*\(\)\s*\{?)"),
];
/// Endings of names of texts with Markdown headings.
const DOCUMENTS: [&str; 5] = ["md", "markdown", "mdx", "txt", "rst"];
/// Sections of everything else that has some.
const SECTIONS: &str = r"^\s*\[[^\]]+\]\s*$";

static DEFINING: LazyLock<Vec<(&'static [&'static str], Option<Regex>)>> =
    LazyLock::new(|| DEFINITIONS.iter().map(|(endings, begin)| (*endings, Regex::new(begin).ok())).collect());
static SECTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SECTIONS).ok());

pub(crate) fn outline(loaded: &Loaded, caps: &Caps, deadline: &Deadline) -> Result<Observation, Refusal> {
    let name = &loaded.file.name;
    let mut parts = match Format::of(name) {
        Some(Format::Csv | Format::Jsonl) => columns(loaded, caps, deadline)?,
        Some(format) => {
            keys(&tree(&source(loaded, format, caps, deadline)).map_err(refused(loaded, format))?)
        }
        None => lines(loaded, deadline)?,
    };
    let truncated = parts.len() > caps.hits as usize;
    parts.truncate(caps.hits as usize);
    for part in &mut parts {
        part.text = cut_marked(&part.text, caps.line_bytes);
    }
    Ok(Observation::Outline(Outline {
        file: loaded.file.clone(),
        lines: line_count(&loaded.text),
        parts,
        truncated,
    }))
}

/// The headings or definitions of a text.
fn lines(loaded: &Loaded, deadline: &Deadline) -> Result<Vec<Part>, Refusal> {
    let ending = loaded.file.name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if DOCUMENTS.contains(&ending.as_str()) {
        return Ok(headings(&loaded.text));
    }
    let by_ending = DEFINING.iter().find(|(endings, _)| endings.contains(&ending.as_str()));
    let Some(begin) = by_ending.map_or(SECTION.as_ref(), |(_, begin)| begin.as_ref()) else {
        return Ok(Vec::new());
    };
    let mut parts = Vec::new();
    for (line, text) in (1_u32..).zip(loaded.text.lines()) {
        if line % 1_024 == 0 {
            deadline.check()?;
        }
        if begin.is_match(text) {
            let width: u32 = text
                .chars()
                .take_while(|letter| letter.is_whitespace())
                .map(|letter| if letter == '\t' { 4 } else { 1 })
                .sum();
            parts.push(Part { line, depth: width / 4, text: text.trim().to_owned() });
        }
    }
    Ok(parts)
}

/// Headings that begin with `#`, and those that are underlined, outside of code.
fn headings(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut is_code = false;
    let mut before = "";
    for (line, text) in (1_u32..).zip(text.lines()) {
        if text.trim_start().starts_with("```") || text.trim_start().starts_with("~~~") {
            is_code = !is_code;
        } else if !is_code {
            let marks = text.chars().take_while(|letter| *letter == '#').count();
            let rest = text.get(marks..).unwrap_or_default();
            if (1..=6).contains(&marks) && rest.starts_with([' ', '\t']) {
                let depth = u32::try_from(marks - 1).unwrap_or_default();
                parts.push(Part {
                    line,
                    depth,
                    text: rest.trim().trim_end_matches('#').trim_end().to_owned(),
                });
            } else if is_underline(text, before) {
                let depth = u32::from(text.starts_with('-'));
                parts.push(Part { line: line.saturating_sub(1), depth, text: before.trim().to_owned() });
            }
        }
        before = text;
    }
    parts
}

fn is_underline(text: &str, before: &str) -> bool {
    let text = text.trim_end();
    let is_line = text.len() >= 3 && ['=', '-'].iter().any(|mark| text.chars().all(|letter| letter == *mark));
    let is_text = !before.trim().is_empty() && !before.starts_with(['#', '-', '>', '|', ' ', '\t', '=', '*']);
    is_line && is_text
}

/// The keys of a tree, two levels deep.
fn keys(root: &Node) -> Vec<Part> {
    fn look(node: &Node, depth: u32, parts: &mut Vec<Part>) {
        match &node.tree {
            Tree::Table(members) => {
                for (key, value) in members {
                    parts.push(Part {
                        line: value.first_line,
                        depth,
                        text: format!("{key}: {}", kind(value)),
                    });
                    if depth == 0 {
                        look(value, 1, parts);
                    }
                }
            }
            Tree::List(_) if depth == 0 => {
                parts.push(Part { line: node.first_line, depth, text: kind(node) });
            }
            _ => {}
        }
    }
    let mut parts = Vec::new();
    look(root, 0, &mut parts);
    parts
}

/// What a value is; a list of tables names their fields.
fn kind(node: &Node) -> String {
    match &node.tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(_) => "boolean".to_owned(),
        Tree::Number(_) => "number".to_owned(),
        Tree::Text(_) => "text".to_owned(),
        Tree::Table(members) => format!("table of {}", members.len()),
        Tree::List(items) => {
            let fields: Vec<&str> = match items.first().map(|first| &first.tree) {
                Some(Tree::Table(members)) => members.iter().map(|(key, _)| key.as_str()).collect(),
                _ => Vec::new(),
            };
            match fields.is_empty() {
                true => format!("list of {}", items.len()),
                false => format!("list of {} with {}", items.len(), fields.join(", ")),
            }
        }
    }
}

/// The fields of the first row, and how many rows there are.
fn columns(loaded: &Loaded, caps: &Caps, deadline: &Deadline) -> Result<Vec<Part>, Refusal> {
    let Some(format) = Format::of(&loaded.file.name) else { return Ok(Vec::new()) };
    let mut parts = Vec::new();
    let mut total = 0;
    each_row(&source(loaded, format, caps, deadline), None, |row: &DataRow<'_>| -> Result<(), Trouble> {
        total = row.number;
        if let (1, Tree::Table(members)) = (row.number, &row.node.tree) {
            let line = if format == Format::Csv { 1 } else { row.node.first_line };
            parts.extend(members.iter().map(|(key, _)| Part { line, depth: 1, text: key.clone() }));
        }
        Ok(())
    })
    .map_err(refused(loaded, format))?;
    parts.insert(0, Part { line: 1, depth: 0, text: format!("{total} rows") });
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_compiled() {
        assert!(DEFINING.iter().all(|(_, begin)| begin.is_some()) && SECTION.is_some());
    }

    #[test]
    fn headings_are_those_outside_of_code() {
        let text = "# A\n```\n# no\n```\n## B ##\n#no\nC\n===\nd\n---\n\n---\n- x\n---\n";
        let found: Vec<(u32, u32, String)> =
            headings(text).into_iter().map(|part| (part.line, part.depth, part.text)).collect();
        let expected = [(1, 0, "A"), (5, 1, "B"), (7, 0, "C"), (9, 1, "d")];
        assert_eq!(found, expected.map(|(line, depth, text)| (line, depth, text.to_owned())));
    }
}
