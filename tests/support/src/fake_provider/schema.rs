//! A value that meets a JSON Schema, as far as the schemas of this project go.
//!
//! Texts and numbers are drawn by the request's hash. A list gets one element for every value of its elements' first enumeration (a card
//! for every member, a mark for every axis). A list whose elements hold a free number stays empty: that number refers to something
//! in the prompt, such as a message, and a reference to anything would be a false one.

use serde_json::{Map, Value, json};

use super::{dice::Dice, speech};

/// A value for this schema. Where the enumeration holds `wish`, that is the value.
pub(super) fn value(schema: &Value, wish: &str, dice: &mut Dice) -> Value {
    if let Some(fixed) = schema.get("const") {
        return fixed.clone();
    }
    if let Some(values) = schema["enum"].as_array() {
        return one_of(values, wish, dice);
    }
    if let Some(either) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        return value(&either[0], wish, dice);
    }
    match kind(schema) {
        "object" => object(schema, &Map::new(), wish, dice),
        "array" => array(schema, wish, dice),
        "integer" | "number" => json!(number(schema, dice)),
        "boolean" => json!(dice.below(2) == 1),
        "null" => Value::Null,
        _ => json!(speech::sentence(dice)),
    }
}

/// The type; of several the first. Without one, properties make an object.
fn kind(schema: &Value) -> &str {
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    kind.unwrap_or(if schema["properties"].is_object() { "object" } else { "string" })
}

/// Among numbers the greatest is never drawn: extraordinary marks need evidence, which is not to be had here.
fn one_of(values: &[Value], wish: &str, dice: &mut Dice) -> Value {
    if let Some(wished) = values.iter().find(|value| value.as_str() == Some(wish)) {
        return wished.clone();
    }
    match values {
        [ordinary @ .., greatest] if greatest.is_number() && !ordinary.is_empty() => {
            dice.pick(ordinary).clone()
        }
        _ => values[0].clone(),
    }
}

fn object(schema: &Value, given: &Map<String, Value>, wish: &str, dice: &mut Dice) -> Value {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let filled = properties.map(|(name, schema)| {
        let own = given.get(name).cloned().unwrap_or_else(|| value(schema, wish, dice));
        (name.clone(), own)
    });
    Value::Object(filled.collect())
}

fn array(schema: &Value, wish: &str, dice: &mut Dice) -> Value {
    let items = &schema["items"];
    let least = schema["minItems"].as_u64().unwrap_or(0);
    let properties: Vec<_> = items["properties"].as_object().into_iter().flatten().collect();
    let refers = properties.iter().any(|(_, schema)| is_free_number(schema));
    if refers && least == 0 {
        return json!([]);
    }
    match properties.iter().find_map(|(name, schema)| Some((*name, schema["enum"].as_array()?))) {
        Some((name, values)) => values
            .iter()
            .map(|own| object(items, &Map::from_iter([(name.clone(), own.clone())]), wish, dice))
            .collect(),
        None => (0..least.max(1)).map(|_| value(items, wish, dice)).collect(),
    }
}

fn is_free_number(schema: &Value) -> bool {
    let bounded = schema.get("enum").is_some() || schema.get("maximum").is_some();
    matches!(kind(schema), "integer" | "number") && !bounded
}

fn number(schema: &Value, dice: &mut Dice) -> i64 {
    let least = schema["minimum"].as_i64().unwrap_or(0);
    let most = schema["maximum"].as_i64().unwrap_or(least + 9);
    least + dice.below(usize::try_from(most - least).unwrap() + 1) as i64
}
