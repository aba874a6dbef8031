//! Gemini, by its own protocol.
//!
//! The service also has a door for the OpenAI protocol. This one takes schemas as they are, says how much was thought, and tells a
//! refusal from an answer. The key travels in a header, never in the address, where logs and errors would show it.

mod body;
mod chunk;
mod config;
mod dialect;
pub(crate) mod listener;
mod listing;
mod quota;
mod schema;
mod signature;
#[cfg(test)]
mod tests;
mod thinking;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use reqwest::{Url, header::HeaderMap};
use serde_json::Value;

pub use self::config::{GeminiConfig, gemini_base_url};
use self::{
    dialect::Dialect,
    listener::ChunkListener,
    quota::{Quota, retry_delay},
};
use crate::{
    BadConfig, Billing, Error, ListedModel, Provider, Reply, Request, Wire,
    http::{self, Complaint, Endpoint, Failed, KeyHeader, Protocol},
    retry::{Cause, Hints},
};

/// The provider.
pub struct Gemini {
    endpoint: Endpoint,
    context_tokens: u32,
    /// What the service listed, by model.
    contexts: Mutex<BTreeMap<String, u32>>,
    /// What each model took: it refuses the same thing every time.
    dialects: Mutex<BTreeMap<String, Dialect>>,
}

impl Gemini {
    /// A provider for this service. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BadConfig`] if the key cannot be sent, or if the machine lacks what encrypted connections need.
    pub fn new(config: GeminiConfig) -> Result<Self, BadConfig> {
        Ok(Gemini {
            endpoint: Endpoint::new(config.endpoint(), KeyHeader::Named("x-goog-api-key"))?,
            context_tokens: config.context_tokens,
            contexts: Mutex::default(),
            dialects: Mutex::default(),
        })
    }
}

/// A model's name as it stands in addresses and lists.
fn bare(model: &str) -> &str {
    model.strip_prefix("models/").unwrap_or(model)
}

/// The limit in `The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).`; 0 where it is not said.
fn longest_prompt(words: &str) -> Option<u32> {
    let (_, after) = words.split_once("exceeds the maximum number of tokens")?;
    let digits = after.trim_start_matches(|c: char| !c.is_ascii_digit());
    Some(
        digits
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0),
    )
}

impl Protocol for Gemini {
    type Dialect = Dialect;
    type Listener = ChunkListener;

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    fn url(&self, request: &Request) -> Url {
        let model = bare(&request.model);
        let method = |name: &str| format!("{name}:streamGenerateContent");
        let mut url = match model.strip_prefix("tunedModels/") {
            Some(tuned) => self.endpoint.base_url.at(["v1beta", "tunedModels", &method(tuned)]),
            None => self.endpoint.base_url.at(["v1beta", "models", &method(model)]),
        };
        url.set_query(Some("alt=sse"));
        url
    }

    fn first_dialect(&self, request: &Request) -> Dialect {
        let known = self.dialects.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&request.model).copied().unwrap_or_else(|| Dialect::first(&request.model))
    }

    fn after(&self, dialect: Dialect, request: &Request, complaint: &Complaint) -> Option<Dialect> {
        dialect.after(request, complaint)
    }

    fn remember(&self, request: &Request, dialect: Dialect) {
        // How a schema is written was learnt only where there was one, and beside tools for another reason.
        let learnt = request.schema.is_some() && request.tools.is_empty();
        let schema = if learnt { dialect.schema } else { self.first_dialect(request).schema };
        let lasting = Dialect { schema, ..dialect };
        self.dialects.lock().unwrap_or_else(PoisonError::into_inner).insert(request.model.clone(), lasting);
    }

    fn body(&self, request: &Request, dialect: Dialect) -> Value {
        body::write(request, dialect)
    }

    fn listener(&self, _request: &Request, _dialect: Dialect) -> ChunkListener {
        ChunkListener
    }

    fn hints(&self, headers: &HeaderMap, body: &str, now: Timestamp) -> Hints {
        let hints = Hints::read(headers, now);
        let told = || retry_delay(&serde_json::from_str::<Value>(body).ok()?);
        Hints { after: hints.after.or_else(told), ..hints }
    }

    fn refusal(&self, _request: &Request, mut failed: Failed, body: &str) -> Failed {
        if let Some(limit) = failed.complaint.as_ref().and_then(|complaint| longest_prompt(&complaint.words))
        {
            let reason = failed.reason.clone();
            return Failed::too_long(limit, reason).saying(failed.complaint);
        }
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        match Quota::of(&body) {
            Quota::Money => failed.refusing_us(Cause::MoneyGone),
            Quota::Day => {
                failed.reason.push_str(" (not retried: the day's quota is used up)");
                failed.refusing_us(Cause::Final)
            }
            // A wrong key is a fault of ours, though the service says that the request is.
            Quota::Passing if quota::says(&body, "API_KEY_INVALID") => failed.refusing_us(Cause::Final),
            Quota::Passing => failed,
        }
    }
}

#[async_trait::async_trait]
impl Provider for Gemini {
    fn name(&self) -> &str {
        &self.endpoint.name
    }

    fn context_tokens(&self, model: &str) -> u32 {
        let listed = self.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        listed.get(bare(model)).copied().unwrap_or(self.context_tokens)
    }

    fn has_tools(&self) -> bool {
        true
    }

    fn billing(&self) -> Billing {
        Billing::Metered
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        http::complete(self, request, wire).await
    }

    async fn reach(&self) -> Result<(), Error> {
        http::reach(&self.endpoint, self.endpoint.base_url.at(["v1beta", "models"])).await
    }

    async fn models(&self) -> Vec<ListedModel> {
        let models = self.list().await;
        let told = models.iter().filter_map(|model| Some((model.id.clone(), model.context_tokens?)));
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner).extend(told);
        models
    }
}

impl fmt::Debug for Gemini {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gemini").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
