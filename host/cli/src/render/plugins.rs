//! Installed plugins, for people.

use std::fmt::Write as _;

use amatelier_engine::plugins::PluginStatistics;

use super::{line, plain, team::table};
use crate::commands::{
    Changed, Done, Kept, Measured, PluginListed, PluginListing, PluginState, Shown, Verified,
};

// Writing to a String cannot fail, so the results below are dropped.

/// The most of a text from outside that is shown on a line, in characters.
const SHOWN: usize = 200;

/// What there is, in at most so many columns: a row each, and below it what is the matter.
pub(crate) fn plugins(listing: &PluginListing, columns: usize) -> String {
    if listing.plugins.is_empty() {
        return "no plugin is installed, and the team names none by its path; --all lists the bundled ones\n"
            .into();
    }
    let mut rows = vec![["plugin", "version", "state", "as", "sha256", "from"].map(str::to_owned)];
    rows.extend(listing.plugins.iter().map(row));
    let table = table(&rows, columns);
    let mut lines = table.lines();
    let mut text = format!("{}\n", lines.next().unwrap_or_default());
    for (row, listed) in lines.zip(&listing.plugins) {
        let _ = writeln!(text, "{row}");
        text.push_str(&below(listed));
    }
    text
}

fn row(listed: &PluginListed) -> [String; 6] {
    let from = match listed.kept {
        Kept::Installed => listed.source.clone().unwrap_or_default(),
        Kept::Bundled => "bundled".into(),
        Kept::ByPath => "by path: yours, not locked".into(),
    };
    let sha256 = listed.sha256.map(|digest| digest.short()).unwrap_or_default();
    let version = listed.version.clone().unwrap_or_default();
    [line(&listed.name, 64), version, listed.state.word().into(), worlds(listed), sha256, plain(&from)]
}

/// The extension points, without the names of their contracts.
fn worlds(listed: &PluginListed) -> String {
    let short = |world: &String| {
        let package = world.split('/').next().unwrap_or_default();
        package.rsplit(':').next().unwrap_or_default().to_owned()
    };
    line(&listed.worlds.iter().map(short).collect::<Vec<_>>().join(", "), 60)
}

/// Why it stands where it stands, who is seated with it, and what to type.
fn below(listed: &PluginListed) -> String {
    let mut text = String::new();
    let mut say = |what: &str| {
        for part in plain(what).lines() {
            let _ = writeln!(text, "  {part}");
        }
    };
    if let Some(why) = &listed.why {
        say(why);
    }
    if let Some(next) = &listed.next {
        say(&format!("next: {next}"));
    }
    if !listed.seats.is_empty() {
        say(&format!("seated: {}", listed.seats.join(", ")));
    }
    if let Some(measured) = &listed.measured {
        say(&numbers(measured));
    }
    text
}

/// What was measured: how often, how long, how much, and what went wrong.
fn numbers(measured: &Measured) -> String {
    let PluginStatistics { calls, p50_micros, p99_micros, failures, denials, .. } = &measured.numbers;
    let milliseconds = |micros: &u64| format!("{}.{:01}", micros / 1000, micros % 1000 / 100);
    let plural = if *calls == 1 { "call" } else { "calls" };
    let failed = failures.denied + failures.limits + failures.guest_errors + failures.host_faults;
    format!(
        "{calls} {plural} in {}: p50 {} ms, p99 {} ms, at most {:.1} MiB; {denials} denied, {} trapped, {failed} failed otherwise; {} tokens",
        measured.of,
        milliseconds(p50_micros),
        milliseconds(p99_micros),
        measured.numbers.peak_memory_bytes as f64 / f64::from(1 << 20),
        failures.traps,
        measured.numbers.input_tokens + measured.numbers.output_tokens,
    )
}

