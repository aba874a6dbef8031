//! How a request is written for one model of one version of the server.
//!
//! A [`Dialect`] starts with what current versions take and changes by one step when a refusal names the step. Every step goes one way, so
//! learning a dialect ends.

use serde_json::{Value, json};

use crate::{Request, http::Complaint};

/// How a schema is asked for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// In `format`.
    Schema,
    /// JSON is asked for, the schema is told in the prompt: before 0.5.
    JsonTold,
    /// Everything is told in the prompt: models whose words the server cannot be made to choose.
    Told,
}

/// How effort is written, where one is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Think {
    /// By its name, which few models know.
    Level,
    /// As a switch: a model that can think does.
    Switch,
    /// Not at all: a model that cannot think refuses both.
    Silent,
}

/// How the fields that versions and models disagree about are written, and the window of this call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) format: Format,
    pub(crate) think: Think,
    /// `num_ctx`: from [`super::window`], the same throughout a call.
    pub(crate) window: u32,
}

impl Dialect {
    /// What a server is tried with first.
    pub(crate) fn first(window: u32) -> Self {
        Dialect { format: Format::Schema, think: Think::Level, window }
    }

    /// The dialect to try after this refusal; none when it names nothing that we sent and can write differently. Servers say 500 as well
    /// as 400 to a schema that they cannot use.
    pub(crate) fn after(self, request: &Request, complaint: &Complaint) -> Option<Self> {
        if !matches!(complaint.status, 400 | 422 | 500) {
            return None;
        }
        let names = |phrases: &[&str]| phrases.iter().any(|phrase| complaint.words.contains(phrase));
        if request.effort.is_some() && names(&["think"]) {
            return Some(Dialect { think: self.think.next()?, ..self });
        }
        if request.schema.is_some() && names(&["format", "grammar", "json schema"]) {
            return Some(Dialect { format: self.format.next()?, ..self });
        }
        None
    }
}

impl Format {
    fn next(self) -> Option<Self> {
        match self {
            Format::Schema => Some(Format::JsonTold),
            Format::JsonTold => Some(Format::Told),
            Format::Told => None,
        }
    }
}

impl Think {
    fn next(self) -> Option<Self> {
        match self {
            Think::Level => Some(Think::Switch),
            Think::Switch => Some(Think::Silent),
            Think::Silent => None,
        }
    }

    /// The value of `think`; none where nothing is to be sent. Without effort nothing is: the model does what it does by itself. An
    /// effort of another name is left out.
    pub(crate) fn value(self, effort: Option<&str>) -> Option<Value> {
        let effort = effort.filter(|effort| matches!(*effort, "low" | "medium" | "high" | "max"))?;
        match self {
            Think::Level => Some(json!(effort)),
            Think::Switch => Some(json!(true)),
            Think::Silent => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;
    use crate::testing::request;

    fn said(status: u16, words: &str) -> Complaint {
        Complaint::of_status(StatusCode::from_u16(status).unwrap(), words, None)
    }

    fn full() -> Request {
        Request { effort: Some("max".into()), schema: Some(json!({"type": "object"})), ..request("Why?") }
    }

    #[test]
    fn a_refusal_that_names_a_step_takes_that_step() {
        let base = Dialect::first(4096);
        for (status, words, expected) in [
            (
                400,
                r#"{"error":"think value \"max\" is not supported for this model"}"#,
                Dialect { think: Think::Switch, ..base },
            ),
            (
                400,
                r#"{"error":"\"llama3.1:8b\" does not support thinking"}"#,
                Dialect { think: Think::Switch, ..base },
            ),
            (
                400,
                r#"{"error":"invalid JSON schema in format"}"#,
                Dialect { format: Format::JsonTold, ..base },
            ),
            (
                500,
                r#"{"error":"failed to load model vocabulary required for format"}"#,
                Dialect { format: Format::JsonTold, ..base },
            ),
            (
                400,
                r#"{"error":"json: cannot unmarshal object into Go struct field ChatRequest.format of type string"}"#,
                Dialect { format: Format::JsonTold, ..base },
            ),
        ] {
            assert_eq!(base.after(&full(), &said(status, words)), Some(expected), "{words}");
            assert_eq!(base.after(&request("Why?"), &said(status, words)), None, "not sent: {words}");
            assert_eq!(base.after(&full(), &said(404, words)), None, "{words}");
        }
        assert_eq!(base.after(&full(), &said(500, "llama runner process has terminated")), None);
    }

    #[test]
    fn learning_ends() {
        for words in ["think", "format"] {
            let (mut dialect, mut steps) = (Dialect::first(4096), 0);
            while let Some(next) = dialect.after(&full(), &said(400, words)) {
                (dialect, steps) = (next, steps + 1);
            }
            assert_eq!(steps, 2, "{words}");
        }
    }

    #[test]
    fn effort_is_a_level_then_a_switch_then_nothing() {
        for effort in ["low", "medium", "high", "max"] {
            assert_eq!(Think::Level.value(Some(effort)), Some(json!(effort)));
            assert_eq!(Think::Switch.value(Some(effort)), Some(json!(true)));
            assert_eq!(Think::Silent.value(Some(effort)), None);
        }
        assert_eq!(Think::Level.value(None), None);
        assert_eq!(Think::Level.value(Some("enormous")), None);
    }
}
