//! The embedded stand-in model: no key, no network, always labelled.
//!
//! It speaks from the [`CallFacts`](crate::CallFacts) that the host gives with every request and never reads a prompt. The same facts and
//! the same schema give the same answer, byte for byte. What it says is made of the briefing (its figures, phrases and options) and of
//! what earlier speakers said, arranged by the stance of the member who asks; when a schema is asked for, the same matter is poured into
//! it. It decides nothing a reader should rely on: it is there to show a debate, to test one, and to try a persona offline.

mod bank;
mod draw;
mod fill;
mod grounds;
mod heard;
mod judge;
mod material;
mod position;
mod reckon;
mod schema;
mod score;
mod speech;
mod stance;
mod summary;
mod wish;

use amatelier_types::Usage;
use serde_json::{Value, json};

pub use self::position::converges;
use self::{material::sentences, schema::Hints};
use crate::{Billing, CallFacts, Error, Finish, Provider, Purpose, Reply, Request, Wire, estimate_tokens};

/// The stand-in model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rehearsal;

impl Rehearsal {
    /// The name of the provider and of its only model.
    pub const NAME: &str = "rehearsal";
    /// How many tokens it pretends to take, prompt and answer together.
    pub const CONTEXT_TOKENS: u32 = 200_000;

    /// What it says where an answer has to meet a schema.
    pub(crate) fn answer(facts: &CallFacts, schema: &Value) -> Result<String, String> {
        shaped(facts, schema)
    }
}

#[async_trait::async_trait]
impl Provider for Rehearsal {
    fn name(&self) -> &str {
        Self::NAME
    }

    fn context_tokens(&self, _model: &str) -> u32 {
        Self::CONTEXT_TOKENS
    }

    fn billing(&self) -> Billing {
        Billing::Free
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        let prompt = request
            .messages
            .iter()
            .map(|turn| estimate_tokens(&turn.text))
            .fold(estimate_tokens(&request.system), u32::saturating_add);
        if prompt > Self::CONTEXT_TOKENS {
            return Err(Error::TooLong { limit: Self::CONTEXT_TOKENS });
        }
        wire.before_request(1).await?;
        let whole = match &request.schema {
            None => prose(&request.facts),
            Some(schema) => shaped(&request.facts, schema).map_err(|reason| {
                wire.request_failed(1, &reason);
                Error::Invalid { provider: Self::NAME.into(), reason }
            })?,
        };
        let (text, finish) = limited(whole, request);
        for piece in pieces(&text) {
            wire.text(1, piece);
        }
        let usage = Usage {
            calls: 1,
            input_tokens: prompt.into(),
            output_tokens: estimate_tokens(&text).into(),
            ..Usage::default()
        };
        let model = Self::NAME.into();
        Ok(Reply { text, calls: Vec::new(), model, finish, usage, response_id: None, billed: None })
    }
}

/// What it says to the Steward: it reads no prompt, so it cannot read what the Steward shows it.
const NOT_FOUND: &str =
    "The rehearsal cannot read files. Ask in one of the Steward's forms, which need no model.";

fn look_up() -> Value {
    json!({ "answer": NOT_FOUND, "found": false, "citations": [] })
}

/// The answer as text.
fn prose(facts: &CallFacts) -> String {
    match facts.purpose {
        Purpose::Speak => match (speech::speech(facts), wish::wish(facts)) {
            (said, Some(wish)) if said != speech::PASS => format!("{said}\n\n{wish}"),
            (said, _) => said,
        },
        Purpose::Moderate => judge::as_text(&judge::moderate(facts)),
        Purpose::Rule => {
            let (is_converged, reason) = judge::rule(facts);
            format!("{}: {reason}", if is_converged { "CONVERGED" } else { "CONTINUE" })
        }
        Purpose::Summarise => summary::Summary::of(facts).text(),
        Purpose::Score => score::cards(facts).iter().map(score::Card::line).collect::<Vec<_>>().join("\n"),
        Purpose::LookUp => NOT_FOUND.into(),
    }
}

/// The answer as one JSON value that meets the schema.
fn shaped(facts: &CallFacts, schema: &Value) -> Result<String, String> {
    let text = prose(facts);
    let document = match facts.purpose {
        Purpose::Speak if text == speech::PASS => json!({ "move": "pass", "pass": true, "text": text }),
        Purpose::Speak => {
            json!({ "move": "say", "pass": false, "say": text, "speech": text, "text": text, "answer": text })
        }
        Purpose::Moderate => {
            let notes: Vec<Value> = judge::moderate(facts).iter().map(judge::Note::json).collect();
            json!({ "interventions": notes, "notes": notes, "text": text })
        }
        Purpose::Rule => {
            let (is_converged, reason) = judge::rule(facts);
            let verdict = if is_converged { "converged" } else { "proceed" };
            json!({ "verdict": verdict, "ruling": verdict, "converged": is_converged, "reason": reason, "text": reason })
        }
        Purpose::Summarise => {
            let parts = summary::Summary::of(facts);
            json!({
                "summary": text, "text": text, "established": parts.established, "positions": parts.positions,
                "live_positions": parts.positions, "questions": parts.questions, "open_questions": parts.questions,
                "shifts": parts.shifts,
            })
        }
        Purpose::Score => {
            let cards: Vec<Value> = score::cards(facts).iter().map(score::Card::json).collect();
            json!({ "cards": cards, "scores": cards, "text": text })
        }
        Purpose::LookUp => return Ok(look_up().to_string()),
    };
    let hints = Hints { document, sentences: sentences(&text) };
    schema::instance(schema, &hints, facts.turn_seed).map(|value| value.to_string())
}

/// The text up to the first stop text, and no longer than the request wants it; 0 means no limit.
fn limited(mut text: String, request: &Request) -> (String, Finish) {
    let stops = request.stop.iter().filter(|stop| !stop.is_empty());
    if let Some(end) = stops.filter_map(|stop| text.find(stop.as_str())).min() {
        text.truncate(end);
    }
    if request.max_tokens == 0 || estimate_tokens(&text) <= request.max_tokens {
        return (text, Finish::Done);
    }
    let mut kept = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        if estimate_tokens(&format!("{kept}{word}")) > request.max_tokens {
            break;
        }
        kept.push_str(word);
    }
    (kept.trim_end().to_owned(), Finish::Length)
}

/// The text in pieces of about a sentence; joined they are the text.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end =
            ["? ", ". ", ": ", "\n", ","].iter().filter_map(|mark| Some(rest.find(mark)? + mark.len())).min();
        let (piece, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        found.push(piece);
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_to_the_text() {
        for text in ["", "One. Two? “Three: four” and\nfive.", "字，字"] {
            assert_eq!(pieces(text).concat(), text);
        }
        assert_eq!(pieces("One. Two.").len(), 2);
    }
}
