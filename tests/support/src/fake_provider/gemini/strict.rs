//! What the real server refuses a request for.

use serde_json::Value;

use super::{
    super::sent::Sent,
    read::{parts, schema, target},
    write::SIGNATURE,
};

/// The fields of a request.
const FIELDS: [&str; 8] = [
    "contents",
    "systemInstruction",
    "generationConfig",
    "tools",
    "toolConfig",
    "safetySettings",
    "cachedContent",
    "labels",
];

/// The fields of its configuration, as far as a text needs any.
const CONFIG: [&str; 14] = [
    "temperature",
    "topP",
    "topK",
    "seed",
    "candidateCount",
    "maxOutputTokens",
    "stopSequences",
    "presencePenalty",
    "frequencyPenalty",
    "responseMimeType",
    "responseSchema",
    "responseJsonSchema",
    "responseModalities",
    "thinkingConfig",
];

/// What is taken instead of a signature that got lost.
const NO_SIGNATURE: &str = "skip_thought_signature_validator";

/// What the older of the two kinds of schema does not know.
const NOT_IN_OLD_SCHEMAS: [&str; 5] = ["additionalProperties", "const", "$schema", "$defs", "$ref"];

/// Check it.
pub(super) fn check(sent: &Sent) -> Result<(), String> {
    let body = &sent.body;
    let (model, method) = target(sent);
    if !matches!(method, "generateContent" | "streamGenerateContent") {
        return Err(format!("models/{model} has no method {method}"));
    }
    // Without it the answer is one list of JSON, which nobody here can want.
    if method == "streamGenerateContent" && sent.parameter("alt") != Some("sse") {
        return Err("this server streams with alt=sse only".into());
    }
    known(body, &FIELDS, "")?;
    let config = &body["generationConfig"];
    known(config, &CONFIG, " at 'generation_config'")?;
    if schema(config).is_some() && config["responseMimeType"] != "application/json" {
        return Err(
            "Response schema is only supported with a response mime type of 'application/json'".into()
        );
    }
    if body["tools"].is_array() && config["responseMimeType"] == "application/json" && !is_new(model) {
        return Err("Function calling with a response mime type: 'application/json' is unsupported".into());
    }
    if let Some(schema) = config.get("responseSchema") {
        old_schema(schema)?;
    }
    contents(body["contents"].as_array().map(Vec::as_slice).unwrap_or_default(), is_new(model))
}

fn known(value: &Value, fields: &[&str], place: &str) -> Result<(), String> {
    let names = value.as_object().into_iter().flat_map(|object| object.keys());
    match names.into_iter().find(|name| !fields.contains(&name.as_str())) {
        Some(name) => {
            Err(format!("Invalid JSON payload received. Unknown name \"{name}\"{place}: Cannot find field."))
        }
        None => Ok(()),
    }
}

/// Since the third generation signatures are insisted on, and a schema may come with tools.
fn is_new(model: &str) -> bool {
    model.strip_prefix("gemini-").and_then(|rest| rest.chars().next()).is_some_and(|digit| digit >= '3')
}

fn contents(contents: &[Value], signed: bool) -> Result<(), String> {
    if contents.is_empty() {
        return Err("* GenerateContentRequest.contents: contents is not specified".into());
    }
    let mut calls = 0;
    for content in contents {
        if !matches!(content["role"].as_str(), Some("user" | "model")) {
            return Err("Please use a valid role: user, model.".into());
        }
        if parts(content).next().is_none() {
            return Err("* GenerateContentRequest.contents: contents.parts must not be empty.".into());
        }
        let results = parts(content).filter(|part| part["functionResponse"].is_object()).count();
        if results != calls {
            return Err("Please ensure that the number of function response parts is equal to the number of function \
                        call parts of the function call turn."
                .into());
        }
        let called: Vec<&Value> = parts(content).filter(|part| part["functionCall"].is_object()).collect();
        let is_signature = |part: &&Value| {
            let signature = part["thoughtSignature"].as_str();
            signature.is_some_and(|signature| signature == SIGNATURE || signature == NO_SIGNATURE)
        };
        // Of calls side by side only the first is signed.
        if signed && called.first().is_some_and(|part| !is_signature(part)) {
            return Err("Function call is missing a thought_signature in functionCall parts.".into());
        }
        calls = called.len();
    }
    Ok(())
}

fn old_schema(schema: &Value) -> Result<(), String> {
    match schema {
        Value::Object(fields) => {
            if let Some(word) = NOT_IN_OLD_SCHEMAS.iter().find(|word| fields.contains_key(**word)) {
                return Err(format!(
                    "Invalid JSON payload received. Unknown name \"{word}\" at 'generation_config.response_schema'"
                ));
            }
            fields.values().try_for_each(old_schema)
        }
        Value::Array(values) => values.iter().try_for_each(old_schema),
        _ => Ok(()),
    }
}
