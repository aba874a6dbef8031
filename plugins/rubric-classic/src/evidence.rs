//! Quotations from one part of a long debate.

use serde::Deserialize;
use serde_json::json;

use crate::axes::QUESTIONS;

/// Words of a member that bear on an axis.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Item {
    pub(crate) member: String,
    pub(crate) axis: String,
    pub(crate) seq: u32,
    pub(crate) quote: String,
    pub(crate) observation: String,
}

#[derive(Deserialize)]
struct Answer {
    evidence: Vec<Item>,
}

/// The answer that is asked for.
pub(crate) fn schema(members: &[String]) -> String {
    let axes: Vec<_> = QUESTIONS.iter().map(|question| question.id).collect();
    json!({
        "type": "object",
        "properties": {
            "evidence": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "member": {"enum": members},
                        "axis": {"enum": axes},
                        "seq": {"type": "integer"},
                        "quote": {"type": "string"},
                        "observation": {"type": "string"}
                    },
                    "required": ["member", "axis", "seq", "quote", "observation"],
                    "additionalProperties": false
                }
            }
        },
        "required": ["evidence"],
        "additionalProperties": false
    })
    .to_string()
}

/// The quotations in an answer.
pub(crate) fn read(text: &str) -> Result<Vec<Item>, String> {
    let answer: Answer = serde_json::from_str(text.trim())
        .map_err(|error| format!("the model's quotations cannot be read: {error}"))?;
    Ok(answer.evidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_meets_the_schema_is_read() {
        let text =
            r#"{"evidence":[{"member":"speaker-a","axis":"impact","seq":3,"quote":"q","observation":"o"}]}"#;
        let items = read(text).unwrap();
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].seq, 3);
        assert!(read("none").is_err());
    }
}
