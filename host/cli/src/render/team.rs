//! The team, the templates, and what is wrong with them.

use std::fmt::Write as _;

use amatelier_workspace::{Complaint, Severity};

use super::{line, plain};
use crate::commands::{Initialised, Listing, Started, Templates};

/// What a team that names no provider runs on.
const DEFAULT: &str = "-";

/// The team, in at most so many columns.
pub(crate) fn team(listing: &Listing, columns: usize) -> String {
    let mut rows = vec![["name", "role", "model", "provider", "component", "stands for"].map(str::to_owned)];
    for member in &listing.members {
        let provider = member.provider.as_deref().unwrap_or(DEFAULT);
        let cells = [&member.name, &member.role, &member.model, provider, &member.component, &member.tagline];
        rows.push(cells.map(plain));
    }
    let mut text = table(&rows, columns);
    let count = |role: &str| listing.members.iter().filter(|member| member.role == role).count();
    let judges = if count("judge") == 0 { "no judge" } else { "1 judge" };
    // Writing to a String cannot fail.
    let _ = writeln!(text, "\n{}, {judges}; {}", counted(count("worker"), "worker"), providers(listing));
    text
}

/// How many are meant for which provider.
fn providers(listing: &Listing) -> String {
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    for member in &listing.members {
        *counts.entry(member.provider.as_deref().unwrap_or("the default provider")).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(provider, count)| format!("{count} on {}", plain(provider)));
    counts.collect::<Vec<_>>().join(", ")
}

/// The templates, in at most so many columns.
pub(crate) fn templates(templates: &Templates, columns: usize) -> String {
    let mut text = String::new();
    for template in &templates.templates {
        let note = if template.name == templates.starter { " (a new workspace starts with it)" } else { "" };
        let _ = writeln!(text, "{}{note}", template.name);
        let rows: Vec<_> = template
            .members
            .iter()
            .map(|member| {
                [
                    format!("  {}", member.name),
                    member.role.to_string(),
                    member.model.clone(),
                    member.tagline.clone(),
                ]
            })
            .collect();
        text.push_str(&table(&rows, columns));
    }
    text
}

pub(crate) fn complaints(team_file: &str, complaints: &[Complaint]) -> String {
    let mut text = String::new();
    let of = |severity| complaints.iter().filter(move |complaint| complaint.severity == severity);
    for complaint in complaints {
        let word = if complaint.severity == Severity::Error { "error" } else { "warning" };
        let _ = writeln!(text, "{word}: {}", plain(&complaint.to_string()));
    }
    let (errors, warnings) = (of(Severity::Error).count(), of(Severity::Warning).count());
    let verdict = match (errors, warnings) {
        (0, 0) => "all is well".to_owned(),
        _ => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let _ = writeln!(text, "{team_file}: {verdict}");
    text
}

pub(crate) fn initialised(report: &Initialised, program: &str) -> String {
    let mut text = format!("amatelier {}\n", report.version);
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(text, "{name:10}  {}", plain(value));
    };
    let template = report.template.as_deref().unwrap_or_default();
    row("workspace", &report.workspace);
    row(
        "team",
        &match report.team {
            Started::Made => format!("made from `{template}`"),
            Started::MadeAnew => format!("made anew from `{template}`"),
            Started::WasThere => "was there, and was left as it is (--force makes it anew)".to_owned(),
        },
    );
    row("", &report.members.join(", "));
    if let Some(backup) = &report.backup {
        row("", &format!("the old team file is kept as {backup}"));
    }
    row("mode", &format!("{} ({})", report.mode, report.because));
    let _ = write!(
        text,
        "\nNext:\n  {program} docs first-debate\n  {program} team new NAME --tagline \"what it stands for\"\n  \
         {program} roundtable --mode rehearsal --topic \"A question\" --briefing FILE.md\n"
    );
    text
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// Rows in columns; the last column is cut where the room ends.
pub(super) fn table<const N: usize>(rows: &[[String; N]], columns: usize) -> String {
    let widths: [usize; N] = std::array::from_fn(|column| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    });
    let before: usize = widths.iter().take(N.saturating_sub(1)).map(|width| width + 2).sum();
    let mut text = String::new();
    for row in rows {
        let mut whole = String::new();
        for (column, (cell, wide)) in row.iter().zip(widths).enumerate() {
            if column + 1 == N {
                whole.push_str(&line(cell, columns.saturating_sub(before).max(24)));
            } else {
                let _ = write!(whole, "{cell:wide$}  ");
            }
        }
        let _ = writeln!(text, "{}", whole.trim_end());
    }
    text
}

#[cfg(test)]
mod tests;
