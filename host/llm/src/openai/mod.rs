//! Any server that speaks the OpenAI chat-completions protocol.

mod base_url;
mod body;
mod chunk;
mod config;
mod dialect;
mod flavour;
pub(crate) mod listener;
mod listing;
mod look_up;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Mutex, PoisonError},
};

use reqwest::Url;
use serde_json::Value;

pub use self::{base_url::normalise_base_url, config::OpenAiCompatConfig, flavour::Flavour};
use self::{dialect::Dialect, listener::ChunkListener};
pub use crate::http::{BadBaseUrl, BadConfig, BaseUrl};
use crate::{
    Billing, Error, ListedModel, LookedUp, Provider, Reply, Request, Wire,
    http::{self, Complaint, Endpoint, KeyHeader, Protocol},
};

/// The provider.
pub struct OpenAiCompat {
    endpoint: Endpoint,
    context_tokens: u32,
    tools: bool,
    flavour: Flavour,
    store: bool,
    billing: Billing,
    /// Models that refused `max_tokens`. The only part of a dialect worth remembering: it depends on the model alone, while the
    /// others were refused for the value they had.
    newer_models: Mutex<BTreeSet<String>>,
}

impl OpenAiCompat {
    /// A provider for this server. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BadConfig`] if the key cannot be sent, or if the machine lacks what encrypted connections need.
    pub fn new(config: OpenAiCompatConfig) -> Result<Self, BadConfig> {
        let endpoint = Endpoint::new(config.endpoint(), KeyHeader::Bearer)?;
        let billing = config.billing.unwrap_or_else(|| endpoint.billing());
        Ok(OpenAiCompat {
            endpoint,
            context_tokens: config.context_tokens,
            tools: config.tools,
            flavour: config.flavour,
            store: config.store,
            billing,
            newer_models: Mutex::default(),
        })
    }
}

impl Protocol for OpenAiCompat {
    type Dialect = Dialect;
    type Listener = ChunkListener;

    const ANSWER_ID: Option<&'static str> = Some("x-generation-id");
    const REQUEST_ID: Option<&'static str> = Some("x-request-id");

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    fn url(&self, _request: &Request) -> Url {
        self.endpoint.base_url.at(["chat", "completions"])
    }

    fn first_dialect(&self, request: &Request) -> Dialect {
        let newer = self.newer_models.lock().unwrap_or_else(PoisonError::into_inner);
        Dialect { completion_tokens: newer.contains(&request.model), store: self.store, ..Dialect::default() }
    }

    fn after(&self, dialect: Dialect, request: &Request, complaint: &Complaint) -> Option<Dialect> {
        dialect.after(request, complaint)
    }

    fn remember(&self, request: &Request, dialect: Dialect) {
        if dialect.completion_tokens {
            let mut newer = self.newer_models.lock().unwrap_or_else(PoisonError::into_inner);
            newer.insert(request.model.clone());
        }
    }

    fn body(&self, request: &Request, dialect: Dialect) -> Value {
        body::write(request, dialect)
    }

    fn listener(&self, _request: &Request, _dialect: Dialect) -> ChunkListener {
        ChunkListener::new(self.flavour)
    }
}

#[async_trait::async_trait]
impl Provider for OpenAiCompat {
    fn name(&self) -> &str {
        &self.endpoint.name
    }

    fn context_tokens(&self, _model: &str) -> u32 {
        self.context_tokens
    }

    fn has_tools(&self) -> bool {
        self.tools
    }

    fn billing(&self) -> Billing {
        self.billing
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        http::complete(self, request, wire).await
    }

    async fn look_up(&self, response_id: &str, request: &Request) -> LookedUp {
        self.ask_about(response_id, request).await
    }

    async fn reach(&self) -> Result<(), Error> {
        http::reach(&self.endpoint, self.endpoint.base_url.at(["models"])).await
    }

    async fn models(&self) -> Vec<ListedModel> {
        self.list().await
    }
}

impl fmt::Debug for OpenAiCompat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenAiCompat").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
