//! What is left in the workspace when a debate is over.

use std::{fmt::Write as _, fs, path::Path};

use amatelier_debate::{Digest, MemberScore};
use amatelier_workspace::{BadFile, Realm, Workspace};

/// The result that was published last.
const LATEST: &str = "latest-result.md";

/// Write `digest-<id>.json` and `latest-result.md`. An older debate that was scored again is not the latest result.
pub(crate) fn publish(workspace: &Workspace, realm: Realm, digest: &Digest) -> Result<(), BadFile> {
    let name = file_name(&digest.roundtable_id);
    let folder = workspace.data(realm).join("digests");
    let again = folder.join(&name).exists();
    workspace.publish(realm, &name, &json(digest))?;
    if !again || is_latest(&folder.join(LATEST), digest) {
        workspace.publish(realm, LATEST, &latest(digest, &name))?;
    }
    Ok(())
}

/// Whether the result that was published last is of this debate; one that cannot be read is replaced.
fn is_latest(path: &Path, digest: &Digest) -> bool {
    let line = id_line(digest);
    fs::read_to_string(path).map_or(true, |text| text.lines().any(|own| own == line))
}

fn id_line(digest: &Digest) -> String {
    format!("- id: {}", digest.roundtable_id)
}

/// The name of a digest's file.
pub(crate) fn file_name(id: &str) -> String {
    format!("digest-{id}.json")
}

/// A digest as its file has it.
pub(crate) fn json(digest: &Digest) -> String {
    // A digest is made of maps with text keys, numbers and texts: it cannot fail to serialise.
    let mut text = serde_json::to_string_pretty(digest).unwrap_or_default();
    text.push('\n');
    text
}

fn latest(digest: &Digest, name: &str) -> String {
    let mut text = format!("# {}\n\n", digest.topic);
    if let Some(notice) = &digest.notice {
        let _ = writeln!(text, "> {notice}\n");
    }
    let stop =
        digest.stop.as_ref().map(|stop| format!("{} ({})", stop.reason, stop.detail)).unwrap_or_default();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}", id_line(digest));
    let _ = writeln!(text, "- time: {}", digest.timestamp);
    let _ = writeln!(text, "- rounds: {}", digest.rounds);
    let _ = writeln!(text, "- stopped: {stop}");
    let _ = writeln!(text, "- digest: {name}");
    scored(&mut text, digest);
    looked_up(&mut text, digest);
    text
}

/// The marks of every rubric, axis by axis.
fn scored(text: &mut String, digest: &Digest) {
    let own = &digest.scoring;
    let title = own.rubric.as_deref().map_or_else(|| own.status.clone(), one_line);
    let _ = writeln!(text, "\n## Scores ({title})\n");
    marked(text, &own.axes, &own.scores, own.reason.as_deref(), &own.notes);
    for other in &digest.other_scores {
        let _ = writeln!(text, "\n## Scores ({}, beside)\n", one_line(&other.rubric));
        marked(text, &other.axes, &other.scores, other.reason.as_deref(), &other.notes);
    }
}

fn marked(
    text: &mut String,
    axes: &[String],
    scores: &[MemberScore],
    reason: Option<&str>,
    notes: &[String],
) {
    if scores.is_empty() {
        let _ = writeln!(
            text,
            "No marks{}.",
            reason.map(|why| format!(": {}", one_line(why))).unwrap_or_default()
        );
    } else {
        let _ =
            writeln!(text, "| | {} | total |\n|---|{}---:|", axes.join(" | "), "---:|".repeat(axes.len()));
        for score in scores {
            let values = axes.iter().map(|axis| score.axes.get(axis).map(u32::to_string).unwrap_or_default());
            let values: Vec<String> = values.collect();
            let _ = writeln!(text, "| {} | {} | {} |", score.agent, values.join(" | "), score.score);
        }
        text.push('\n');
        for score in scores {
            if let Some(told) = score.told_evidence(axes) {
                let _ = writeln!(text, "- {}: {}", score.agent, one_line(&told));
            }
        }
    }
    for note in notes {
        let _ = writeln!(text, "- {}", one_line(note));
    }
}

/// What the Steward was asked, a line each, and the places that speeches named; ✓ is what a finding bears out.
fn looked_up(text: &mut String, digest: &Digest) {
    if digest.lookups.is_empty() && digest.citations.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## Looked up\n");
    for lookup in &digest.lookups {
        let _ = writeln!(text, "- {}", one_line(&lookup.told()));
    }
    for citation in &digest.citations {
        let _ = writeln!(text, "- {}", one_line(&citation.told()));
    }
}

/// What a member wrote cannot begin a line of its own.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
