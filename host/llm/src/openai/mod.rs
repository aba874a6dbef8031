//! Any server that speaks the OpenAI chat-completions protocol.
//!
//! One call is a loop of requests, each announced before it leaves. A failed one is repeated without, or with another spelling of, a
//! field that the server said it does not take; else as the [`RetryPolicy`](crate::RetryPolicy) decides. What a server sends is read
//! tolerantly; what is lost is never made up: an answer without an end is [`Finish::Broken`](crate::Finish::Broken). Keys are kept
//! out of errors and logs, and go to the configured host only.

mod answer;
mod base_url;
mod body;
mod chunk;
mod complaint;
mod config;
mod exchange;
mod failed;
mod hearing;
mod incoming;
mod line;
mod listing;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Client, header::HeaderValue};

pub use self::{
    base_url::{BadBaseUrl, BaseUrl, normalise_base_url},
    config::{BadConfig, OpenAiCompatConfig},
};
use self::{body::Dialect, exchange::Exchange};
use crate::{
    Billing, Error, Provider, Reply, Request, Wire,
    retry::{Decision, Jitter},
};

/// The provider.
pub struct OpenAiCompat {
    config: OpenAiCompatConfig,
    client: Client,
    authorization: Option<HeaderValue>,
    /// Models that refused `max_tokens`. The only part of a dialect worth remembering: it depends on the model alone, while the
    /// others were refused for the value they had.
    newer_models: Mutex<BTreeSet<String>>,
}

impl OpenAiCompat {
    /// A provider for this server. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BadConfig`] if the key cannot be sent, or if the machine lacks what encrypted connections need.
    pub fn new(mut config: OpenAiCompatConfig) -> Result<Self, BadConfig> {
        config.trim_key();
        let (client, authorization) = (config.client()?, config.authorization()?);
        Ok(OpenAiCompat { config, client, authorization, newer_models: Mutex::default() })
    }

    fn first_dialect(&self, model: &str) -> Dialect {
        let newer = self.newer_models.lock().unwrap_or_else(PoisonError::into_inner);
        Dialect { completion_tokens: newer.contains(model), ..Dialect::default() }
    }

    fn remember(&self, model: &str, dialect: Dialect) {
        if dialect.completion_tokens {
            self.newer_models.lock().unwrap_or_else(PoisonError::into_inner).insert(model.to_owned());
        }
    }
}

#[async_trait::async_trait]
impl Provider for OpenAiCompat {
    fn name(&self) -> &str {
        &self.config.name
    }

    fn context_tokens(&self, _model: &str) -> u32 {
        self.config.context_tokens
    }

    fn has_tools(&self) -> bool {
        self.config.tools
    }

    fn billing(&self) -> Billing {
        // Whoever runs the server on this machine pays for it otherwise.
        if self.config.base_url.is_loopback() { Billing::Free } else { Billing::Metered }
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        let mut dialect = self.first_dialect(&request.model);
        let mut jitter = Jitter::new(request.facts.turn_seed, request.facts.call);
        let mut failures = 0;
        let mut n = 0;
        loop {
            n += 1;
            wire.before_request(n).await?;
            let body = body::write(request, dialect).to_string().into_bytes();
            let failed = match (Exchange { provider: self, wire, n }).run(body).await {
                Ok((answer, finish)) => {
                    self.remember(&request.model, dialect);
                    return Ok(answer.into_reply(finish, request));
                }
                Err(failed) => failed,
            };
            wire.request_failed(n, &failed.reason);
            let other = failed.complaint.as_ref().and_then(|complaint| dialect.after(request, complaint));
            if let Some(other) = other {
                tracing::debug!(provider = self.config.name, ?other, "asking in another dialect");
                dialect = other;
                continue;
            }
            failures += 1;
            match self.config.retry.decide(failures, failed.cause, failed.hints, jitter.next()) {
                Decision::Retry(after) => back_off(after).await,
                Decision::GiveUp(note) => return Err(failed.into_error(&self.config.name, note)),
            }
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the back-off before a retry is the one wait that is a sleep")]
async fn back_off(after: Duration) {
    tokio::time::sleep(after).await;
}

impl fmt::Debug for OpenAiCompat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenAiCompat").field("config", &self.config).finish_non_exhaustive()
    }
}
