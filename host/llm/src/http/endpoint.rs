//! A server, and how we talk to it: what every provider over HTTP has.

use std::{fmt, sync::Arc};

use reqwest::{
    Client,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};

use super::{BadConfig, BaseUrl, client::client, one_line};
use crate::{Billing, Gate, RetryPolicy, Timers};

/// What an [`Endpoint`] is made from.
pub(crate) struct EndpointConfig {
    pub(crate) name: String,
    pub(crate) base_url: BaseUrl,
    pub(crate) api_key: Option<SecretString>,
    pub(crate) timers: Timers,
    pub(crate) retry: RetryPolicy,
    pub(crate) gate: Option<Arc<dyn Gate>>,
}

/// How the key travels.
pub(crate) enum KeyHeader {
    /// `authorization: Bearer …`.
    Bearer,
    /// A header of its own.
    Named(&'static str),
}

/// A server.
pub(crate) struct Endpoint {
    /// The provider's name in settings; stands in errors.
    pub(crate) name: String,
    pub(crate) base_url: BaseUrl,
    pub(crate) client: Client,
    pub(crate) timers: Timers,
    pub(crate) retry: RetryPolicy,
    pub(crate) gate: Option<Arc<dyn Gate>>,
    /// Sent with every request, the key among them.
    pub(crate) headers: HeaderMap,
    key: Option<SecretString>,
}

impl Endpoint {
    /// A server that nothing is sent to yet. White space that files and shells put around a key is not part of it.
    ///
    /// # Errors
    /// [`BadConfig`] if the key cannot be sent, or if the machine lacks what encrypted connections need.
    pub(crate) fn new(config: EndpointConfig, key_header: KeyHeader) -> Result<Self, BadConfig> {
        let EndpointConfig { name, base_url, api_key, timers, retry, gate } = config;
        let key = api_key.map(|key| SecretString::from(key.expose_secret().trim()));
        let key = key.filter(|key| !key.expose_secret().is_empty());
        let mut headers = HeaderMap::new();
        if let Some(key) = &key {
            let (header, text) = match key_header {
                KeyHeader::Bearer => ("authorization", format!("Bearer {}", key.expose_secret())),
                KeyHeader::Named(header) => (header, key.expose_secret().to_owned()),
            };
            let mut value = HeaderValue::from_str(&text).map_err(|_| BadConfig::Key(name.clone()))?;
            // Marked so that nothing prints it.
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(header), value);
        }
        let client = client(&base_url, timers.connect)
            .map_err(|reason| BadConfig::Client { name: name.clone(), reason })?;
        Ok(Endpoint { name, base_url, client, timers, retry, gate, headers, key })
    }

    /// With this header, too.
    pub(crate) fn with_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }

    /// How its answers are paid for: whoever runs a server on this machine pays for it otherwise.
    pub(crate) fn billing(&self) -> Billing {
        if self.base_url.is_loopback() { Billing::Free } else { Billing::Metered }
    }

    /// The key, to be hidden from what is shown.
    pub(crate) fn key(&self) -> Option<&SecretString> {
        self.key.as_ref()
    }

    /// What the server said, in one clean line without the key.
    pub(crate) fn line(&self, text: &str) -> String {
        one_line(text, self.key())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("name", &self.name)
            .field("base_url", &self.base_url.to_string())
            .field("has_key", &self.key.is_some())
            .finish_non_exhaustive()
    }
}
