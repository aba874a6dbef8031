//! Somebody else to ask when a provider cannot be reached.
//!
//! Candidates are asked in their order, each with its own retries behind it. Only [`Error::Unavailable`] and [`Error::TimedOut`] lead to
//! the next one: a prompt that is too long, a request that makes no sense and a caller who stops would be so there, too. To the caller
//! it is one call: the numbers of its requests go on, and [`Wire::turned_to`] says whom they go to.

mod onward;

use std::sync::Arc;

use self::onward::Onward;
use crate::{Billing, Error, ListedModel, LookedUp, Provider, Reply, Request, Wire};

/// A provider and a model of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The provider.
    pub provider: Arc<dyn Provider>,
    /// The model, as the provider calls it.
    pub model: String,
}

/// Providers one of which is asked after the other. The model of a [`Request`] is the first candidate's; the others answer with theirs.
#[derive(Clone, Debug)]
pub struct Fallback {
    first: Candidate,
    others: Vec<Candidate>,
}

impl Fallback {
    /// Ask `first`, and where it cannot answer, the others.
    pub fn new(first: Candidate, others: Vec<Candidate>) -> Self {
        Fallback { first, others }
    }

    fn all(&self) -> impl Iterator<Item = &Candidate> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

#[async_trait::async_trait]
impl Provider for Fallback {
    /// The first one's.
    fn name(&self) -> &str {
        self.first.provider.name()
    }

    /// What the smallest of them takes, so that a prompt fits whoever answers.
    fn context_tokens(&self, model: &str) -> u32 {
        let others = self.others.iter().map(|other| other.provider.context_tokens(&other.model));
        others.fold(self.first.provider.context_tokens(model), u32::min)
    }

    /// Whether all of them have.
    fn has_tools(&self) -> bool {
        self.all().all(|candidate| candidate.provider.has_tools())
    }

    /// As soon as one of them may cost money, the call may.
    fn billing(&self) -> Billing {
        let billings: Vec<Billing> = self.all().map(|candidate| candidate.provider.billing()).collect();
        let costly = [Billing::Metered, Billing::Subscription];
        costly.into_iter().find(|billing| billings.contains(billing)).unwrap_or(Billing::Free)
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        let onward = Onward::new(wire);
        let mut error = match self.first.provider.complete(request, &onward).await {
            Err(error) if leads_on(&error) => error,
            done => return done,
        };
        for Candidate { provider, model } in &self.others {
            tracing::warn!(provider = provider.name(), model, %error, "falling back");
            onward.go_on();
            wire.turned_to(provider.name(), model, provider.billing());
            let request = Request { model: model.clone(), ..request.clone() };
            match provider.complete(&request, &onward).await {
                Err(next) if leads_on(&next) => error = both(error, &next),
                done => return done,
            }
        }
        Err(error)
    }

    /// Whoever knows the answer by its id: ids of one provider mean nothing to another.
    async fn look_up(&self, response_id: &str, request: &Request) -> LookedUp {
        for (place, candidate) in self.all().enumerate() {
            let model = if place == 0 { request.model.clone() } else { candidate.model.clone() };
            let request = Request { model, ..request.clone() };
            match candidate.provider.look_up(response_id, &request).await {
                LookedUp::Unknown => {}
                known => return known,
            }
        }
        LookedUp::Unknown
    }

    /// The first one's.
    async fn models(&self) -> Vec<ListedModel> {
        self.first.provider.models().await
    }
}

fn leads_on(error: &Error) -> bool {
    matches!(error, Error::Unavailable { .. } | Error::TimedOut { .. })
}

/// One error that tells both.
fn both(first: Error, next: &Error) -> Error {
    let (provider, reason) = match first {
        Error::Unavailable { provider, reason } => (provider, reason),
        Error::TimedOut { provider, timer } => (provider, format!("stopped talking: {timer}")),
        other => return other,
    };
    Error::Unavailable { provider, reason: format!("{reason}; then {next}") }
}

#[cfg(test)]
mod tests;
