//! What the Steward says without a debate, for people.

use std::fmt::Write as _;

use amatelier_engine::Grounded;
use amatelier_steward::{Excerpt, Finding, Hits};

use super::{line, plain};

// Writing to a String cannot fail, so the results below are dropped.

/// What is registered and what is not.
pub(crate) fn registered(grounded: &Grounded) -> String {
    let mut text = format!("{} files registered beneath {}\n", grounded.files.len(), shown(&grounded.root));
    let widest = grounded.files.iter().map(|file| file.name.chars().count()).max().unwrap_or_default();
    for file in &grounded.files {
        let name = line(&file.name, 400);
        let _ = writeln!(text, "  {name:widest$}  {:>10} bytes  sha256 {}", file.bytes, file.sha256.short());
    }
    if !grounded.warnings.is_empty() {
        text.push_str("\nNot registered\n");
    }
    for warning in &grounded.warnings {
        let _ = writeln!(text, "  {}", line(&warning.to_string(), 600));
    }
    text
}

/// Lines of a file with their numbers.
pub(crate) fn excerpt(excerpt: &Excerpt) -> String {
    let wide = excerpt.last_line.to_string().len();
    let lines = (excerpt.first_line..).zip(excerpt.text.split('\n'));
    lines.map(|(number, line)| format!("{number:>wide$}  {}\n", plain(line))).collect()
}

/// Lines that match, with their places.
pub(crate) fn hits(hits: &Hits) -> String {
    hits.hits
        .iter()
        .map(|hit| format!("{}:{}: {}\n", line(&hit.file, 400), hit.line, plain(&hit.text)))
        .collect()
}

/// An answer as a member reads it, and who gave it.
pub(crate) fn finding(finding: &Finding) -> String {
    let mut text = format!("{}\n", plain(finding.text.trim_end()));
    let _ = match &finding.model {
        Some(model) => writeln!(text, "\nanswered by {} in {} rounds", line(model, 80), finding.rounds),
        None => Ok(()),
    };
    for file in &finding.files {
        let _ =
            writeln!(text, "read {}, {} bytes, sha256 {}", line(&file.name, 400), file.bytes, file.sha256);
    }
    text
}

fn shown(path: &std::path::Path) -> String {
    line(&path.display().to_string(), 400)
}
