//! What models were shown and what they answered, for people who want to know exactly.

use std::collections::HashMap;

use amatelier_journal::StoredCall;
use serde::Serialize;
use serde_json::Value;

use crate::recorded::{RecordedAnswer, RecordedRequest};

/// One call of a component, from its request to its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// The turn it was made in.
    pub turn: String,
    /// Which attempt at the turn made it, from 1: more than one only after a crash.
    pub attempt: u32,
    /// Its place in the turn, from 1.
    pub ordinal: u32,
    /// Whose turn.
    pub member: String,
    /// The host function.
    pub function: String,
    /// Hash of the request.
    pub request_sha256: String,
    /// The requests that left for it: one, or more with retries.
    pub requests: Vec<Exchange>,
    /// Exactly what was asked.
    pub request: Value,
    /// Messages of the debate that the component left out so that the prompt fits, by their numbers.
    pub left_out: Vec<u32>,
    /// Exactly what the component was told; none where the program died before there was an answer.
    pub answer: Option<Value>,
    /// When it was answered, RFC 3339.
    pub answered_at: Option<String>,
}

/// One request to a provider.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exchange {
    /// From 1.
    pub n: u32,
    /// The provider.
    pub provider: String,
    /// The model.
    pub model: String,
    /// When its intent was written, RFC 3339.
    pub asked_at: String,
    /// What became of it; none where nobody knows.
    pub outcome: Option<String>,
    /// The provider's id of the answer.
    pub response_id: Option<String>,
    /// The text that had arrived, where the program died before the answer was whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// Prompt tokens.
    pub input_tokens: u32,
    /// Answer tokens.
    pub output_tokens: u32,
}

impl Asked {
    /// What the model was shown, message by message: who speaks, and what. The system prompt comes first.
    pub fn shown(&self) -> Vec<(String, String)> {
        let Ok(request) = serde_json::from_value::<RecordedRequest>(self.request.clone()) else {
            return Vec::new();
        };
        let system = (!request.system.is_empty()).then(|| ("system".to_owned(), request.system));
        system.into_iter().chain(request.messages).collect()
    }

    /// What the model said; why it said nothing otherwise.
    pub fn told(&self) -> Result<String, String> {
        let Some(answer) = &self.answer else {
            return Err("the program stopped before there was an answer".into());
        };
        match serde_json::from_value::<RecordedAnswer>(answer.clone()) {
            Ok(answer) => answer.told().map(|reply| reply.text).map_err(|error| error.to_string()),
            Err(error) => Err(format!("the recorded answer cannot be read: {error}")),
        }
    }
}

fn left_out(request: &[u8]) -> Vec<u32> {
    serde_json::from_slice::<RecordedRequest>(request).map(|request| request.left_out).unwrap_or_default()
}

/// A call as the journal has it; bytes that are no JSON show as null.
pub(crate) fn read(call: StoredCall, members: &HashMap<String, String>) -> Asked {
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or_default();
    let exchange = |request: amatelier_journal::StoredRequest| {
        let outcome = request.outcome.as_ref();
        Exchange {
            n: request.intent.key.n,
            provider: request.intent.provider.clone(),
            model: request.intent.model.clone(),
            asked_at: request.intent.at.rfc3339(),
            outcome: outcome.map(|outcome| outcome.name.clone()),
            response_id: request.response_id.clone(),
            partial: request.partial.clone(),
            input_tokens: outcome.map_or(0, |outcome| outcome.input_tokens.0),
            output_tokens: outcome.map_or(0, |outcome| outcome.output_tokens.0),
        }
    };
    Asked {
        member: members.get(&call.action).cloned().unwrap_or_default(),
        turn: call.action,
        attempt: call.attempt,
        ordinal: call.key.ordinal,
        function: call.function,
        request_sha256: call.request_hash.to_string(),
        requests: call.requests.into_iter().map(exchange).collect(),
        left_out: left_out(&call.request),
        request: json(&call.request),
        answer: call.answer.as_deref().map(json),
        answered_at: call.answered_at.map(|at| at.rfc3339()),
    }
}
