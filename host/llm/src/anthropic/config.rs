//! What the provider needs to be told.

use std::sync::Arc;

use secrecy::SecretString;

use crate::{
    Gate, RetryPolicy, Timers,
    http::{BaseUrl, EndpointConfig},
};

/// Where the service is and how patient to be with it.
#[derive(Clone, Debug)]
pub struct AnthropicConfig {
    /// The provider's name in the team's settings; stands in errors.
    pub name: String,
    /// From [`normalise_base_url`](super::normalise_base_url).
    pub base_url: BaseUrl,
    /// Sent as `x-api-key`.
    pub api_key: Option<SecretString>,
    /// How many tokens, prompt and answer together, its models take.
    pub context_tokens: u32,
    /// How long it may be silent.
    pub timers: Timers,
    /// How often it is asked again.
    pub retry: RetryPolicy,
    /// What every request passes on its way out.
    pub gate: Option<Arc<dyn Gate>>,
}

impl AnthropicConfig {
    /// The service at this address without a key, with models of 200 000 tokens, as patient with it as with any.
    pub fn new(name: impl Into<String>, base_url: BaseUrl) -> Self {
        AnthropicConfig {
            name: name.into(),
            base_url,
            api_key: None,
            context_tokens: 200_000,
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