/// Everything about one plugin.
pub(crate) fn plugin_shown(shown: &Shown) -> String {
    let (listed, plugin) = (&shown.listed, &shown.plugin);
    let mut text = format!("{} {}: \"{}\"\n", plugin.id, plugin.version, plain(&plugin.description));
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(text, "{name:10}  {}", line(value, 400));
    };
    row("state", listed.state.word());
    for (name, value) in [("why", &listed.why), ("next", &listed.next)] {
        if let Some(value) = value {
            row(name, value);
        }
    }
    row("as", &listed.worlds.join(", "));
    row("from", listed.source.as_deref().unwrap_or_default());
    if let Some(sha256) = listed.sha256 {
        row("sha256", &sha256.to_string());
    }
    let authors = if plugin.authors.is_empty() { "nobody says" } else { &plugin.authors.join(", ") };
    row("made by", &format!("{authors}, licence {}", plugin.license));
    if !listed.seats.is_empty() {
        row("seated", &listed.seats.join(", "));
    }
    if let Some(measured) = &listed.measured {
        row("measured", &numbers(measured));
    }
    for asked in &plugin.capabilities {
        let granted = shown
            .granted
            .as_ref()
            .and_then(|granted| granted.iter().find(|own| own.split('=').next() == Some(asked.capability)));
        let models = asked.labels.as_ref().map(|labels| format!(" for models {}", labels.join(", ")));
        row("asks for", &format!("{}{}: {}", asked.capability, models.unwrap_or_default(), asked.means));
        row("", &format!("its author says: \"{}\"", asked.reason));
        row("", &granted.map_or_else(|| "not granted".to_owned(), |granted| format!("granted: {granted}")));
    }
    if plugin.capabilities.is_empty() {
        row("asks for", "nothing");
    }
    if let Some(held) = &listed.held {
        row("held", &format!("version {}, sha256 {}", held.version, held.sha256));
        for change in &held.changes {
            row("", change);
        }
    }
    for (at, previous) in shown.previous.iter().enumerate() {
        let name = if at == 0 { "before" } else { "" };
        row(name, &format!("version {}, sha256 {}", previous.version, previous.sha256));
    }
    text
}

/// What was done.
pub(crate) fn changed(changed: &Changed) -> String {
    let listed = &changed.listed;
    let (name, version) = (&listed.name, listed.version.clone().unwrap_or_default());
    let from = changed.from.as_deref().unwrap_or_default();
    let mut text = match changed.done {
        Done::Installed => format!("installed: {name} {version}\n"),
        Done::Same => format!("installed already: {name} {version}\n"),
        Done::Updated => format!("updated: {name} {from} is now {version}\n"),
        Done::Held => {
            let newer = listed.held.as_ref().map(|held| held.version.clone()).unwrap_or_default();
            format!("held: {name} {newer} asks for more than {version}, which stays\n")
        }
        Done::Refused => format!("forgotten: the version of {name} that was held; {version} stays\n"),
        Done::RolledBack => format!("rolled back: {name} {from} is now {version}\n"),
        Done::Granted => format!("granted: {name} {version}\n"),
        Done::Revoked => format!("revoked: {name} {version}, from its next call on\n"),
        Done::Disabled => format!("disabled: {name} {version}; debates that seat it are refused\n"),
        Done::Enabled => format!("enabled: {name} {version}\n"),
        Done::Removed => format!("removed: {name} {version}, with its grants\n"),
        Done::Unchanged => format!("unchanged: {name} {version}\n"),
    };
    for change in &changed.changes {
        let _ = writeln!(text, "  {}", plain(change));
    }
    if changed.done == Done::Removed {
        return text;
    }
    if let Some(granted) = &changed.granted {
        let granted = if granted.is_empty() { "nothing".to_owned() } else { granted.join(", ") };
        let _ = writeln!(text, "  it may use: {}", line(&granted, SHOWN));
    }
    let _ = writeln!(text, "  state: {}", listed.state.word());
    if listed.state != PluginState::NeedsGrant {
        // What waits for a grant is said on stderr, loudly.
        for (name, value) in [("why", &listed.why), ("next", &listed.next)] {
            if let Some(value) = value {
                let _ = writeln!(text, "  {name}: {}", line(value, 400));
            }
        }
    }
    text
}

/// What is not as it should be.
pub(crate) fn verified(verified: &Verified) -> String {
    let mut text = String::new();
    for found in &verified.findings {
        let word = if found.refused { "error" } else { "note" };
        let _ = writeln!(text, "{word}: {}", plain(&found.what));
    }
    let verdict = if verified.intact { "as locked" } else { "not as locked" };
    let plural = if verified.plugins == 1 { "plugin" } else { "plugins" };
    let _ = writeln!(text, "{} {plural}: {verdict}", verified.plugins);
    text
}
