//! From the model's marks to scorecards.
//!
//! Only the form counts here. Members, axes and values are checked by the host, which says what is wrong and has the rubric try again; an
//! error of ours would end the matter.

use amatelier_sdk::{Insight, Mark, Scorecard};
use serde::Deserialize;
use serde_json::json;

use crate::axes::{QUESTIONS, SCALE};

#[derive(Deserialize)]
struct Answer {
    cards: Vec<Card>,
}

#[derive(Deserialize)]
struct Card {
    member: String,
    marks: Vec<Marked>,
    insights: Vec<Shift>,
}

#[derive(Deserialize)]
struct Marked {
    axis: String,
    value: u32,
    because: String,
    /// A model that answers without meeting the schema may forget it.
    #[serde(default)]
    evidence: Vec<u32>,
}

#[derive(Deserialize)]
struct Shift {
    axis: String,
    quoted_seq: u32,
    before: String,
    after: String,
}

/// The answer that is asked for. Models write in the order of the schema, so what a value is to rest on comes before it.
pub(crate) fn schema(members: &[String]) -> String {
    let axes: Vec<_> = QUESTIONS.iter().map(|question| question.id).collect();
    let object = |properties: serde_json::Value| {
        let required: Vec<_> =
            properties.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    };
    let mark = object(json!({
        "axis": {"enum": axes},
        "evidence": {"type": "array", "items": {"type": "integer"}},
        "because": {"type": "string"},
        "value": {"enum": SCALE}
    }));
    let insight = object(json!({
        "axis": {"enum": axes},
        "quoted_seq": {"type": "integer"},
        "before": {"type": "string"},
        "after": {"type": "string"}
    }));
    let card = object(json!({
        "member": {"enum": members},
        "marks": {"type": "array", "items": mark},
        "insights": {"type": "array", "items": insight}
    }));
    object(json!({"cards": {"type": "array", "items": card}})).to_string()
}

/// The scorecards in an answer.
pub(crate) fn read(text: &str) -> Result<Vec<Scorecard>, String> {
    let answer: Answer = serde_json::from_str(text.trim())
        .map_err(|error| format!("the model's marks cannot be read: {error}"))?;
    Ok(answer.cards.into_iter().map(Scorecard::from).collect())
}

impl From<Card> for Scorecard {
    fn from(card: Card) -> Scorecard {
        let marks = card.marks.into_iter();
        let insights = card.insights.into_iter();
        Scorecard {
            member: card.member,
            marks: marks
                .map(|mark| Mark {
                    axis: mark.axis,
                    value: mark.value,
                    because: mark.because,
                    evidence: mark.evidence,
                })
                .collect(),
            insights: insights
                .map(|shift| Insight {
                    axis: shift.axis,
                    quoted_seq: shift.quoted_seq,
                    before: shift.before,
                    after: shift.after,
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_becomes_cards_and_the_host_judges_their_values() {
        let text = r#"{"cards":[{"member":"nobody","marks":[{"axis":"impact","evidence":[3],"value":7,"because":"b"}],
                       "insights":[{"axis":"impact","quoted_seq":3,"before":"x","after":"y"}]}]}"#;
        let cards = read(text).unwrap();
        assert_eq!(cards.len(), 1);
        assert_eq!(cards[0].member, "nobody");
        assert_eq!((cards[0].marks[0].value, cards[0].marks[0].evidence.as_slice()), (7, &[3][..]));
        assert_eq!(cards[0].insights[0].quoted_seq, 3);
        assert!(read("I would give everybody a 1.").is_err());
    }

    #[test]
    fn every_field_of_every_object_is_required() {
        let schema: serde_json::Value =
            serde_json::from_str(&schema(&["speaker-a".into(), "speaker-b".into()])).unwrap();
        let card = &schema["properties"]["cards"]["items"];
        assert_eq!(card["required"], json!(["member", "marks", "insights"]));
        assert_eq!(card["properties"]["member"]["enum"], json!(["speaker-a", "speaker-b"]));
        assert_eq!(
            card["properties"]["marks"]["items"]["properties"]["value"]["enum"],
            json!([0, 1, 2, 3, 10])
        );
        assert_eq!(
            card["properties"]["marks"]["items"]["required"],
            json!(["axis", "evidence", "because", "value"])
        );
        let insight = &card["properties"]["insights"]["items"];
        assert_eq!(insight["required"], json!(["axis", "quoted_seq", "before", "after"]));
        assert_eq!(insight["additionalProperties"], false);
    }
}
