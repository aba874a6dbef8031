//! Checks on single values, by the keywords that speak about them alone.

use serde_json::{Map, Value};

use super::{Maker, Node};

/// Keywords that need no other value and no other schema.
const OWN: &[&str] = &[
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "not",
];

impl Maker<'_, '_> {
    /// Whether a value meets every such keyword of a node.
    pub(super) fn is_scalar_valid(&self, node: &Node<'_>, value: &Value) -> bool {
        node.parts.iter().all(|part| {
            let key = format!("scalar {:p}", std::ptr::from_ref(*part));
            self.passes(key, || own_part(part, self.root), value)
        })
    }

    /// Whether a text matches a pattern, by the rules of JSON Schema.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> bool {
        let key = format!("pattern {pattern}");
        self.passes(
            key,
            || serde_json::json!({ "type": "string", "pattern": pattern }),
            &Value::String(text.into()),
        )
    }
}

fn own_part(part: &Map<String, Value>, root: &Value) -> Value {
    let mut own: Map<String, Value> = part
        .iter()
        .filter(|(key, _)| OWN.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if own.get("not").is_some_and(|not| not.to_string().contains("\"$ref\"")) {
        own.remove("not");
    }
    if let Some(draft) = root.get("$schema") {
        own.insert("$schema".into(), draft.clone());
    }
    Value::Object(own)
}
