//! From a text to a manifest.

use std::collections::{BTreeMap, BTreeSet};

use amatelier_types::{Capability, nearest};
use semver::Version;

use super::{Ask, Authored, LimitRequests, Manifest, ManifestError, PluginId, Recipe, SettingLine};
use crate::{
    Problem,
    document::{Fields, Node, Problems, Value, read_json, read_toml},
    plain_text::Quoted,
};

/// The longest description, in characters.
const DESCRIPTION: usize = 200;
/// The longest licence, author or source, in characters.
const SHORT: usize = 120;
/// The most authors.
const AUTHORS: usize = 16;
/// The longest version, in bytes, of anything.
const VERSION: usize = 64;

/// What a manifest has, and what its author may write besides.
const KEYS: [&str; 5] = ["schema", "plugin", "capabilities", "limits", "settings"];
const AUTHORS_KEYS: [&str; 6] = ["schema", "plugin", "capabilities", "limits", "settings", "build"];

const CAPABILITY: &str = r#""llm.complete" = { reason = "writes its questions" }"#;

impl Manifest {
    /// Read `plugin.toml`. Its table `[build]` is looked at and left behind: see [`Authored`].
    ///
    /// # Errors
    /// [`ManifestError`]; all problems at once, each with its line.
    pub fn of_toml(text: &str, host: &Version) -> Result<Self, ManifestError> {
        Authored::of_toml(text, host).map(|authored| authored.manifest)
    }

    /// Read what stands in a component.
    ///
    /// # Errors
    /// [`ManifestError`]; all problems at once, each with its JSON pointer. Another encoding than the canonical one is an error.
    pub fn of_json(bytes: &[u8], host: &Version) -> Result<Self, ManifestError> {
        small(bytes.len())?;
        let text = std::str::from_utf8(bytes).map_err(|_| ManifestError::NotText)?;
        let node = read_json(bytes).map_err(|problem| ManifestError::Problems(vec![problem]))?;
        let manifest = whole(&node, host, |problems| read(&node, &KEYS, problems))?;
        if manifest.to_json() == text { Ok(manifest) } else { Err(ManifestError::NotCanonical) }
    }
}

impl Authored {
    /// Read `plugin.toml` as its author's tools do.
    ///
    /// # Errors
    /// [`ManifestError`]; all problems at once, each with its line.
    pub fn of_toml(text: &str, host: &Version) -> Result<Self, ManifestError> {
        small(text.len())?;
        let node = read_toml(text).map_err(ManifestError::Problems)?;
        whole(&node, host, |problems| {
            let recipe = node.get("build").map(|build| Recipe::read(build, problems));
            let manifest = read(&node, &AUTHORS_KEYS, problems)?;
            Some(Authored { manifest, recipe: recipe.flatten() })
        })
    }
}

/// Read something by rules that note what is wrong: either it is there as a whole, or everything that is wrong with it.
fn whole<T>(
    node: &Node,
    host: &Version,
    read: impl FnOnce(&Problems) -> Option<T>,
) -> Result<T, ManifestError> {
    for_this_host(node, host)?;
    let problems = Problems::default();
    let read = read(&problems);
    match (read, problems.found()) {
        (_, Some(found)) => Err(ManifestError::Problems(found)),
        (Some(read), None) => Ok(read),
        // Whatever is left out is a problem, so this is not reached; were it, it would be no manifest either.
        (None, None) => Err(ManifestError::Problems(vec![Problem {
            place: node.place.clone(),
            what: "the manifest is incomplete".into(),
            remedy: "compare it with one that `amatelier plugin new` writes".into(),
        }])),
    }
}

fn small(bytes: usize) -> Result<(), ManifestError> {
    if bytes > Manifest::BYTES { Err(ManifestError::TooLarge { bytes }) } else { Ok(()) }
}

