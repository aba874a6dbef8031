//! What servers disagree about.
//!
//! Servers that call themselves compatible disagree about six fields. A [`Dialect`] says how they are written; it starts with what
//! most servers take, and changes by one field when a server refuses with an error that names it. Each change can happen once, so
//! learning a server's dialect ends.

use crate::{Request, http::Complaint};

/// How the fields that servers disagree about are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// `max_completion_tokens` instead of `max_tokens`, which local servers know and newer hosted models refuse.
    pub(crate) completion_tokens: bool,
    /// How a schema is asked for, where one is wanted.
    pub(crate) schema: SchemaForm,
    /// `reasoning_effort` is sent where one is wanted.
    pub(crate) effort: bool,
    /// `temperature` is sent where one is wanted; reasoning models refuse any but their own.
    pub(crate) temperature: bool,
    /// `stream_options` asks for usage.
    pub(crate) stream_options: bool,
    /// `store` is sent.
    pub(crate) store: bool,
}

/// Ways to ask for an answer that meets a schema, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemaForm {
    /// `{"type": "json_schema", "json_schema": {"schema": …}}`.
    Nested,
    /// `{"type": "json_schema", "schema": …}`, which is what some versions of llama.cpp take.
    Flat,
    /// Any JSON object; the schema is told in the prompt.
    Object,
    /// Nothing but the prompt.
    Prompt,
}

impl SchemaForm {
    fn next(self) -> Option<Self> {
        match self {
            SchemaForm::Nested => Some(SchemaForm::Flat),
            SchemaForm::Flat => Some(SchemaForm::Object),
            SchemaForm::Object => Some(SchemaForm::Prompt),
            SchemaForm::Prompt => None,
        }
    }

    /// Whether the model learns of the schema from the prompt.
    pub(crate) fn is_told(self) -> bool {
        matches!(self, SchemaForm::Object | SchemaForm::Prompt)
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            completion_tokens: false,
            schema: SchemaForm::Nested,
            effort: true,
            temperature: true,
            stream_options: true,
            store: false,
        }
    }
}

/// How servers name the part of a request that carries a schema, or what they make of it.
const SCHEMA_PHRASES: [&str; 5] =
    ["response_format", "json_schema", "json schema", "structured output", "grammar"];

impl Dialect {
    /// The dialect to try after this refusal; none when it names nothing that we sent and can leave out or write differently.
    pub(crate) fn after(self, request: &Request, complaint: &Complaint) -> Option<Self> {
        if !matches!(complaint.status, 400 | 422) {
            return None;
        }
        let names = |field: &str| complaint.words.contains(field);
        if names("max_completion_tokens") && !self.completion_tokens {
            Some(Dialect { completion_tokens: true, ..self })
        } else if names("reasoning_effort") && self.effort && request.effort.is_some() {
            Some(Dialect { effort: false, ..self })
        } else if names("temperature") && self.temperature && request.temperature.is_some() {
            Some(Dialect { temperature: false, ..self })
        } else if names("stream_options") && self.stream_options {
            Some(Dialect { stream_options: false, ..self })
        } else if SCHEMA_PHRASES.iter().any(|phrase| names(phrase))
            && request.schema.is_some()
            && let Some(schema) = self.schema.next()
        {
            Some(Dialect { schema, ..self })
        } else if names("store") && self.store {
            Some(Dialect { store: false, ..self })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use serde_json::json;

    use super::{super::tests::request, *};

    fn full() -> Request {
        Request {
            system: "Be brief.".into(),
            temperature: Some(0.7),
            effort: Some("low".into()),
            stop: vec!["END".into()],
            schema: Some(json!({"type": "object"})),
            ..request("Why?")
        }
    }

    #[test]
    fn a_refusal_that_names_a_field_changes_that_field_once() {
        let base = Dialect { store: true, ..Dialect::default() };
        for (words, expected) in [
            (
                "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
                Dialect { completion_tokens: true, ..base },
            ),
            ("Unrecognized request argument: reasoning_effort", Dialect { effort: false, ..base }),
            ("'temperature' does not support 0.7", Dialect { temperature: false, ..base }),
            ("unknown field stream_options", Dialect { stream_options: false, ..base }),
            ("Unknown parameter: 'store'", Dialect { store: false, ..base }),
        ] {
            let mut complaint = Complaint::of_status(StatusCode::BAD_REQUEST, words, None);
            assert_eq!(base.after(&full(), &complaint), Some(expected), "{words}");
            assert_eq!(expected.after(&full(), &complaint), None, "{words}");
            complaint.status = 500;
            assert_eq!(base.after(&full(), &complaint), None, "{words}");
        }
    }

    #[test]
    fn a_schema_is_asked_for_in_one_way_after_the_other() {
        let mut dialect = Dialect::default();
        let mut forms = Vec::new();
        let words = ["response_format.type must be text", "failed to parse grammar", "no structured output"];
        for words in words.iter().chain([&"json_schema"]) {
            let complaint = Complaint::of_status(StatusCode::BAD_REQUEST, words, None);
            let Some(next) = dialect.after(&full(), &complaint) else { break };
            forms.push(next.schema);
            dialect = next;
        }
        assert_eq!(forms, [SchemaForm::Flat, SchemaForm::Object, SchemaForm::Prompt]);
    }

    #[test]
    fn a_field_we_did_not_send_cannot_be_left_out() {
        for words in ["reasoning_effort", "temperature", "response_format", "store"] {
            let complaint = Complaint::of_status(StatusCode::BAD_REQUEST, words, None);
            assert_eq!(Dialect::default().after(&request("Why?"), &complaint), None, "{words}");
        }
    }
}
