//! What is left in the workspace when a debate is over.

use std::fmt::Write as _;

use amatelier_debate::Digest;
use amatelier_workspace::{BadFile, Realm, Workspace};

/// Write `digest-<id>.json` and `latest-result.md`.
pub(crate) fn publish(workspace: &Workspace, realm: Realm, digest: &Digest) -> Result<(), BadFile> {
    let name = file_name(&digest.roundtable_id);
    workspace.publish(realm, &name, &json(digest))?;
    workspace.publish(realm, "latest-result.md", &latest(digest, &name))?;
    Ok(())
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
    let _ = writeln!(text, "- id: {}", digest.roundtable_id);
    let _ = writeln!(text, "- time: {}", digest.timestamp);
    let _ = writeln!(text, "- rounds: {}", digest.rounds);
    let _ = writeln!(text, "- stopped: {stop}");
    let _ = writeln!(text, "- digest: {name}");
    looked_up(&mut text, digest);
    text
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