/// Whether the rest may be read by this host's rules at all.
fn for_this_host(node: &Node, host: &Version) -> Result<(), ManifestError> {
    if let Some(Node { value: Value::Whole(found), .. }) = node.get("schema")
        && *found > i64::from(Manifest::SCHEMA)
    {
        return Err(ManifestError::NewSchema { found: *found });
    }
    let plugin = node.get("plugin");
    let text = |key: &str| plugin.and_then(|plugin| plugin.get(key)).and_then(Node::text);
    let min_host = text("min-host").filter(|text| text.len() <= VERSION);
    match min_host.and_then(|text| Version::parse(text).ok()) {
        Some(min_host) if min_host > *host => {
            Err(ManifestError::NewerHost { id: text("id").map(Into::into), min_host, host: host.clone() })
        }
        _ => Ok(()),
    }
}

fn read(node: &Node, keys: &[&str], problems: &Problems) -> Option<Manifest> {
    let top = Fields::of(node, "", keys, problems)?;
    if let Some(schema) = top.needed("schema", "schema = 1")
        && schema.value != Value::Whole(Manifest::SCHEMA.into())
    {
        problems.add(&schema.place, "`schema` is not one that this host reads", "write `schema = 1`");
    }
    let asks = top.perhaps("capabilities").map(|node| asks(node, problems)).unwrap_or_default();
    let limits = top.perhaps("limits").and_then(|node| limits(node, problems)).unwrap_or_default();
    let settings = settings(&top, problems);
    let plugin = top.needed("plugin", "[plugin]")?;
    let keys = ["id", "version", "description", "license", "min-host", "authors", "source"];
    let plugin = Fields::of(plugin, "plugin.", &keys, problems)?;
    // Each is looked at before any is missed.
    let id = plugin.needed_parsed::<PluginId>("id", "id = \"socratic\"");
    let version = version(&plugin, "version", problems);
    let description = plugin.needed_line(
        "description",
        "description = \"Answers every claim with a question.\"",
        DESCRIPTION,
    );
    let license = license(&plugin, problems);
    let min_host = self::version(&plugin, "min-host", problems);
    let authors = plugin.perhaps_lines("authors", AUTHORS, SHORT).unwrap_or_default();
    let source = source(&plugin, problems);
    Some(Manifest {
        id: id?,
        version: version?,
        description: description?,
        license: license?,
        min_host: min_host?,
        authors,
        source,
        asks,
        limits,
        settings,
    })
}

fn version(plugin: &Fields<'_>, key: &str, problems: &Problems) -> Option<Version> {
    let example = format!("{key} = \"0.1.0\"");
    let node = plugin.needed(key, &example)?;
    if node.text().is_some_and(|text| text.len() > VERSION) {
        let what = format!("`plugin.{key}` is longer than {VERSION} characters");
        problems.add(&node.place, what, format!("write something like `{example}`"));
        return None;
    }
    plugin.needed_parsed(key, &example)
}

/// Its letters are checked, not whether SPDX has such a licence: lists of licences grow.
fn license(plugin: &Fields<'_>, problems: &Problems) -> Option<String> {
    let license = plugin.needed_line("license", "license = \"MIT\"", SHORT)?;
    let is_expression = license
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+' | ':' | '(' | ')' | ' '));
    if !is_expression && let Some(node) = plugin.perhaps("license") {
        let what = format!("`plugin.license` is {}, which is no SPDX expression", Quoted(&license));
        problems.add(&node.place, what, "write something like `license = \"MIT OR Apache-2.0\"`");
        return None;
    }
    Some(license)
}

fn source(plugin: &Fields<'_>, problems: &Problems) -> Option<String> {
    let source = plugin.perhaps_line("source", SHORT)?;
    let is_url = source.strip_prefix("https://").is_some_and(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"`{}|\\^".contains(&byte))
    });
    if !is_url && let Some(node) = plugin.perhaps("source") {
        let what = format!("`plugin.source` is {}, which is no https address", Quoted(&source));
        problems.add(&node.place, what, "write something like `source = \"https://example.org/socratic\"`");
        return None;
    }
    Some(source)
}

