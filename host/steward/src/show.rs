//! Observations in words: what was looked at, and what was seen.

use std::fmt::Write as _;

use crate::{Condition, Observation, Operation, Refusal, Row, place::place, plain::plain};

/// What was looked at and what came of it, in one line.
pub(crate) fn looked_at(operation: &Operation, outcome: &Result<Observation, Refusal>) -> String {
    match outcome {
        Ok(observation) => format!("{}: {}", asked(operation), came_to(observation)),
        Err(refusal) => format!("{}: {refusal}", asked(operation)),
    }
}

/// An operation in words.
fn asked(operation: &Operation) -> String {
    match operation {
        Operation::Read { file, first_line, .. } => format!("{} from line {first_line}", plain(file)),
        Operation::Grep { pattern, files, .. } => {
            let among = files.as_deref().map_or_else(|| "all files".to_owned(), plain);
            format!("grep {} in {among}", plain(pattern))
        }
        Operation::Glob { pattern } => format!("names like {}", plain(pattern)),
        Operation::Query { file, part, conditions } => {
            let part = part.as_deref().map(|part| format!("#{}", plain(part))).unwrap_or_default();
            format!("rows of {}{part}{}", plain(file), wanted(conditions))
        }
        Operation::Value { file, key } => format!("value of {} in {}", plain(key), plain(file)),
        Operation::Outline { file } => format!("outline of {}", plain(file)),
        Operation::Check { file, first_line, last_line, .. } => place(&plain(file), *first_line, *last_line),
    }
}

/// ` where a == b and c > 1`, or nothing.
pub(crate) fn wanted(conditions: &[Condition]) -> String {
    match conditions {
        [] => String::new(),
        several => {
            let words: Vec<String> = several.iter().map(|condition| plain(&condition.to_string())).collect();
            format!(" where {}", words.join(" and "))
        }
    }
}

fn came_to(observation: &Observation) -> String {
    let more = |truncated: bool| if truncated { ", and more" } else { "" };
    match observation {
        Observation::Excerpt(seen) => {
            format!(
                "lines {} to {} of {}{}",
                seen.first_line,
                seen.last_line,
                seen.lines,
                more(seen.truncated)
            )
        }
        Observation::Hits(seen) => {
            format!(
                "{} in {} files{}",
                counted(seen.hits.len(), "hit"),
                seen.files.len(),
                more(seen.truncated)
            )
        }
        Observation::Names { names, truncated } => {
            format!("{}{}", counted(names.len(), "name"), more(*truncated))
        }
        Observation::Rows(seen) => format!("{} of {} rows", seen.matched, seen.total),
        Observation::Value(seen) => format!("line {}", seen.first_line),
        Observation::Outline(seen) => {
            format!("{}{}", counted(seen.parts.len(), "part"), more(seen.truncated))
        }
        Observation::Checked(seen) => (if seen.holds { "as quoted" } else { "not as quoted" }).to_owned(),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What was seen, line by line; every line of a file stands with its number.
pub(crate) fn seen(observation: &Observation) -> String {
    let mut out = String::new();
    let more = |truncated: bool, what: &str| {
        if truncated { format!("(there are more {what} than are shown)\n") } else { String::new() }
    };
    match observation {
        Observation::Excerpt(seen) => {
            for (number, line) in (seen.first_line..).zip(seen.text.split('\n')) {
                let _ = writeln!(out, "{number}: {line}");
            }
            out.push_str(&more(seen.truncated, "lines"));
        }
        Observation::Hits(seen) => {
            for hit in &seen.hits {
                let _ = writeln!(out, "{}:{}: {}", hit.file, hit.line, hit.text);
            }
            out.push_str(&more(seen.truncated, "hits"));
            for unread in &seen.unread {
                let _ = writeln!(out, "(not searched: {})", plain(&unread.why));
            }
        }
        Observation::Names { names, truncated } => {
            names.iter().for_each(|name| {
                let _ = writeln!(out, "{name}");
            });
            out.push_str(&more(*truncated, "names"));
        }
        Observation::Rows(seen) => {
            let _ = writeln!(out, "{} of {} rows", seen.matched, seen.total);
            for note in &seen.notes {
                let _ = writeln!(out, "({note})");
            }
            for Row { first_line, last_line, text, .. } in &seen.rows {
                let _ = writeln!(out, "{}: {text}", place(&seen.file.name, *first_line, *last_line));
            }
            out.push_str(&more(seen.truncated, "rows"));
        }
        Observation::Value(seen) => {
            let at = place(&seen.file.name, seen.first_line, seen.last_line);
            let _ = writeln!(out, "{at}: {}", seen.value);
            if !seen.also.is_empty() {
                let also: Vec<String> = seen.also.iter().map(u32::to_string).collect();
                let _ = writeln!(out, "(also given a value in lines {})", also.join(", "));
            }
            out.push_str(&more(seen.truncated, "parts of it"));
        }
        Observation::Outline(seen) => {
            let _ = writeln!(out, "{} has {} lines", seen.file.name, seen.lines);
            for part in &seen.parts {
                let _ = writeln!(
                    out,
                    "{}:{}: {}{}",
                    seen.file.name,
                    part.line,
                    "  ".repeat(part.depth as usize),
                    part.text
                );
            }
            out.push_str(&more(seen.truncated, "parts"));
        }
        Observation::Checked(seen) => {
            let _ = writeln!(out, "{}", seen.text);
        }
    }
    out
}
