//! What the provider needs to be told.

use std::sync::Arc;

use secrecy::SecretString;

use crate::{BaseUrl, Gate, RetryPolicy, Timers, http::EndpointConfig};

/// Where the server is and how patient to be with it.
#[derive(Clone, Debug)]
pub struct OllamaConfig {
    /// The provider's name in the team's settings; stands in errors.
    pub name: String,
    /// From [`ollama_base_url`](super::ollama_base_url).
    pub base_url: BaseUrl,
    /// Sent as a bearer token: for a server behind a proxy that wants one. A server on this machine takes none.
    pub api_key: Option<SecretString>,
    /// How many tokens, prompt and answer together, a model takes whose server has not said so yet.
    pub context_tokens: u32,
    /// The longest window to load any model with, in tokens: a window takes memory, and one that does not fit makes the server slow.
    /// None leaves it to what the model takes and a prompt needs.
    pub longest_window: Option<u32>,
    /// Whether its models are offered tools. Not every model can call them; one that cannot says so.
    pub tools: bool,
    /// How long it may be silent.
    pub timers: Timers,
    /// How often it is asked again.
    pub retry: RetryPolicy,
    /// What every request passes on its way out.
    pub gate: Option<Arc<dyn Gate>>,
}

impl OllamaConfig {
    /// A server without a key, with tools, with models of 8 192 tokens until it says otherwise, and as patient with it as with any.
    pub fn new(name: impl Into<String>, base_url: BaseUrl) -> Self {
        OllamaConfig {
            name: name.into(),
            base_url,
            api_key: None,
            context_tokens: 8192,
            longest_window: None,
            tools: true,
            timers: Timers::default(),
            retry: RetryPolicy::default(),
            gate: None,
        }
    }

    pub(super) fn endpoint(&self) -> EndpointConfig {
        EndpointConfig {
            name: self.name.clone(),
            base_url: self.base_url.clone(),
            api_key: self.api_key.clone(),
            timers: self.timers,
            retry: self.retry,
            gate: self.gate.clone(),
        }
    }
}