fn asks(node: &Node, problems: &Problems) -> BTreeMap<Capability, Ask> {
    let mut asks = BTreeMap::new();
    let Some(entries) = node.entries() else {
        let what = format!("`capabilities` must be a table, not {}", node.kind());
        problems.add(&node.place, what, format!("write `[capabilities]`, and below it {CAPABILITY}"));
        return asks;
    };
    for entry in entries {
        let Ok(capability) = entry.key.parse::<Capability>() else {
            let known = Capability::ALL.map(Capability::name);
            let near = (entry.key.len() <= 100).then(|| nearest(&entry.key, known)).flatten();
            let remedy = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("take it out; known are {}", known.join(", ")),
            };
            problems.add(&entry.place, format!("{} is no capability", Quoted(&entry.key)), remedy);
            continue;
        };
        if let Some(ask) = ask(capability, &entry.node, problems) {
            asks.insert(capability, ask);
        }
    }
    asks
}

fn ask(capability: Capability, node: &Node, problems: &Problems) -> Option<Ask> {
    // The one place where the name of a table is the author's; problems name its line or pointer, so the prefix stays general.
    let fields = Fields::of(node, "capabilities.", &["reason", "labels"], problems)?;
    let reason =
        fields.needed_line("reason", "reason = \"what you need it for\", for whoever grants it", Ask::REASON);
    let talks = matches!(capability, Capability::LlmComplete | Capability::LlmEmbed);
    if !talks && let Some(node) = fields.perhaps("labels") {
        let what = format!("`{capability}` has no labels: it reaches no model");
        problems.add(&node.place, what, "take `labels` out");
        return None;
    }
    let labels = fields.perhaps_lines("labels", Ask::LABELS, Ask::LABEL);
    if let Some(node) = fields.perhaps("labels")
        && matches!(&node.value, Value::List(items) if items.is_empty())
    {
        let what = format!("`{capability}` asks for no model at all");
        problems.add(&node.place, what, "name labels, or take `labels` out to take what the operator has");
    }
    Some(Ask { reason: reason?, labels: labels.map(|labels| labels.into_iter().collect::<BTreeSet<_>>()) })
}

fn limits(node: &Node, problems: &Problems) -> Option<LimitRequests> {
    let fields = Fields::of(node, "limits.", &["memory-mib", "calls-per-turn"], problems)?;
    Some(LimitRequests {
        memory_mib: fields.perhaps_whole("memory-mib", 1..=LimitRequests::MEMORY_MIB),
        calls_per_turn: fields.perhaps_whole("calls-per-turn", 1..=LimitRequests::CALLS_PER_TURN),
    })
}

fn settings(top: &Fields<'_>, problems: &Problems) -> Vec<SettingLine> {
    let mut settings: Vec<SettingLine> = Vec::new();
    for node in top.perhaps_list("settings", SettingLine::MOST).unwrap_or_default() {
        let Some(fields) = Fields::of(node, "settings.", &["key", "default", "description"], problems) else {
            continue;
        };
        let key = fields.needed_parsed::<PluginId>("key", "key = \"tone\"");
        let default = fields.perhaps("default").and_then(|node| default(node, problems));
        let description = fields.perhaps_line("description", SettingLine::DESCRIPTION);
        let Some(key) = key.map(|key| key.as_str().to_owned()) else { continue };
        if settings.iter().any(|other| other.key == key) {
            problems.add(&node.place, format!("the setting `{key}` is there twice"), "leave one of them");
        }
        settings.push(SettingLine { key, default, description });
    }
    settings
}

/// A text with lines, or a number or a yes or no as the plugin will read it.
fn default(node: &Node, problems: &Problems) -> Option<String> {
    let most = SettingLine::DEFAULT;
    match &node.value {
        Value::Whole(whole) => return Some(whole.to_string()),
        Value::Truth(truth) => return Some(truth.to_string()),
        Value::Text(text) if text.chars().nth(most).is_some() => {
            let what = format!("`settings.default` is longer than {most} characters");
            problems.add(&node.place, what, "shorten it; long texts belong in the persona's documents");
        }
        Value::Text(text) if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) => {
            problems.add(&node.place, "`settings.default` holds control characters", "take them out");
        }
        Value::Text(text) => return Some(text.clone()),
        _ => {
            let what = format!("`settings.default` must be a text or a number, not {}", node.kind());
            problems.add(&node.place, what, "write it in quotes");
        }
    }
    None
}
