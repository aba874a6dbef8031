//! A server of local models, by its own protocol.
//!
//! The server also has a door for the OpenAI protocol, which silently ignores how long a context is asked for and cuts prompts without a
//! word. This one can be told, and what it counts shows whether it did as told: an answer to half a prompt is an error here.

mod body;
mod config;
mod cut;
mod dialect;
mod host;
pub(crate) mod listener;
mod server;
#[cfg(test)]
mod tests;
mod window;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use reqwest::Url;
use serde_json::Value;

pub use self::{config::OllamaConfig, host::ollama_base_url, server::probe_ollama};
use self::{
    cut::Cut,
    dialect::{Dialect, Format, Think},
    listener::LineListener,
    window::{most_prompt_tokens, window},
};
use crate::{
    BadConfig, Billing, Error, ListedModel, Provider, Reply, Request, Wire,
    http::{self, Answer, Complaint, Endpoint, Failed, KeyHeader, Protocol},
    retry::Cause,
};

/// The provider.
pub struct Ollama {
    endpoint: Endpoint,
    context_tokens: u32,
    longest_window: Option<u32>,
    tools: bool,
    learnt: Mutex<Learnt>,
}

/// What the server and its models turned out to be.
#[derive(Default)]
struct Learnt {
    version: Option<String>,
    /// How many tokens each model takes, as its file says.
    contexts: BTreeMap<String, u32>,
    /// The window that each was last loaded with.
    windows: BTreeMap<String, u32>,
    /// How each takes effort and schemas.
    spellings: BTreeMap<String, (Think, Format)>,
}

impl Ollama {
    /// A provider for this server. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BadConfig`] if the key cannot be sent, or if the machine lacks what encrypted connections need.
    pub fn new(config: OllamaConfig) -> Result<Self, BadConfig> {
        Ok(Ollama {
            endpoint: Endpoint::new(config.endpoint(), KeyHeader::Bearer)?,
            context_tokens: config.context_tokens,
            longest_window: config.longest_window,
            tools: config.tools,
            learnt: Mutex::default(),
        })
    }

    fn learnt(&self) -> MutexGuard<'_, Learnt> {
        self.learnt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many tokens a model takes, as its file says; asked once, and known to [`Provider::context_tokens`] from then on. None where the server does not tell, or does not have it.
    pub async fn learn_context(&self, model: &str) -> Option<u32> {
        let known = self.learnt().contexts.get(model).copied();
        if known.is_some() {
            return known;
        }
        let told = server::context(&self.endpoint, model).await?;
        self.learnt().contexts.insert(model.to_owned(), told);
        Some(told)
    }

    async fn learn_version(&self) {
        if self.learnt().version.is_none() {
            let version = server::version(&self.endpoint).await;
            self.learnt().version = version;
        }
    }
}

impl Protocol for Ollama {
    type Dialect = Dialect;
    type Listener = LineListener;

    fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    fn url(&self, _request: &Request) -> Url {
        self.endpoint.base_url.at(["api", "chat"])
    }

    fn first_dialect(&self, request: &Request) -> Dialect {
        let context = self.context_tokens(&request.model);
        let mut learnt = self.learnt();
        let loaded = learnt.windows.get(&request.model).copied().unwrap_or(0);
        let window = window(most_prompt_tokens(request), request.max_tokens, context, loaded);
        learnt.windows.insert(request.model.clone(), window);
        match learnt.spellings.get(&request.model) {
            Some((think, format)) => Dialect { think: *think, format: *format, window },
            None => Dialect::first(window),
        }
    }

    fn after(&self, dialect: Dialect, request: &Request, complaint: &Complaint) -> Option<Dialect> {
        dialect.after(request, complaint)
    }

    fn remember(&self, request: &Request, dialect: Dialect) {
        self.learnt().spellings.insert(request.model.clone(), (dialect.think, dialect.format));
    }

    fn body(&self, request: &Request, dialect: Dialect) -> Value {
        body::write(request, dialect)
    }

    fn listener(&self, _request: &Request, _dialect: Dialect) -> LineListener {
        LineListener
    }

    fn refusal(&self, request: &Request, failed: Failed, _body: &str) -> Failed {
        let Some(complaint) = failed.complaint.as_deref() else { return failed };
        let says = |phrase: &str| complaint.words.contains(phrase);
        let model = self.endpoint.line(&request.model);
        // Some versions say with 500 that a prompt does not fit, and none mends that by being asked again.
        if says("exceeds the context length") || says("exceed_context_size") {
            let limit = complaint.too_long().filter(|limit| *limit > 0);
            let limit = limit.unwrap_or_else(|| self.context_tokens(&request.model));
            let reason = failed.reason.clone();
            return Failed::too_long(limit, reason).saying(failed.complaint);
        }
        if complaint.status == 404 && says("not found") {
            return failed.remedied_by(&format!("`ollama pull {model}` fetches it"));
        }
        if says("does not support tools") {
            return failed.remedied_by(
                "choose a model that can call tools, which `ollama show` tells, or set `tools = false` for this provider",
            );
        }
        if says("unauthorized") {
            return failed.refusing_us(Cause::Final);
        }
        // Of models that only look local: they are answered for in the cloud.
        if complaint.status == 402 || says("usage limit") {
            return failed.refusing_us(Cause::MoneyGone);
        }
        if says("requires more system memory") {
            let failed = failed.remedied_by("choose a smaller model, or a shorter longest window");
            return failed.refusing_us(Cause::Final);
        }
        failed
    }

    fn objection(&self, request: &Request, dialect: Dialect, answer: &Answer) -> Option<Failed> {
        let version = self.learnt().version.clone();
        match cut::find(request, answer.counts, dialect.window, version.as_deref())? {
            Cut::Window => {
                let reason = format!("the server cut the prompt to its window of {} tokens", dialect.window);
                Some(Failed::too_long(dialect.window, reason))
            }
            Cut::Short { read, least } => Some(Failed::invalid(format!(
                "the server read {read} tokens of a prompt that has at least {least}: it cut the prompt, though told to take \
                 {} (is something between us that drops num_ctx?)",
                dialect.window
            ))),
        }
    }
}

#[async_trait::async_trait]
impl Provider for Ollama {
    fn name(&self) -> &str {
        &self.endpoint.name
    }

    /// What the model's file says, once the server was asked: by [`Provider::models`], or by the model's first call.
    fn context_tokens(&self, model: &str) -> u32 {
        let told = self.learnt().contexts.get(model).copied().unwrap_or(self.context_tokens);
        told.min(self.longest_window.unwrap_or(u32::MAX))
    }

    fn has_tools(&self) -> bool {
        self.tools
    }

    fn billing(&self) -> Billing {
        Billing::Free
    }

    async fn complete(&self, request: &Request, wire: &dyn Wire) -> Result<Reply, Error> {
        tokio::join!(self.learn_version(), self.learn_context(&request.model));
        let limit = self.context_tokens(&request.model);
        if most_prompt_tokens(request) > limit {
            return Err(Error::TooLong { limit });
        }
        http::complete(self, request, wire).await
    }

    async fn reach(&self) -> Result<(), Error> {
        http::reach(&self.endpoint, self.endpoint.base_url.at(["api", "tags"])).await
    }

    async fn models(&self) -> Vec<ListedModel> {
        self.list().await
    }
}

impl fmt::Debug for Ollama {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ollama").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}
