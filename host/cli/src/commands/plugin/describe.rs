//! What stands in a manifest, as JSON has it.

use amatelier_plugins::{Ask, Manifest, SettingLine, in_words};
use amatelier_types::Capability;
use serde::Serialize;

/// What stands in a manifest.
#[derive(Serialize)]
pub(crate) struct Described {
    pub id: String,
    pub version: String,
    pub description: String,
    pub license: String,
    pub min_host: String,
    pub authors: Vec<String>,
    pub source: Option<String>,
    pub capabilities: Vec<Asked>,
    pub limits: Limits,
    pub settings: Vec<Settable>,
}

/// A capability that is asked for.
#[derive(Serialize)]
pub(crate) struct Asked {
    pub capability: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Why, as the author says.
    pub reason: String,
    /// The labels of the models; null means any.
    pub labels: Option<Vec<String>>,
}

/// What it would like to have of what is limited.
#[derive(Serialize)]
pub(crate) struct Limits {
    pub memory_mib: Option<u32>,
    pub calls_per_turn: Option<u32>,
}

/// What an operator may set.
#[derive(Serialize)]
pub(crate) struct Settable {
    pub key: String,
    pub default: Option<String>,
    pub description: Option<String>,
}

impl From<&Manifest> for Described {
    fn from(manifest: &Manifest) -> Self {
        let asked = |(capability, ask): (&Capability, &Ask)| Asked {
            capability: capability.name(),
            means: in_words(*capability),
            reason: ask.reason.clone(),
            labels: ask.labels.as_ref().map(|labels| labels.iter().cloned().collect()),
        };
        let settable = |line: &SettingLine| Settable {
            key: line.key.clone(),
            default: line.default.clone(),
            description: line.description.clone(),
        };
        Described {
            id: manifest.id.to_string(),
            version: manifest.version.to_string(),
            description: manifest.description.clone(),
            license: manifest.license.clone(),
            min_host: manifest.min_host.to_string(),
            authors: manifest.authors.clone(),
            source: manifest.source.clone(),
            capabilities: manifest.asks.iter().map(asked).collect(),
            limits: Limits {
                memory_mib: manifest.limits.memory_mib,
                calls_per_turn: manifest.limits.calls_per_turn,
            },
            settings: manifest.settings.iter().map(settable).collect(),
        }
    }
}
