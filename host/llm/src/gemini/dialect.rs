//! How a request is written for one model: what its service took, or did not.
//!
//! One service, many generations of models, and each refuses what the one before it wanted. A [`Dialect`] starts with what the newest
//! take and changes by one step when a refusal names the step. Every step goes one way, so learning a dialect ends.

use super::thinking::Thinking;
use crate::{Request, http::Complaint};

/// How a schema is asked for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaForm {
    /// `responseJsonSchema`: JSON Schema as it is.
    Json,
    /// `responseSchema`: the older subset, see [`super::schema`].
    Subset,
    /// JSON is asked for, the schema is told in the prompt.
    JsonTold,
    /// Everything is told in the prompt: models that cannot write JSON on demand, or not beside tools.
    Told,
}

/// How the fields that models disagree about are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) schema: SchemaForm,
    /// How effort is written, where one is wanted.
    pub(crate) thinking: Thinking,
    /// Tools declare their arguments as JSON Schema; otherwise as the older subset.
    pub(crate) json_parameters: bool,
    /// The system prompt has its own field; otherwise it opens the first message.
    pub(crate) system_field: bool,
    /// Calls whose signature is lost are sent with the one that stands for none, without which newer models refuse them.
    pub(crate) placeholder_signature: bool,
}

impl Dialect {
    /// What a model is tried with first.
    pub(crate) fn first(model: &str) -> Self {
        Dialect {
            schema: SchemaForm::Json,
            thinking: Thinking::first(model),
            json_parameters: true,
            system_field: true,
            placeholder_signature: false,
        }
    }

    /// The dialect to try after this refusal; none when it names nothing that we sent and can write differently.
    pub(crate) fn after(self, request: &Request, complaint: &Complaint) -> Option<Self> {
        if complaint.status != 400 {
            return None;
        }
        let words = complaint.words.as_str();
        let names = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
        let thinking =
            (request.effort.is_some() && names(&["thinking"])).then(|| self.thinking.next()).flatten();
        if names(&["thought_signature", "thought signature"]) && !self.placeholder_signature {
            Some(Dialect { placeholder_signature: true, ..self })
        } else if let Some(thinking) = thinking {
            Some(Dialect { thinking, ..self })
        } else if names(&["developer instruction", "system instruction", "system_instruction"])
            && self.system_field
            && !request.system.is_empty()
        {
            Some(Dialect { system_field: false, ..self })
        } else if names(&["parameters_json_schema", "parametersjsonschema", "function_declarations"])
            && self.json_parameters
            && !request.tools.is_empty()
        {
            Some(Dialect { json_parameters: false, ..self })
        } else {
            request.schema.as_ref()?;
            let schema = self.schema.after(words)?;
            Some(Dialect { schema, ..self })
        }
    }
}

impl SchemaForm {
    /// The next form to try.
    fn after(self, words: &str) -> Option<Self> {
        let names = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
        // Said of models without JSON, and of JSON beside tools: no spelling of the schema helps.
        let no_json = names(&["json mode", "mime type", "mime_type", "mimetype"]);
        let no_schema = names(&["schema", "constraint", "too many states"]);
        match self {
            SchemaForm::Told => None,
            _ if no_json => Some(SchemaForm::Told),
            _ if !no_schema => None,
            SchemaForm::Json => Some(SchemaForm::Subset),
            SchemaForm::Subset => Some(SchemaForm::JsonTold),
            SchemaForm::JsonTold => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use serde_json::json;

    use super::*;
    use crate::{Tool, testing::request};

    fn said(status: u16, words: &str) -> Complaint {
        Complaint::of_status(StatusCode::from_u16(status).unwrap(), words, None)
    }

    fn full() -> Request {
        Request {
            system: "Be brief.".into(),
            effort: Some("high".into()),
            schema: Some(json!({"type": "object"})),
            tools: vec![Tool {
                name: "grep".into(),
                description: String::new(),
                parameters: json!({"type": "object"}),
            }],
            ..request("Why?")
        }
    }

    #[test]
    fn a_refusal_that_names_a_step_takes_that_step() {
        let base = Dialect::first("gemini-3-pro");
        for (words, expected) in [
            (
                "invalid json payload received. unknown name \"responsejsonschema\" at 'generation_config': cannot find field.",
                Dialect { schema: SchemaForm::Subset, ..base },
            ),
            (
                "the specified schema produces a constraint that has too many states for serving.",
                Dialect { schema: SchemaForm::Subset, ..base },
            ),
            (
                "json mode is not enabled for models/gemma-3-27b-it",
                Dialect { schema: SchemaForm::Told, ..base },
            ),
            (
                "function calling with a response mime type: 'application/json' is unsupported",
                Dialect { schema: SchemaForm::Told, ..base },
            ),
            (
                "thinking level is not supported for this model.",
                Dialect { thinking: Thinking::Budget, ..base },
            ),
            (
                "unknown name \"parametersjsonschema\" at 'tools[0].function_declarations[0]': cannot find field.",
                Dialect { json_parameters: false, ..base },
            ),
            (
                "developer instruction is not enabled for models/gemma-3-27b-it",
                Dialect { system_field: false, ..base },
            ),
            (
                "function call `grep` in the 2. content block is missing a `thought_signature`.",
                Dialect { placeholder_signature: true, ..base },
            ),
        ] {
            assert_eq!(base.after(&full(), &said(400, words)), Some(expected), "{words}");
            assert_eq!(base.after(&full(), &said(500, words)), None, "{words}");
        }
        assert_eq!(base.after(&full(), &said(400, "temperature must be between 0 and 2")), None);
    }

    #[test]
    fn what_was_not_sent_cannot_be_written_differently() {
        let base = Dialect::first("gemini-2.5-pro");
        for words in ["thinking budget", "schema", "system instruction", "function_declarations"] {
            assert_eq!(base.after(&request("Why?"), &said(400, words)), None, "{words}");
        }
    }

    #[test]
    fn learning_ends_however_a_service_complains() {
        let everything =
            "thought_signature thinking developer instruction function_declarations schema mime type";
        for words in [everything, "schema", "thinking", "mime type"] {
            let (mut dialect, mut steps) = (Dialect::first("gemini-3-pro"), 0);
            while let Some(next) = dialect.after(&full(), &said(400, words)) {
                (dialect, steps) = (next, steps + 1);
                assert!(steps < 10, "{words}");
            }
        }
    }
}
