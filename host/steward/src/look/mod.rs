//! The operations, one file each.
//!
//! Each reads whole files through the registered names, works on what it read, and cuts what it returns at the caps.

mod check;
mod compare;
mod deadline;
mod grep;
mod outline;
mod query;
mod read;
mod value;

pub(crate) use deadline::{Deadline, OutOfTime};

use crate::{
    Caps, Files, Observation, Operation, Refusal,
    data::{Format, Source, Trouble},
    files::Loaded,
    walk::matcher,
};

/// Carry out an operation.
pub(crate) fn perform(files: &Files, operation: &Operation) -> Result<Observation, Refusal> {
    let caps = files.caps();
    must_be_short(operation, caps)?;
    let deadline = Deadline::after(caps.time);
    match operation {
        Operation::Read { file, first_line, lines } => {
            read::read(&files.load(file)?, *first_line, *lines, caps)
        }
        Operation::Check { file, first_line, last_line, quote } => {
            check::check(&files.load(file)?, *first_line, *last_line, quote, caps)
        }
        Operation::Grep { pattern, files: among, ignore_case, limit } => {
            let search = grep::Search { pattern, ignores_case: *ignore_case, limit: *limit };
            grep::grep(files, &names(files, among.as_deref())?, &search, &deadline)
        }
        Operation::Glob { pattern } => {
            let mut names = matching(files, pattern)?;
            let truncated = names.len() > caps.hits as usize;
            names.truncate(caps.hits as usize);
            Ok(Observation::Names { names, truncated })
        }
        Operation::Query { file, part, conditions } => {
            query::query(&files.load(file)?, part.as_deref(), conditions, caps, &deadline)
        }
        Operation::Value { file, key } => value::value(&files.load(file)?, key, caps, &deadline),
        Operation::Outline { file } => outline::outline(&files.load(file)?, caps, &deadline),
    }
}

/// A word longer than any that makes sense is refused before anything is done with it.
fn must_be_short(operation: &Operation, caps: &Caps) -> Result<(), Refusal> {
    let conditions: &[crate::Condition];
    let words = match operation {
        Operation::Query { file, part, conditions: several } => {
            conditions = several;
            vec![file, part.as_ref().unwrap_or(file)]
        }
        other => {
            conditions = &[];
            match other {
                Operation::Grep { pattern, files, .. } => vec![pattern, files.as_ref().unwrap_or(pattern)],
                Operation::Glob { pattern } => vec![pattern],
                Operation::Value { file, key } => vec![file, key],
                Operation::Read { file, .. }
                | Operation::Outline { file }
                | Operation::Check { file, .. } => vec![file],
                Operation::Query { .. } => Vec::new(),
            }
        }
    };
    let longest = words
        .into_iter()
        .chain(conditions.iter().flat_map(|condition| [&condition.field, &condition.value]))
        .map(String::len)
        .max();
    if longest.unwrap_or_default() > caps.word_bytes {
        return Err(Refusal::BadRequest {
            why: format!("a name, key, value or pattern has more than {} bytes", caps.word_bytes),
        });
    }
    if conditions.len() > CONDITIONS {
        return Err(Refusal::BadRequest { why: format!("there are more than {CONDITIONS} conditions") });
    }
    Ok(())
}

/// The most conditions of a query.
const CONDITIONS: usize = 20;

/// The registered names that a search is about: one name, or all that a glob matches.
fn names(files: &Files, among: Option<&str>) -> Result<Vec<String>, Refusal> {
    match among {
        None => Ok(files.registered().iter().map(|file| file.name.clone()).collect()),
        Some(name) => match files.find(name) {
            Ok(file) => Ok(vec![file.name.clone()]),
            Err(refused) => match crate::name::is_glob(name) {
                true => Some(matching(files, name)?).filter(|names| !names.is_empty()).ok_or(refused),
                false => Err(refused),
            },
        },
    }
}

/// The registered names that a glob matches.
fn matching(files: &Files, pattern: &str) -> Result<Vec<String>, Refusal> {
    let glob = matcher(pattern).map_err(|error| Refusal::BadPattern { why: error.kind().to_string() })?;
    let names = files.registered().iter().map(|file| &file.name);
    Ok(names.filter(|name| glob.is_match(name)).cloned().collect())
}

/// A loaded file as a data file.
fn source<'a>(loaded: &'a Loaded, format: Format, caps: &Caps, deadline: &'a Deadline) -> Source<'a> {
    Source {
        format,
        text: &loaded.text,
        tree_bytes: caps.tree_bytes,
        tree_values: caps.tree_values,
        deadline,
    }
}

/// What is wrong with a loaded file, as a refusal.
fn refused(loaded: &Loaded, format: Format) -> impl Fn(Trouble) -> Refusal {
    move |trouble| trouble.refusal(&loaded.file.name, loaded.file.bytes, format)
}
