//! Fields of foreign JSON, read tolerantly.
//!
//! Nothing here can fail. A field that is missing, null or of a type nobody expected is simply not there: strict types break on real
//! servers (`finish_reason: ""`, content as a list of parts, token counts as floats).

use serde_json::Value;

/// The field, unless it is null.
pub(crate) fn present<'a>(value: &'a Value, field: &str) -> Option<&'a Value> {
    value.get(field).filter(|value| !value.is_null())
}

/// A text that is not empty.
pub(crate) fn word<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field)?.as_str().filter(|text| !text.is_empty())
}

/// A word that is written into journals and shown: short, and without control characters.
pub(crate) fn name(value: &Value, field: &str) -> Option<String> {
    word(value, field).filter(|name| name.len() <= 200 && !name.contains(char::is_control)).map(str::to_owned)
}

/// A count above 0: servers that do not count send 0, which no prompt takes.
pub(crate) fn count(value: &Value, field: &str) -> Option<u64> {
    whole_number(value.get(field)?).filter(|number| *number > 0)
}

/// A whole number that is not negative, also where it is written as a float.
pub(crate) fn whole_number(number: &Value) -> Option<u64> {
    number.as_u64().or_else(|| {
        let float = number.as_f64()?;
        // Token counts are far below 2^53, where a float stops being exact.
        (float.is_finite() && (0.0..9e15).contains(&float)).then_some(float as u64)
    })
}

/// A string, or a list of parts of which some are text.
pub(crate) fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts
            .iter()
            .filter_map(|part| part.as_str().or_else(|| part.get("text").and_then(Value::as_str)))
            .collect(),
        _ => String::new(),
    }
}

/// The arguments of a call as text: some servers give an object instead of its text.
pub(crate) fn arguments_of(arguments: Option<&Value>) -> String {
    match arguments {
        Some(Value::String(text)) => text.clone(),
        Some(object @ Value::Object(_)) => object.to_string(),
        _ => String::new(),
    }
}

/// The `error` of an object, where it reports a failure: some servers send `error: false`, `""` or `{}` with every chunk.
pub(crate) fn said_error(value: &Value) -> Option<Value> {
    let error = value.as_array().and_then(|list| list.first()).unwrap_or(value).get("error")?;
    let failed = match error {
        Value::Null => false,
        Value::Bool(failed) => *failed,
        Value::String(text) => !text.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
    };
    failed.then(|| error.clone())
}
