//! Plugins, for people.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{line, plain};
use crate::commands::{Compared, Inspected, PluginImport};

// Writing to a String cannot fail, so the results below are dropped.

/// The most of a stranger's name that is shown, in characters.
const NAME: usize = 200;

/// What a file is.
pub(crate) fn inspected(inspected: &Inspected) -> String {
    let mut text = String::new();
    match &inspected.sheet {
        Some(sheet) => {
            let _ = writeln!(text, "{}", plain(&sheet.to_string()));
        }
        None => {
            let _ = writeln!(
                text,
                "a component that says nothing about itself: it can be named by its path in team.toml, with `allow`, and not be installed\n  \
                 can be called as {}\n  {} bytes, sha256 {}",
                inspected.worlds.join(", "),
                inspected.bytes,
                inspected.sha256
            );
        }
    }
    if let Some(plugin) = &inspected.plugin {
        for (what, most) in [
            ("MiB of memory", plugin.limits.memory_mib),
            ("requests to a model in a turn", plugin.limits.calls_per_turn),
        ] {
            if let Some(most) = most {
                let _ = writeln!(text, "It would like {most} {what}; this host may give less.");
            }
        }
        if !plugin.settings.is_empty() {
            text.push_str("\nIt can be set:\n");
        }
        for setting in &plugin.settings {
            let default = setting.default.as_ref().map(|default| format!(" = \"{}\"", line(default, NAME)));
            let words = setting.description.as_ref().map(|words| format!("  {}", line(words, NAME)));
            let [default, words] = [default, words].map(Option::unwrap_or_default);
            let _ = writeln!(text, "  {}{default}{words}", setting.key);
        }
        let source = plugin.source.as_ref().map(|source| format!(", source {}", line(source, NAME)));
        let _ =
            writeln!(text, "\nIt needs amatelier {} or newer{}", plugin.min_host, source.unwrap_or_default());
    }
    text.push_str(&imports(inspected));
    if !inspected.producers.is_empty() {
        let _ = writeln!(text, "\nIt was made with {}", line(&inspected.producers.join(", "), NAME));
    }
    for replaced in &inspected.replaces {
        let _ = writeln!(text, "\nInstalled, it would take the place of the bundled {replaced}");
    }
    if let Some(installed) = &inspected.installed {
        let _ = match installed {
            Compared { same: true, version, .. } => {
                writeln!(text, "\nThese bytes are installed, as version {version}")
            }
            Compared { held: true, version, .. } => {
                writeln!(
                    text,
                    "\nVersion {version} is installed; in its place this would be held, because it asks for more:"
                )
            }
            Compared { version, .. } => {
                writeln!(text, "\nVersion {version} is installed; this would take its place:")
            }
        };
        for change in installed.changes.iter().filter(|_| !installed.same) {
            let _ = writeln!(text, "  {}", plain(change));
        }
    }
    for note in &inspected.notes {
        let _ = writeln!(text, "note: {}", plain(note));
    }
    text
}

/// What it needs of this host, function by function, and which standard interfaces its language brought along.
fn imports(inspected: &Inspected) -> String {
    let is_ours = |import: &&PluginImport| import.name.starts_with("amatelier:");
    let mut text = String::new();
    for import in inspected.imports.iter().filter(is_ours).filter(|import| !import.functions.is_empty()) {
        let gap = if text.is_empty() { "\nIt calls:\n" } else { "" };
        let functions = line(&import.functions.join(", "), NAME);
        let _ = writeln!(text, "{gap}  {}: {functions}", line(&import.name, NAME));
    }
    let standard = inspected.imports.iter().filter(|import| !is_ours(import));
    let standard: BTreeSet<&str> =
        standard.map(|import| import.name.split('/').next().unwrap_or_default()).collect();
    if !standard.is_empty() {
        let standard = line(&standard.into_iter().collect::<Vec<_>>().join(", "), NAME);
        let _ = writeln!(
            text,
            "Its language brought {standard} along, which are answered as on an empty machine."
        );
    }
    text
}
