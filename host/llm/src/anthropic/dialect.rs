//! What models of this service, and servers that speak its protocol, disagree about.

use crate::{Request, http::Complaint};

/// How the fields in question are written. Changes by one field when a server refuses with an error that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// How thinking is asked for, where it is wanted.
    pub(super) thinking: Thinking,
    /// How a schema is asked for, where one is wanted.
    pub(super) schema: SchemaForm,
    /// `temperature` is sent where one is wanted.
    pub(super) temperature: bool,
    /// The stable prefix is marked for the cache.
    pub(super) caching: bool,
}

/// Ways to ask for thinking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thinking {
    /// With a budget of tokens.
    Budget,
    /// With the name of an effort, as models do that choose their budget themselves.
    Adaptive,
    /// Not at all.
    Off,
}

/// Ways to ask for an answer that meets a schema, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaForm {
    /// `output_config.format`.
    Format,
    /// A tool that the model must call, with the schema as its arguments.
    Tool,
    /// The schema is told in the prompt.
    Prompt,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect { thinking: Thinking::Budget, schema: SchemaForm::Format, temperature: true, caching: true }
    }
}

/// How refusals name the parts of a request that carry a schema.
const SCHEMA_PHRASES: [&str; 6] =
    ["output_config", "output_format", "json_schema", "structured output", "schema", "tool_choice"];

/// And those that ask for thinking.
const THINKING_PHRASES: [&str; 3] = ["thinking", "budget_tokens", "effort"];

impl Dialect {
    /// The dialect to try after this refusal; none when it names nothing that we sent and can leave out or write differently.
    pub(super) fn after(self, request: &Request, complaint: &Complaint) -> Option<Self> {
        if !matches!(complaint.status, 400 | 422) {
            return None;
        }
        let names = |phrase: &str| complaint.words.contains(phrase);
        let names_any = |phrases: &[&str]| phrases.iter().any(|phrase| names(phrase));
        if names("cache_control") && self.caching {
            Some(Dialect { caching: false, ..self })
        } else if names_any(&THINKING_PHRASES) && self.thinks(request) {
            let thinking = match self.thinking {
                Thinking::Budget => Thinking::Adaptive,
                Thinking::Adaptive | Thinking::Off => Thinking::Off,
            };
            Some(Dialect { thinking, ..self })
        } else if names("temperature") && self.temperature && request.temperature.is_some() {
            Some(Dialect { temperature: false, ..self })
        } else if names_any(&SCHEMA_PHRASES) && request.schema.is_some() {
            let schema = match self.schema {
                // A model that may choose among tools cannot be made to call this one.
                SchemaForm::Format if request.tools.is_empty() => SchemaForm::Tool,
                SchemaForm::Format | SchemaForm::Tool => SchemaForm::Prompt,
                SchemaForm::Prompt => return None,
            };
            Some(Dialect { schema, ..self })
        } else {
            None
        }
    }

    /// Whether the request asks for thinking.
    ///
    /// One that carries tools, or what came of them, does not: the service wants the thinking before a call back with its result, signed,
    /// and our transcripts keep no thinking. Nor does one that makes the model call a tool, which the service does not take together.
    pub(super) fn thinks(self, request: &Request) -> bool {
        let forced = request.schema.is_some() && self.schema == SchemaForm::Tool;
        let wanted = request.effort.as_deref().is_some_and(|effort| match self.thinking {
            Thinking::Budget => super::effort::budget(effort, request.max_tokens).is_some(),
            Thinking::Adaptive => super::effort::is_known(effort),
            Thinking::Off => false,
        });
        wanted && !forced && !super::messages::carries_tools(request)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use serde_json::json;

    use super::*;
    use crate::testing::request;

    fn demanding() -> Request {
        Request {
            effort: Some("high".into()),
            max_tokens: 8_000,
            temperature: Some(0.5),
            schema: Some(json!({"type": "object"})),
            ..request("Why?")
        }
    }

    fn refusal(words: &str) -> Complaint {
        Complaint::of_status(StatusCode::BAD_REQUEST, words, None)
    }

    #[test]
    fn a_refusal_that_names_a_field_changes_that_field_and_learning_ends() {
        let mut dialect = Dialect::default();
        let mut after = |words: &str| {
            let next = dialect.after(&demanding(), &refusal(words));
            dialect = next.unwrap_or(dialect);
            next
        };
        let base = Dialect::default();
        let table = [
            ("thinking.type: enabled is not supported", Dialect { thinking: Thinking::Adaptive, ..base }),
            ("output_config.effort: unknown", Dialect { thinking: Thinking::Off, ..base }),
        ];
        for (words, expected) in table {
            assert_eq!(after(words), Some(expected), "{words}");
        }
        let silent = Dialect { thinking: Thinking::Off, ..base };
        for (words, expected) in [
            ("`temperature` is deprecated", Dialect { temperature: false, ..silent }),
            ("cache_control: extra inputs", Dialect { temperature: false, caching: false, ..silent }),
        ] {
            assert_eq!(after(words), Some(expected), "{words}");
        }
        let forms = ["output_config: extra inputs", "tool_choice: unknown"];
        let forms = forms.map(|words| after(words).map(|dialect| dialect.schema));
        assert_eq!(forms, [Some(SchemaForm::Tool), Some(SchemaForm::Prompt)]);
        for words in ["thinking", "effort", "temperature", "cache_control", "schema", "messages: too odd"] {
            assert_eq!(after(words), None, "{words}");
        }
    }

    #[test]
    fn what_was_not_sent_cannot_be_left_out() {
        for words in ["thinking", "temperature", "schema"] {
            assert_eq!(Dialect::default().after(&request("Why?"), &refusal(words)), None, "{words}");
        }
        let mut complaint = refusal("cache_control");
        complaint.status = 500;
        assert_eq!(Dialect::default().after(&demanding(), &complaint), None);
    }

    #[test]
    fn a_schema_beside_tools_is_not_asked_for_as_a_tool() {
        let tool = crate::Tool { name: "grep".into(), description: String::new(), parameters: json!({}) };
        let request = Request { tools: vec![tool], ..demanding() };
        let next = Dialect::default().after(&request, &refusal("output_config")).unwrap();
        assert_eq!(next.schema, SchemaForm::Prompt);
        assert!(!Dialect::default().thinks(&request) && Dialect::default().thinks(&demanding()));
    }
}
