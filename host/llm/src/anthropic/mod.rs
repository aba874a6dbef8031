//! Anthropic's messages protocol.
//!
//! Thinking is asked for by a budget (see [`effort`]), and never together with tools. Prompts are cached up to where they will be
//! repeated (see [`body`]).

mod base_url;
mod body;
mod config;
mod dialect;
mod effort;
mod hints;
pub(crate) mod listener;
mod listing;
mod messages;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use reqwest::{Url, header::HeaderMap};
use serde_json::Value;

pub use self::{base_url::normalise_base_url, config::AnthropicConfig};
use self::{dialect::Dialect, listener::EventListener};
use crate::{
    BadConfig, Billing, Error, ListedModel, Provider, Reply, Request, Wire,
    http::{self, Complaint, Endpoint, KeyHeader, Protocol},
    retry::Hints,
};

/// The version of the protocol that is spoken.
const VERSION: &str = "2023-06-01";

/// The provider.
pub struct Anthropic {
    endpoint: Endpoint,
    context_tokens: u32,
    /// What models refused. A schema's form is not remembered: it may have been refused for the schema it carried.
    learned: Mutex<BTreeMap<String, Dialect>>,
}

impl Anthropic {
    /// The service's own address.
    pub const BASE_URL: &str = "https://api.anthropic.com";

    /// A provider for this service. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BadConfig`] if the key cannot be sent, or if the machine lacks what encrypted connections need.
    pub fn new(config: AnthropicConfig) -> Result<Self, BadConfig> {
        let endpoint = Endpoint::new(config.endpoint(), KeyHeader::Named("x-api-key"))?;
        let endpoint = endpoint.with_header("anthropic-version", VERSION);
        Ok(Anthropic { endpoint, context_tokens: config.context_tokens, learned: Mutex::default() })
    }
}

impl Protocol for Anthropic {
    type Dialect = Dialect;
    type Listener = EventListener;

    const REQUEST_ID: Option<&'static str> = Some("request-id");

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    fn url(&self, _request: &Request) -> Url {
        self.endpoint.base_url.at(["v1", "messages"])
    }

    fn first_dialect(&self, request: &Request) -> Dialect {
        let learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        learned.get(&request.model).copied().unwrap_or_default()
    }

    fn after(&self, dialect: Dialect, request: &Request, complaint: &Complaint) -> Option<Dialect> {
        dialect.after(request, complaint)
    }

    fn remember(&self, request: &Request, dialect: Dialect) {
        let kept = Dialect { schema: Dialect::default().schema, ..dialect };
        if kept != Dialect::default() {
            let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
            learned.insert(request.model.clone(), kept);
        }
    }

    fn body(&self, request: &Request, dialect: Dialect) -> Value {
        body::write(request, dialect)
    }

    fn listener(&self, request: &Request, dialect: Dialect) -> EventListener {
        EventListener::new(body::is_forced(request, dialect))
    }

    fn hints(&self, headers: &HeaderMap, body: &str, now: Timestamp) -> Hints {
        hints::read(headers, body, now)
    }
}

#[async_trait::async_trait]
impl Provider for Anthropic {
    fn name(&self) -> &str {
        &self.endpoint.name
    }

    fn context_tokens(&self, _model: &str) -> u32 {
        self.context_tokens
    }

    fn has_tools(&self) -> bool {
        true
    }

    fn billing(&self) -> Billing {
        // A server of this protocol on this machine is more likely a way to the service than a model.
        Billing::Metered
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        http::complete(self, request, wire).await
    }

    async fn reach(&self) -> Result<(), Error> {
        http::reach(&self.endpoint, self.endpoint.base_url.at(["v1", "models"])).await
    }

    async fn models(&self) -> Vec<ListedModel> {
        self.list().await
    }
}

impl fmt::Debug for Anthropic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anthropic").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
