//! The report of `config`.

use std::fmt::Write as _;

use amatelier_workspace::Said;

use super::plain;
use crate::commands::Report;

pub(crate) fn config(report: &Report) -> String {
    let chosen = &report.chosen;
    let mut text = String::new();
    let mut row = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:14}  {}", plain(value));
    };
    row("version", report.version);
    row("mode", &format!("{} ({})", chosen.mode, chosen.because));
    if let Some(url) = &chosen.base_url {
        row("base URL", url);
    }
    if let Some(variable) = &chosen.key_variable {
        let key = chosen.key_found.clone();
        row("key", &key.unwrap_or_else(|| format!("{variable} is not set: requests are sent without a key")));
    }
    for (label, model) in &chosen.models {
        row("model", &format!("{label} = {model}"));
    }
    if let Some(model) = &chosen.any_other_model {
        row("model", &format!("any {}label = {model}", if chosen.models.is_empty() { "" } else { "other " }));
    } else {
        row("model", "any other label is taken for a model's own name");
    }
    row("context", &format!("{} tokens", chosen.context_tokens));
    for state in chosen.providers.iter().filter(|state| !state.chosen) {
        let there = if state.configured { "" } else { "not set up: " };
        row("also", &format!("{:13}  {there}{}", state.provider, state.why));
    }
    row("workspace", &report.workspace);
    row("team", &report.team_file);
    row(
        "configuration",
        &format!(
            "{}{}",
            report.config_file,
            if report.config_file_exists { "" } else { " (not there: defaults)" }
        ),
    );
    if let Some(project) = &report.project_file {
        row("project", project);
    }
    if let Some(origins) = &report.origins {
        text.push('\n');
        text.push_str(&values(origins));
    }
    text
}

/// Every value and where it was set.
fn values(origins: &[Said]) -> String {
    let rows: Vec<(&str, String, String)> = origins
        .iter()
        .map(|said| {
            let value = said.value.as_ref().map_or("not set".to_owned(), ToString::to_string);
            (said.key.as_str(), plain(&value), said.origin.to_string())
        })
        .collect();
    let width = |of: fn(&(&str, String, String)) -> usize| rows.iter().map(of).max().unwrap_or_default();
    let (keys, values) = (width(|row| row.0.len()), width(|row| row.1.chars().count()).min(40));
    let mut text = String::new();
    for (key, value, origin) in &rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{key:keys$}  {value:values$}  {origin}");
    }
    text
}

#[cfg(test)]
mod tests {
    use amatelier_workspace::{Configuration, Flag, Sources};

    use super::*;

    #[test]
    fn every_value_stands_beside_its_origin() {
        let variables =
            [("OPENAI_BASE_URL", "http://localhost:8080/v1"), ("AMATELIER_MODELS_SONNET", "large")];
        let sources = Sources {
            variables: variables.map(|(name, text)| (name.into(), text.into())).into(),
            flags: vec![Flag { flag: "--mode", key: ("", "mode"), text: "rehearsal".into() }],
            ..Sources::default()
        };
        insta::assert_snapshot!(values(&Configuration::read(&sources).unwrap().values()));
    }
}
