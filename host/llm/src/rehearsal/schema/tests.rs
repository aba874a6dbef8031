//! Hand-picked schemas, and generated ones that are satisfiable by construction.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn hints() -> Hints {
    Hints {
        document: json!({ "reason": "because it is so", "verdict": "proceed", "value": 2 }),
        sentences: vec!["The first sentence.".into(), "A second one, longer than the first.".into()],
    }
}

fn make(schema: &Value) -> Value {
    let made = instance(schema, &hints(), [3; 32]).unwrap_or_else(|error| panic!("{error}: {schema}"));
    assert!(jsonschema::is_valid(schema, &made), "{made} for {schema}");
    made
}

#[test]
fn every_keyword_is_met() {
    let tree = json!({ "type": "object", "required": ["next"], "properties": {
        "next": { "anyOf": [{ "$ref": "#/$defs/node" }, { "type": "null" }] } } });
    for schema in [
        json!(true),
        json!({}),
        json!({ "type": ["null", "integer"], "minimum": 4 }),
        json!({ "enum": ["a", 3, null], "type": "integer" }),
        json!({ "const": { "a": [1, 2] } }),
        json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }),
        json!({ "type": "number", "multipleOf": 0.1, "minimum": 0.25, "maximum": 0.35 }),
        json!({ "type": "integer", "allOf": [{ "multipleOf": 6 }, { "multipleOf": 4 }], "minimum": 1 }),
        json!({ "type": "integer", "maximum": -7 }),
        json!({ "properties": { "value": { "type": "number", "exclusiveMinimum": 0.0, "exclusiveMaximum": 0.1 } }, "required": ["value"] }),
        json!({ "type": "string", "minLength": 300, "maxLength": 310 }),
        json!({ "type": "string", "maxLength": 0 }),
        json!({ "type": "string", "pattern": "^[A-Z]{2}[0-9]{3,5}(-x)?$" }),
        json!({ "type": "string", "pattern": "^[a-z]+$", "minLength": 30 }),
        json!({ "type": "string", "format": "date-time" }),
        json!({ "type": "string", "format": "uuid" }),
        json!({ "type": "string", "format": "email" }),
        json!({ "type": "string", "format": "uri" }),
        json!({ "type": "string", "format": "ipv6" }),
        json!({ "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 5 }, "minItems": 5, "uniqueItems": true }),
        json!({ "type": "array", "items": { "enum": ["a", "b", "c"] }, "minItems": 3, "uniqueItems": true }),
        json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "boolean" }], "items": false, "minItems": 2 }),
        json!({ "type": "array", "contains": { "const": 42 }, "minContains": 2, "items": { "type": "integer" } }),
        json!({ "type": "array", "maxItems": 0 }),
        json!({ "type": "object", "patternProperties": { "^x_": { "type": "integer" } }, "additionalProperties": false, "minProperties": 3 }),
        json!({ "type": "object", "minProperties": 2, "additionalProperties": { "type": "boolean" } }),
        json!({ "type": "object", "propertyNames": { "pattern": "^[a-z]{4}$" }, "minProperties": 2 }),
        json!({ "type": "object", "required": ["a"], "dependentRequired": { "a": ["b"] }, "properties": { "b": { "const": 1 } } }),
        json!({ "oneOf": [{ "type": "number", "multipleOf": 5 }, { "type": "number", "multipleOf": 3 }] }),
        json!({ "type": "integer", "minimum": 0, "maximum": 3, "not": { "enum": [0, 1, 2] } }),
        json!({ "type": "string", "not": { "const": "The first sentence." } }),
        json!({ "type": "object", "properties": { "k": { "enum": ["a", "b"] } }, "required": ["k"],
            "if": { "properties": { "k": { "const": "b" } } }, "then": { "required": ["b"] }, "else": { "required": ["c"] } }),
        json!({ "allOf": [{ "type": "object", "required": ["a"] }, { "properties": { "a": { "type": "integer" } } },
            { "properties": { "a": { "minimum": 10 } } }] }),
        json!({ "$defs": { "node": tree }, "$ref": "#/$defs/node" }),
        json!({ "$defs": { "n": { "type": "object", "properties": { "kids": { "type": "array", "items": { "$ref": "#/$defs/n" } } },
            "required": ["kids"] } }, "$ref": "#/$defs/n" }),
        json!({ "type": "object", "properties": { "self": { "$ref": "#" } }, "additionalProperties": false }),
        json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": { "p": { "type": "integer", "exclusiveMinimum": 3 } },
            "type": "array", "items": [{ "$ref": "#/definitions/p" }], "additionalItems": false, "minItems": 1 }),
        json!({ "type": "object", "properties": { "a": { "$anchor": "here", "type": "string" }, "b": { "$ref": "#here" } }, "required": ["b"] }),
    ] {
        make(&schema);
    }
}

