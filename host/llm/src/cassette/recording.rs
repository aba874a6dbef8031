//! A provider whose calls are recorded.

use std::sync::Arc;

use super::{
    Tape,
    form::{Answer, Asked, Entry, Occasion},
};
use crate::{Billing, Error, ListedModel, LookedUp, Provider, Reply, Request, Stopped, Wire};

/// Answers as the provider inside it does, and writes every call down.
#[derive(Clone, Debug)]
pub struct Recording<P> {
    inner: P,
    tape: Arc<Tape>,
}

impl<P: Provider> Recording<P> {
    /// Record what this provider answers.
    pub fn new(inner: P, tape: Arc<Tape>) -> Self {
        Recording { inner, tape }
    }

    fn record(&self, request: &Request, answer: Answer) {
        let asked = Asked::of(request);
        self.tape.record(Entry {
            hash: asked.hash(),
            occurrence: 0,
            provider: self.inner.name().to_owned(),
            context_tokens: self.inner.context_tokens(&request.model),
            has_tools: self.inner.has_tools(),
            occasion: Occasion::of(&request.facts),
            request: asked,
            answer,
        });
    }
}

#[async_trait::async_trait]
impl<P: Provider> Provider for Recording<P> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn context_tokens(&self, model: &str) -> u32 {
        self.inner.context_tokens(model)
    }

    fn has_tools(&self) -> bool {
        self.inner.has_tools()
    }

    fn billing(&self) -> Billing {
        self.inner.billing()
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        // Better no call than one that is missing on the tape.
        self.tape.check().map_err(Stopped)?;
        let answered = self.inner.complete(request, wire).await;
        if let Some(answer) = Answer::of(&answered) {
            self.record(request, answer);
        }
        answered
    }

    /// What was bought before a crash and found again belongs on the tape, too.
    async fn look_up(&self, response_id: &str, request: &Request) -> LookedUp {
        let found = self.inner.look_up(response_id, request).await;
        if let LookedUp::Reply(reply) = &found
            && let Some(answer) = Answer::of(&Ok((**reply).clone()))
        {
            self.record(request, answer);
        }
        found
    }

    async fn models(&self) -> Vec<ListedModel> {
        self.inner.models().await
    }
}
