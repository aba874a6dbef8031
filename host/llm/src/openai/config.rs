//! What the provider needs to be told.

use std::sync::Arc;

use secrecy::SecretString;

use super::Flavour;
use crate::{
    Billing, Gate, RetryPolicy, Timers,
    http::{BaseUrl, EndpointConfig},
};

/// Where the server is and how patient to be with it.
#[derive(Clone, Debug)]
pub struct OpenAiCompatConfig {
    /// The provider's name in the team's settings; stands in errors.
    pub name: String,
    /// From [`normalise_base_url`](super::normalise_base_url).
    pub base_url: BaseUrl,
    /// Sent as a bearer token; local servers take none.
    pub api_key: Option<SecretString>,
    /// How many tokens, prompt and answer together, its models take.
    pub context_tokens: u32,
    /// Whether its models can call tools. Not every server that speaks the protocol passes them on.
    pub tools: bool,
    /// How long it may be silent.
    pub timers: Timers,
    /// How often it is asked again.
    pub retry: RetryPolicy,
    /// Whose servers they are.
    pub flavour: Flavour,
    /// Whether the service is asked to keep its answers, so that one that is lost on the way can be fetched. Off by default: an answer
    /// that is kept can be read by others than us.
    pub store: bool,
    /// How its answers are paid for; none means not at all on this machine, and by the token elsewhere.
    pub billing: Option<Billing>,
    /// What every request passes on its way out.
    pub gate: Option<Arc<dyn Gate>>,
}

impl OpenAiCompatConfig {
    /// A server without a key, without tools, with models of 128 000 tokens, as patient with it as with any, and of the flavour that its
    /// address tells.
    pub fn new(name: impl Into<String>, base_url: BaseUrl) -> Self {
        OpenAiCompatConfig {
            name: name.into(),
            flavour: Flavour::of(&base_url),
            store: false,
            base_url,
            api_key: None,
            context_tokens: 128_000,
            tools: false,
            timers: Timers::default(),
            retry: RetryPolicy::default(),
            billing: None,
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