#[test]
fn hints_are_taken_where_they_fit() {
    let schema = json!({ "type": "object", "required": ["verdict", "reason"], "additionalProperties": false,
        "properties": { "verdict": { "enum": ["converged", "proceed"] }, "reason": { "type": "string" } } });
    assert_eq!(make(&schema), json!({ "verdict": "proceed", "reason": "because it is so" }));
    let schema = json!({ "type": "object", "required": ["inner"], "properties": { "inner": { "type": "object", "required": ["reason", "value"],
        "properties": { "reason": { "type": "string", "maxLength": 10 }, "value": { "type": "integer", "minimum": 5 } } } } });
    let made = make(&schema);
    assert_eq!(made["inner"]["reason"], "because it");
    assert_ne!(made["inner"]["value"], 2);
    assert_eq!(make(&json!({ "type": "object" })), hints().document);
    let empty = Hints { document: json!({ "list": [] }), sentences: Vec::new() };
    let schema = json!({ "properties": { "list": { "type": "array", "items": { "type": "string" } } }, "required": ["list"] });
    assert_eq!(instance(&schema, &empty, [1; 32]).unwrap(), empty.document);
}

#[test]
fn what_nothing_can_meet_is_said_so() {
    for schema in [
        json!(false),
        json!({ "type": "integer", "minimum": 5, "maximum": 4 }),
        json!({ "type": "array", "items": { "enum": [1] }, "minItems": 2, "uniqueItems": true }),
        json!({ "$defs": { "n": { "type": "object", "required": ["n"], "properties": { "n": { "$ref": "#/$defs/n" } } } }, "$ref": "#/$defs/n" }),
    ] {
        assert!(
            instance(&schema, &hints(), [1; 32]).unwrap_err().contains("no answer meets the schema"),
            "{schema}"
        );
    }
    for schema in [
        json!({ "type": "nonsense" }),
        json!({ "$ref": "https://example.org/elsewhere" }),
        json!({ "pattern": "(" }),
        json!([1]),
    ] {
        assert!(instance(&schema, &hints(), [1; 32]).unwrap_err().contains("cannot be used"), "{schema}");
    }
}

