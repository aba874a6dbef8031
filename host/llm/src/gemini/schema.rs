//! JSON Schema in the older subset.
//!
//! `responseSchema` and `parameters` take a part of OpenAPI's schema object and refuse every word outside it. What the subset cannot say
//! is left out or said another way, so that everything the original accepts is still accepted; whether an answer meets the original is
//! the caller's to check. References are followed, to a bounded depth and a bounded number in all: a schema comes from a guest, and may
//! refer to itself many times.

use std::cell::Cell;

use serde_json::{Map, Value, json};

/// How deep a schema is followed; what lies deeper may be anything.
const DEEPEST: usize = 24;

/// How many parts are written; any further one may be anything. The largest schema known has some hundred.
const MOST_PARTS: usize = 5000;

/// Words that mean the same in both.
const KEPT: [&str; 13] = [
    "description",
    "enum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "pattern",
    "required",
];

/// The formats that the subset knows; another is refused.
const FORMATS: [&str; 7] = ["date-time", "double", "enum", "float", "int32", "int64", "time"];

/// This schema in the subset.
pub(crate) fn subset(schema: &Value) -> Value {
    Value::Object(Reader { root: schema, left: Cell::new(MOST_PARTS) }.object(schema, 0))
}

struct Reader<'a> {
    root: &'a Value,
    /// Parts that may still be written.
    left: Cell<usize>,
}

impl Reader<'_> {
    fn object(&self, schema: &Value, depth: usize) -> Map<String, Value> {
        let mut written = Map::new();
        let Some(fields) = schema.as_object().filter(|_| depth < DEEPEST) else { return written };
        let Some(left) = self.left.get().checked_sub(1) else { return written };
        self.left.set(left);
        if let Some(target) = fields.get("$ref").and_then(Value::as_str).and_then(|path| self.find(path)) {
            written = self.object(target, depth + 1);
        }
        for (word, value) in fields {
            let value = match word.as_str() {
                "format" if !value.as_str().is_some_and(|format| FORMATS.contains(&format)) => continue,
                // Only texts can be enumerated.
                "enum" if !texts(value) => continue,
                kept if KEPT.contains(&kept) => value.clone(),
                "const" if value.is_string() => {
                    written.insert("enum".into(), json!([value]));
                    continue;
                }
                "properties" => self.properties(value, depth),
                "items" if value.is_object() => Value::Object(self.object(value, depth + 1)),
                // One of them is one of any of them, as far as accepting goes.
                "anyOf" | "oneOf" => {
                    self.choices(value, depth, &mut written);
                    continue;
                }
                "allOf" => {
                    for part in value.as_array().into_iter().flatten() {
                        merge(&mut written, self.object(part, depth + 1));
                    }
                    continue;
                }
                _ => continue,
            };
            written.insert(word.clone(), value);
        }
        self.types(fields.get("type"), &mut written);
        written
    }

    fn properties(&self, value: &Value, depth: usize) -> Value {
        let fields = value.as_object().into_iter().flatten();
        fields.map(|(name, schema)| (name.clone(), Value::Object(self.object(schema, depth + 1)))).collect()
    }

    /// A choice without the null in it, which the subset has a word for.
    fn choices(&self, value: &Value, depth: usize, written: &mut Map<String, Value>) {
        let list: Vec<&Value> = value.as_array().into_iter().flatten().collect();
        let is_null = |schema: &&&Value| schema.get("type").and_then(Value::as_str) == Some("null");
        if list.iter().any(|schema| is_null(&schema)) {
            written.insert("nullable".into(), json!(true));
        }
        let rest: Vec<Map<String, Value>> = list
            .iter()
            .filter(|schema| !is_null(schema))
            .map(|schema| self.object(schema, depth + 1))
            .collect();
        match <[Map<String, Value>; 1]>::try_from(rest) {
            Ok([only]) => merge(written, only),
            Err(rest) => {
                written.insert("anyOf".into(), rest.into_iter().map(Value::Object).collect());
            }
        }
    }

    /// The type; a list of types has no place for more than one besides null.
    fn types(&self, value: Option<&Value>, written: &mut Map<String, Value>) {
        let list = match value {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if list.contains(&"null") {
            written.insert("nullable".into(), json!(true));
        }
        let rest: Vec<&str> = list.into_iter().filter(|name| *name != "null").collect();
        match rest.as_slice() {
            [] => {}
            [only] => {
                written.insert("type".into(), json!(only));
            }
            several => {
                let choices = several.iter().map(|name| json!({ "type": name })).collect();
                written.insert("anyOf".into(), choices);
            }
        }
    }

    /// What a reference inside this schema points at (RFC 6901).
    fn find(&self, reference: &str) -> Option<&Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }
}

