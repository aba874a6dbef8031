//! Models as a turn may ask them: every answer is journaled, and none is bought twice.
//!
//! Only what no earlier attempt at the action was answered is asked: the intent is durable before the request leaves, the answer is on
//! disk (safe from a kill, from a power cut with the next intent) before the component sees it. A replay has nobody to ask: what is not
//! found ends it.

use std::{collections::BTreeSet, sync::Arc};

use amatelier_journal::{CallKey, NewCall};
use amatelier_llm::{CallFacts, Request, estimate_tokens};
use amatelier_runtime::{Completion, CompletionReply, ModelError, Models, Suspended};
use amatelier_types::Capability;

use crate::{
    answering::Answering,
    calls::{Calls, Numbered},
    inquiry::{Inquire, Inquiry},
    live::Live,
    recorded::{COMPLETE, RecordedAnswer, RecordedRequest},
};

/// The longest answer that is asked for when the component does not say, in tokens.
const ANSWER_TOKENS: u32 = 4_096;

/// The models of one turn.
pub(crate) struct TurnModels {
    pub source: Source,
    pub calls: Arc<Calls>,
    /// Which of them may be asked; none means all.
    pub labels: Option<AllowedLabels>,
}

/// The models that a component may ask, by their labels.
pub(crate) struct AllowedLabels {
    /// What it means where it names none.
    pub own: String,
    pub allowed: BTreeSet<String>,
}

impl AllowedLabels {
    /// Why a request is denied, if it is.
    fn denied(&self, wanted: Option<&str>) -> Option<ModelError> {
        let label = wanted.unwrap_or(&self.own);
        let denied = || ModelError::Denied(format!("{} of `{label}`", Capability::LlmComplete));
        (!self.allowed.contains(label)).then(denied)
    }
}

/// Where answers come from that are not in the journal.
pub(crate) enum Source {
    /// A provider.
    Provider(Box<Live>),
    /// Nowhere: the turn is run again to see whether it asks what it asked.
    Nowhere,
}

/// What is wanted, as whoever answers is asked for it.
pub(crate) fn request(what: Inquiry, answering: &Answering, facts: CallFacts) -> Result<Request, ModelError> {
    let schema = what.schema.map(|text| serde_json::from_str(&text)).transpose();
    let schema = schema.map_err(|error| ModelError::Invalid(format!("the schema is not JSON: {error}")))?;
    let model = &answering.model;
    // The answer may take a quarter of what the model takes, so that the prompt has room.
    let ceiling = (answering.provider.context_tokens(model) / 4).max(1);
    let wanted = if what.max_tokens == 0 { ANSWER_TOKENS } else { what.max_tokens };
    let wanted = answering.max_tokens.map_or(wanted, |most| wanted.min(most));
    Ok(Request {
        model: model.clone(),
        system: what.system,
        messages: what.messages,
        max_tokens: wanted.min(ceiling),
        temperature: what.temperature.or(answering.temperature),
        effort: what.effort.or_else(|| answering.effort.clone()),
        stop: what.stop,
        schema,
        tools: what.tools,
        facts: Arc::new(facts),
    })
}

#[async_trait::async_trait]
impl Inquire for TurnModels {
    /// A replay says what was said when it was asked: tools stand in the request, so a turn that
    /// asked with them is found with them.
    fn has_tools(&self, label: Option<&str>) -> bool {
        match &self.source {
            Source::Provider(live) => {
                self.calls.had_tools().unwrap_or_else(|| live.answering(label).provider.has_tools())
            }
            Source::Nowhere => self.calls.had_tools().unwrap_or_default(),
        }
    }

    /// The answer is in the journal when it returns.
    async fn put(&self, what: Inquiry) -> Result<Result<RecordedAnswer, ModelError>, Suspended> {
        let visible = what.visible;
        let asked = RecordedRequest::of(&what).bytes();
        let (bytes, hash) = asked.map_err(|error| Suspended(error.to_string()))?;
        let Numbered { ordinal, occurrence, answer, lost } = self.calls.number(COMPLETE, hash);
        let (Source::Provider(live), None) = (&self.source, &answer) else {
            let Some(answer) = answer else { return Err(Suspended(self.calls.miss(ordinal))) };
            // An answer that cannot be read is an error: asking again would buy it twice.
            let unreadable = |error| Suspended(format!("a recorded answer cannot be read: {error}"));
            let answer: RecordedAnswer = serde_json::from_slice(&answer).map_err(unreadable)?;
            self.calls.spend(answer.usage());
            return Ok(Ok(answer));
        };
        let (answering, request) = match live.request(what, ordinal) {
            Ok(asked) => asked,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(answer) = live.settle(&lost, &answering, &request).await? {
            self.calls.spend(answer.usage());
            return Ok(Ok(answer));
        }
        let new = NewCall {
            key: CallKey { turn: live.turn, ordinal },
            function: COMPLETE.into(),
            request_hash: hash,
            occurrence,
            request: bytes,
        };
        let answer = live.ask(&answering, &request, new, visible).await?;
        self.calls.spend(answer.usage());
        Ok(Ok(answer))
    }
}

#[async_trait::async_trait]
impl Models for TurnModels {
    async fn complete(&self, what: Completion) -> Result<Result<CompletionReply, ModelError>, Suspended> {
        if let Some(denied) = self.labels.as_ref().and_then(|labels| labels.denied(what.model.as_deref())) {
            return Ok(Err(denied));
        }
        Ok(self.put(what.into()).await?.and_then(RecordedAnswer::told))
    }

    fn count_tokens(&self, text: &str) -> u32 {
        estimate_tokens(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_is_not_granted_is_denied_and_none_is_the_members_own() {
        for (own, wanted, denied) in [
            ("haiku", None, None),
            ("haiku", Some("haiku"), None),
            ("haiku", Some("flash"), None),
            ("haiku", Some("opus"), Some("llm.complete of `opus`")),
            ("opus", None, Some("llm.complete of `opus`")),
            ("opus", Some("haiku"), None),
        ] {
            let allowed = ["haiku".to_owned(), "flash".to_owned()].into();
            let labels = AllowedLabels { own: own.into(), allowed };
            let expected = denied.map(|what: &str| ModelError::Denied(what.into()));
            assert_eq!(labels.denied(wanted), expected, "{own} {wanted:?}");
        }
    }
}