/// Schemas that have an instance, built from the inside out.
fn satisfiable() -> impl Strategy<Value = Value> {
    let integer = (-50_i64..50, 0_i64..40, 1_i64..5).prop_map(|(low, room, step)| {
        json!({ "type": "integer", "minimum": low, "maximum": low + room.max(step), "multipleOf": step })
    });
    let number = (-9.0_f64..9.0, 0.1_f64..3.0).prop_map(
        |(low, room)| json!({ "type": "number", "exclusiveMinimum": low, "exclusiveMaximum": low + room }),
    );
    let string = (0_usize..40, 0_usize..200)
        .prop_map(|(least, room)| json!({ "type": "string", "minLength": least, "maxLength": least + room }));
    let pattern = prop::sample::select(vec![
        "^[a-z]+$",
        "^[A-Z][a-z]{1,8}$",
        r"^\d{3}-\d{4}$",
        "^(red|green|blue)$",
        "[0-9]$",
        "^#[0-9a-fA-F]{6}$",
        "^a?b*c+$",
        r"^\S+@\S+$",
        "x|y",
    ])
    .prop_map(|pattern| json!({ "type": "string", "pattern": pattern }));
    let format = prop::sample::select(SAMPLE_FORMATS.to_vec())
        .prop_map(|format| json!({ "type": "string", "format": format }));
    let leaf = prop_oneof![
        integer,
        number,
        string,
        pattern,
        format,
        Just(json!(true)),
        Just(json!({})),
        Just(json!({ "type": "null" })),
        Just(json!({ "type": "boolean" })),
        Just(json!({ "enum": ["verdict", 3, null, [1]] })),
        Just(json!({ "const": "fixed" })),
        Just(json!({ "type": ["string", "null"] })),
        Just(json!({ "$ref": "#/$defs/tree" })),
        Just(json!({ "$ref": "#/$defs/word" })),
        Just(json!({ "type": "integer", "not": { "multipleOf": 2 } })),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 1..4), any::<u8>(), any::<bool>()).prop_map(|(kinds, bits, open)| {
                let names = ["reason", "member", "other", "value"];
                let properties: Map<String, Value> = names.iter().zip(kinds).map(|(name, kind)| ((*name).to_owned(), kind)).collect();
                let required: Vec<&String> = properties.keys().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, name)| name).collect();
                json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": open })
            }),
            (inner.clone(), 0_usize..3, 0_usize..3).prop_map(|(items, least, room)| json!({ "type": "array", "items": items, "minItems": least, "maxItems": least + room })),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|kinds| json!({ "type": "array", "prefixItems": kinds })),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|branches| json!({ "anyOf": branches })),
            // Only one branch has the tag that its own value has.
            prop::collection::vec(inner.clone(), 1..4).prop_map(|kinds| {
                let branches: Vec<Value> = kinds.into_iter().enumerate().map(|(at, kind)| json!({
                    "type": "object", "required": ["tag", "reason"], "properties": { "tag": { "const": at }, "reason": kind } })).collect();
                json!({ "oneOf": branches })
            }),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| json!({ "allOf": [
                { "type": "object", "required": ["a"], "properties": { "a": a } }, { "properties": { "b": b }, "required": ["b"] } ] })),
            (inner.clone(), 1_usize..4).prop_map(|(kind, least)| json!({ "type": "object", "patternProperties": { "^k[0-9]$": kind },
                "additionalProperties": false, "minProperties": least })),
            inner.prop_map(|kind| json!({ "if": { "type": "object", "required": ["value"] }, "then": { "type": "object", "properties": { "value": kind } } })),
        ]
    })
    .prop_map(|schema| json!({
        "$defs": {
            "tree": { "type": "object", "required": ["kids", "word"], "additionalProperties": false, "properties": {
                "word": { "$ref": "#/$defs/word" }, "kids": { "type": "array", "items": { "$ref": "#/$defs/tree" }, "maxItems": 3 } } },
            "word": { "type": "string", "minLength": 1, "maxLength": 12 },
        },
        "allOf": [schema],
    }))
}

const SAMPLE_FORMATS: &[&str] = &[
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uuid",
    "regex",
    "json-pointer",
];

proptest! {
    #[test]
    fn satisfiable_schemas_are_satisfied(schema in satisfiable(), seed in any::<[u8; 32]>()) {
        let made = instance(&schema, &hints(), seed);
        prop_assert!(made.is_ok(), "{made:?} for {schema}");
        let made = made.unwrap();
        prop_assert!(jsonschema::is_valid(&schema, &made), "{made} for {schema}");
        prop_assert_eq!(instance(&schema, &hints(), seed).unwrap(), made);
    }
}