fn texts(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
}

/// Add what is not there yet; properties and required names join.
fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (word, value) in from {
        match (into.get_mut(&word), value) {
            (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
            (Some(Value::Array(old)), Value::Array(new)) if word == "required" => {
                let fresh: Vec<Value> = new.into_iter().filter(|name| !old.contains(name)).collect();
                old.extend(fresh);
            }
            (Some(_), _) => {}
            (None, value) => {
                into.insert(word, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_subset_says_what_it_can_and_drops_the_rest() {
        for (schema, expected) in [
            (
                json!({"$schema": "x", "title": "T", "type": "object", "additionalProperties": false,
                       "properties": {"a": {"type": "string", "default": "b", "minLength": 1}}, "required": ["a"]}),
                json!({"type": "object", "properties": {"a": {"type": "string", "minLength": 1}}, "required": ["a"]}),
            ),
            (json!({"type": ["string", "null"]}), json!({"type": "string", "nullable": true})),
            (
                json!({"type": ["string", "integer"]}),
                json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
            ),
            (json!({"const": "yes"}), json!({"enum": ["yes"]})),
            (json!({"const": 3, "type": "integer"}), json!({"type": "integer"})),
            (json!({"type": "integer", "enum": [0, 1, 2, 3, 10]}), json!({"type": "integer"})),
            (json!({"type": "string", "format": "uuid"}), json!({"type": "string"})),
            (
                json!({"type": "string", "format": "date-time"}),
                json!({"type": "string", "format": "date-time"}),
            ),
            (
                json!({"anyOf": [{"type": "null"}, {"type": "array", "items": {"type": "number"}}]}),
                json!({"nullable": true, "type": "array", "items": {"type": "number"}}),
            ),
            (
                json!({"oneOf": [{"type": "string"}, {"type": "number"}]}),
                json!({"anyOf": [{"type": "string"}, {"type": "number"}]}),
            ),
            (
                json!({"allOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["a", "b"], "properties": {"b": {}}}]}),
                json!({"required": ["a", "b"], "properties": {"a": {}, "b": {}}}),
            ),
            (
                json!({"$defs": {"m": {"type": "integer"}}, "type": "array", "items": {"$ref": "#/$defs/m"}}),
                json!({"type": "array", "items": {"type": "integer"}}),
            ),
            (json!(true), json!({})),
        ] {
            assert_eq!(subset(&schema), expected, "{schema}");
        }
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = json!({"type": "object", "properties": {"child": {"$ref": "#"}}});
        assert_eq!(subset(&schema)["properties"]["child"]["type"], "object");
        assert_eq!(subset(&json!({"$ref": "#"})), json!({}));
    }

    #[test]
    fn a_schema_that_multiplies_with_every_level_is_bounded() {
        let wide = json!({"properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}, "c": {"$ref": "#"}}});
        assert!(subset(&wide).to_string().len() < MOST_PARTS * 40);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[{}\\[\\]\",:a-z$#/0-9]{0,60}") {
            if let Ok(schema) = serde_json::from_str(&text) {
                subset(&schema);
            }
        }
    }
}
