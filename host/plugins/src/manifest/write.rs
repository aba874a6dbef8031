//! From a manifest to its canonical form.

use serde_json::{Map, Value, json};

use super::{Ask, Manifest};
use crate::document::canonical;

impl Manifest {
    /// The canonical form: JSON with sorted keys and no blanks; what is not there is left out.
    pub fn to_json(&self) -> String {
        let mut plugin = Map::new();
        plugin.insert("id".into(), self.id.as_str().into());
        plugin.insert("version".into(), self.version.to_string().into());
        plugin.insert("description".into(), self.description.as_str().into());
        plugin.insert("license".into(), self.license.as_str().into());
        plugin.insert("min-host".into(), self.min_host.to_string().into());
        if !self.authors.is_empty() {
            plugin.insert("authors".into(), self.authors.clone().into());
        }
        perhaps(&mut plugin, "source", self.source.clone());
        let mut top = Map::new();
        top.insert("schema".into(), Manifest::SCHEMA.into());
        top.insert("plugin".into(), plugin.into());
        let asks: Map<_, _> = self.asks.iter().map(|(asked, ask)| (asked.to_string(), of_ask(ask))).collect();
        if !asks.is_empty() {
            top.insert("capabilities".into(), asks.into());
        }
        let mut limits = Map::new();
        perhaps(&mut limits, "memory-mib", self.limits.memory_mib);
        perhaps(&mut limits, "calls-per-turn", self.limits.calls_per_turn);
        if !limits.is_empty() {
            top.insert("limits".into(), limits.into());
        }
        let settings = self.settings.iter().map(|setting| {
            let mut line = Map::new();
            line.insert("key".into(), setting.key.as_str().into());
            perhaps(&mut line, "default", setting.default.clone());
            perhaps(&mut line, "description", setting.description.clone());
            Value::from(line)
        });
        if !self.settings.is_empty() {
            top.insert("settings".into(), settings.collect());
        }
        canonical(&top.into())
    }
}

fn of_ask(ask: &Ask) -> Value {
    match &ask.labels {
        Some(labels) => json!({ "reason": ask.reason, "labels": labels }),
        None => json!({ "reason": ask.reason }),
    }
}

fn perhaps(map: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        map.insert(key.into(), value.into());
    }
}
