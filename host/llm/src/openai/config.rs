//! What the provider needs to be told.

use reqwest::{
    Client,
    header::{HeaderValue, InvalidHeaderValue},
    redirect, retry,
};
use rustls::crypto::ring;
use secrecy::{ExposeSecret, SecretString};

use super::BaseUrl;
use crate::{RetryPolicy, Timers};

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
}

/// A configuration that cannot work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadConfig {
    /// The key cannot be sent.
    #[error("the key of {0} holds characters that no HTTP header can carry")]
    Key(String),
    /// The machine cannot open encrypted connections, say because it has no certificates.
    #[error("{name} cannot be reached from here: {reason}")]
    Client {
        /// The provider.
        name: String,
        /// The reason.
        reason: String,
    },
}

impl OpenAiCompatConfig {
    /// The key without the white space that files and shells put around it; none if nothing is left.
    pub(super) fn trim_key(&mut self) {
        let trimmed = self.api_key.take().map(|key| SecretString::from(key.expose_secret().trim()));
        self.api_key = trimmed.filter(|key| !key.expose_secret().is_empty());
    }

    /// The header that carries the key, marked so that nothing prints it.
    pub(super) fn authorization(&self) -> Result<Option<HeaderValue>, BadConfig> {
        let header = |key: &SecretString| -> Result<HeaderValue, InvalidHeaderValue> {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret()))?;
            value.set_sensitive(true);
            Ok(value)
        };
        self.api_key.as_ref().map(header).transpose().map_err(|_| BadConfig::Key(self.name.clone()))
    }

    /// The HTTP client. It sends what it is told to, once: no redirects, no retries of its own.
    pub(super) fn client(&self) -> Result<Client, BadConfig> {
        // An error means that one is installed already, which is all we want.
        let _ = ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(concat!("amatelier/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(self.timers.connect)
            .redirect(redirect::Policy::none())
            .retry(retry::never());
        if !self.base_url.is_encrypted() {
            // A local server must work on a machine without certificates.
            builder = builder.tls_certs_only([]);
        }
        if self.base_url.is_loopback() {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| BadConfig::Client {
            name: self.name.clone(),
            reason: super::exchange::root_cause(&error),
        })
    }
}
