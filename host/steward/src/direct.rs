//! A question in the grammar, answered without a model.

use crate::{
    Citation, Desk, Finding, Halted, Observation, Operation, Outcome, Refusal, Row,
    place::place,
    plain::{cut_marked, listed, plain},
    show::{looked_at, seen, wanted},
};

/// The most bytes of a line that go with a citation.
const CITED_BYTES: usize = 500;

/// Carry out the operation that a question asks for.
pub(crate) async fn answer(desk: &dyn Desk, operation: Operation) -> Result<Finding, Halted> {
    let outcome = desk.perform(operation.clone()).await?;
    let mut finding = Finding {
        text: String::new(),
        citations: Vec::new(),
        files: outcome.as_ref().map(|observation| observation.files().to_vec()).unwrap_or_default(),
        struck: Vec::new(),
        looked_at: vec![looked_at(&operation, &outcome)],
        outcome: Outcome::Found,
        assisted: false,
        model: None,
        rounds: 0,
    };
    match outcome {
        Ok(observation) => {
            if let Observation::Hits(hits) = &observation
                && hits.hits.is_empty()
            {
                finding.outcome = Outcome::NotFound;
            }
            finding.citations = citations(&observation);
            finding.text = words(&operation, &observation, &finding.citations);
        }
        Err(refusal) => refuse(&mut finding, desk, &refusal),
    }
    Ok(finding)
}

fn refuse(finding: &mut Finding, desk: &dyn Desk, refusal: &Refusal) {
    let hint = match refusal {
        Refusal::NotRegistered { .. } => {
            let names: Vec<String> = desk.files().iter().map(|file| file.name.clone()).collect();
            listed("; registered are", &names)
        }
        _ => String::new(),
    };
    let why = format!("{refusal}{hint}");
    (finding.text, finding.outcome) = match refusal {
        // The file was read and does not have it.
        Refusal::NoSuchLines { .. }
        | Refusal::NoSuchKey { .. }
        | Refusal::NoSuchField { .. }
        | Refusal::NoRows { .. } => (format!("Not found: {why}."), Outcome::NotFound),
        _ => (format!("No answer: {why}."), Outcome::Failed { why }),
    };
}

/// The places that an observation rests on.
fn citations(observation: &Observation) -> Vec<Citation> {
    let cite = |file: &crate::FileRead, first_line: u32, last_line: u32, text: &str| Citation {
        file: file.name.clone(),
        first_line,
        last_line,
        text: cut_marked(text, CITED_BYTES),
        sha256: file.sha256,
    };
    match observation {
        Observation::Excerpt(seen) => vec![cite(&seen.file, seen.first_line, seen.last_line, &seen.text)],
        Observation::Hits(seen) => {
            let read = |name: &str| seen.files.iter().find(|file| file.name == name);
            seen.hits
                .iter()
                .filter_map(|hit| Some(cite(read(&hit.file)?, hit.line, hit.line, &hit.text)))
                .collect()
        }
        Observation::Rows(seen) => {
            let row = |row: &Row| cite(&seen.file, row.first_line, row.last_line, &row.text);
            seen.rows.iter().map(row).collect()
        }
        Observation::Value(seen) => vec![cite(&seen.file, seen.first_line, seen.last_line, &seen.value)],
        Observation::Outline(seen) => {
            seen.parts.iter().map(|part| cite(&seen.file, part.line, part.line, &part.text)).collect()
        }
        Observation::Names { .. } | Observation::Checked(_) => Vec::new(),
    }
}

fn words(operation: &Operation, observation: &Observation, citations: &[Citation]) -> String {
    let seen = seen(observation);
    let seen = seen.trim_end();
    match (operation, observation) {
        (Operation::Read { .. }, Observation::Excerpt(excerpt)) => {
            let at = place(&excerpt.file.name, excerpt.first_line, excerpt.last_line);
            format!("{at} (of {} lines)\n{seen}", excerpt.lines)
        }
        (Operation::Query { part, conditions, .. }, Observation::Rows(rows)) => {
            let part = part.as_deref().map(|part| format!("#{}", plain(part))).unwrap_or_default();
            let file = plain(&rows.file.name);
            let places: Vec<String> = citations.iter().map(Citation::place).collect();
            let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
            let (_, rest) = seen.split_once('\n').unwrap_or_default();
            let head = format!(
                "{} of {} rows of {file}{part}{}{places}",
                rows.matched,
                rows.total,
                wanted(conditions)
            );
            format!("{head}\n{rest}").trim_end().to_owned()
        }
        (Operation::Value { key, .. }, Observation::Value(value)) => {
            format!("{} of {}:\n{seen}", plain(key), plain(&value.file.name))
        }
        (Operation::Grep { pattern, files, .. }, Observation::Hits(hits)) if hits.hits.is_empty() => {
            let among = files.as_deref().map_or_else(|| "the registered files".to_owned(), plain);
            let names: Vec<String> = hits.files.iter().map(|file| file.name.clone()).collect();
            let searched = listed("; searched:", &names);
            format!("Not found: no line of {among} matches {}{searched}.\n{seen}", plain(pattern))
                .trim_end()
                .to_owned()
        }
        _ => seen.to_owned(),
    }
}
