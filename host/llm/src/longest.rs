//! A model that always says as much as it may: what a debate with it takes, a debate takes at most.
//!
//! It stands in for another provider, under that provider's name and with its limits, so that a debate can be planned and priced without
//! a request leaving the machine. Whoever is asked to rule never lets the debate end early; whoever may ask the Steward does; the
//! Steward's helper looks until it may not. What it says means nothing.

use std::sync::Arc;

use amatelier_types::{Phase, Usage};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use serde_json::{Value, json};

use crate::{
    Billing, CallFacts, Error, Finish, Provider, Purpose, Reply, Request, Wire, estimate_tokens,
    rehearsal::Rehearsal,
};

/// A token is at least so many bytes, as [`estimate_tokens`] counts.
const TOKEN_BYTES: usize = 3;
/// Words of a sentence.
const SENTENCE: usize = 14;
/// A text in an answer to a schema that is at least so long is prose, and may be longer.
const PROSE_BYTES: usize = 12;

/// See the module's documentation.
#[derive(Debug)]
pub struct Longest {
    real: Arc<dyn Provider>,
}

impl Longest {
    /// In the place of this provider.
    pub fn of(real: Arc<dyn Provider>) -> Self {
        Longest { real }
    }
}

#[async_trait::async_trait]
impl Provider for Longest {
    fn name(&self) -> &str {
        self.real.name()
    }

    fn context_tokens(&self, model: &str) -> u32 {
        self.real.context_tokens(model)
    }

    fn billing(&self) -> Billing {
        self.real.billing()
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        let texts = request.messages.iter().map(|turn| estimate_tokens(&turn.text));
        let prompt = texts.fold(estimate_tokens(&request.system), u32::saturating_add);
        let limit = self.context_tokens(&request.model);
        if prompt.saturating_add(request.max_tokens) > limit {
            return Err(Error::TooLong { limit });
        }
        wire.before_request(1).await?;
        let usage = Usage {
            calls: 1,
            input_tokens: prompt.into(),
            output_tokens: request.max_tokens.into(),
            ..Usage::default()
        };
        Ok(Reply {
            text: said(request),
            calls: Vec::new(),
            model: request.model.clone(),
            finish: Finish::Done,
            usage,
            response_id: None,
            billed: None,
        })
    }
}

fn said(request: &Request) -> String {
    let facts = &request.facts;
    let room = (request.max_tokens as usize).saturating_mul(TOKEN_BYTES);
    let mut babble = Babble::of(facts);
    match (facts.purpose, &request.schema) {
        (Purpose::LookUp, _) => look(request).to_string(),
        (_, Some(schema)) => stretched(shaped(facts, schema), schema, room, &mut babble).to_string(),
        (Purpose::Rule, None) => format!("CONTINUE: {}", babble.text(room.saturating_sub(16))),
        (Purpose::Speak, None) => {
            let asked = question(facts);
            let rest = room.saturating_sub(asked.len());
            format!("{asked}{}", babble.text(rest))
        }
        (Purpose::Moderate | Purpose::Summarise | Purpose::Score, None) => babble.text(room),
    }
}

/// Something that no form answers, wherever a worker may ask: the Steward has to think, and the budget says when it is over.
fn question(facts: &CallFacts) -> String {
    let may_ask = matches!(facts.phase, Phase::Research | Phase::Speak | Phase::Rebuttal | Phase::Floor);
    match facts.files.first() {
        Some(file) if may_ask => {
            format!(
                "[[request: what follows from {file} for what was said in call {} of round {}?]] ",
                facts.position, facts.round
            )
        }
        _ => String::new(),
    }
}

/// The Steward's helper: one file after the other, until it is told that this is the last round.
fn look(request: &Request) -> Value {
    let is_last = request.messages.last().is_some_and(|turn| turn.text.contains("last round"));
    let place = request.messages.len() % request.facts.files.len().max(1);
    match request.facts.files.get(place) {
        Some(file) if !is_last => json!({ "tool": "read", "arguments": { "file": file, "first_line": 1 } }),
        _ => json!({ "answer": "It does not say.", "found": false, "citations": [] }),
    }
}

/// An answer that meets the schema, as a rehearsal gives it, and never one that ends the debate.
fn shaped(facts: &CallFacts, schema: &Value) -> Value {
    let text = Rehearsal::answer(facts, schema);
    let mut value: Value = text.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    for field in ["verdict", "ruling"] {
        if let Some(verdict) = value.get_mut(field) {
            *verdict = json!("proceed");
        }
    }
    if let Some(converged) = value.get_mut("converged") {
        *converged = json!(false);
    }
    value
}

/// The answer with its prose as long as the schema and the room allow.
fn stretched(value: Value, schema: &Value, room: usize, babble: &mut Babble) -> Value {
    let Ok(validator) = jsonschema::validator_for(schema) else { return value };
    let paths = prose(&value, String::new());
    let mut spare = room.saturating_sub(value.to_string().len());
    let share = spare / paths.len().max(1);
    let mut longest = value;
    for path in paths {
        let mut tried = longest.clone();
        let Some(Value::String(text)) = tried.pointer_mut(&path) else { continue };
        *text = format!("{text} {}", babble.text(share.min(spare)));
        if validator.is_valid(&tried) {
            longest = tried;
            spare = spare.saturating_sub(share);
        }
    }
    longest
}

/// Where in a value there is prose, as JSON pointers.
fn prose(value: &Value, path: String) -> Vec<String> {
    match value {
        Value::String(text) if text.len() >= PROSE_BYTES => vec![path],
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, item)| prose(item, format!("{path}/{at}"))).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, field)| {
                prose(field, format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Words without meaning; different in every call, so that nobody is found to repeat itself.
struct Babble(ChaCha8Rng);

impl Babble {
    fn of(facts: &CallFacts) -> Self {
        let mut dice = ChaCha8Rng::from_seed(facts.turn_seed);
        dice.set_stream(facts.call.into());
        Babble(dice)
    }

    /// At most so many bytes.
    fn text(&mut self, bytes: usize) -> String {
        let mut text = String::new();
        for place in 1_usize.. {
            let length = 4 + self.0.next_u32() % 6;
            let word: String =
                (0..length).map(|_| char::from(b'a' + (self.0.next_u32() % 26) as u8)).collect();
            let end = if place % SENTENCE == 0 { ". " } else { " " };
            if text.len() + word.len() + end.len() > bytes {
                break;
            }
            text.push_str(&word);
            text.push_str(end);
        }
        text.trim_end().to_owned()
    }
}
