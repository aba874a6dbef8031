//! From the model's answer at the gate to a verdict.

use amatelier_sdk::{Verdict, judge_lines};
use serde::Deserialize;

/// The answer that is asked for. Models write in the order of the schema, so the reason comes before the verdict it is to justify.
pub(crate) const SCHEMA: &str = r#"{
  "type": "object",
  "properties": {
    "reason": {"type": "string"},
    "verdict": {"enum": ["converged", "proceed"]}
  },
  "required": ["reason", "verdict"],
  "additionalProperties": false
}"#;

#[derive(Deserialize)]
struct Ruling {
    reason: String,
    verdict: Word,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Converged,
    Proceed,
}

/// The verdict in an answer: as JSON, or as a line. Anything else is an error, which the host counts as going on.
pub(crate) fn read(text: &str) -> Result<Verdict, String> {
    match serde_json::from_str(text.trim()) {
        Ok(Ruling { verdict: Word::Converged, reason }) => Ok(Verdict::Converged(reason)),
        Ok(Ruling { verdict: Word::Proceed, reason }) => Ok(Verdict::Proceed(reason)),
        Err(error) => {
            judge_lines::verdict(text).ok_or_else(|| format!("the model's answer holds no verdict ({error})"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_comes_as_json_or_as_a_line() {
        for (text, expected) in [
            (r#"{"verdict":"converged","reason":"all agree"}"#, Verdict::Converged("all agree".into())),
            (r#" {"verdict":"proceed","reason":"cost"} "#, Verdict::Proceed("cost".into())),
            ("CONVERGED: all agree", Verdict::Converged("all agree".into())),
            ("It is close.\nCONTINUE: cost", Verdict::Proceed("cost".into())),
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_doubtful_answer_is_no_verdict() {
        for text in
            ["", "They have converged, I think.", r#"{"verdict":"maybe","reason":""}"#, "NOT CONVERGED: cost"]
        {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_schema_is_json() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        assert_eq!(schema["required"], serde_json::json!(["reason", "verdict"]));
    }
}
