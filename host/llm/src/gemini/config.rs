//! What the provider needs to be told.

use std::sync::Arc;

use secrecy::SecretString;

use crate::{BadBaseUrl, BaseUrl, Gate, RetryPolicy, Timers, http::EndpointConfig};

/// Where the service is and how patient to be with it.
#[derive(Clone, Debug)]
pub struct GeminiConfig {
    /// The provider's name in the team's settings; stands in errors.
    pub name: String,
    /// From [`gemini_base_url`]; [`GeminiConfig::BASE_URL`] unless a proxy stands in between.
    pub base_url: BaseUrl,
    /// Sent in a header of its own, never in the address.
    pub api_key: Option<SecretString>,
    /// How many tokens a prompt may have with a model that the service has not listed yet.
    pub context_tokens: u32,
    /// How long it may be silent.
    pub timers: Timers,
    /// How often it is asked again.
    pub retry: RetryPolicy,
    /// What every request passes on its way out.
    pub gate: Option<Arc<dyn Gate>>,
}

impl GeminiConfig {
    /// The service's own address.
    pub const BASE_URL: &'static str = "https://generativelanguage.googleapis.com";

    /// A service without a key, with models of 1 048 576 tokens, as patient with it as with any.
    pub fn new(name: impl Into<String>, base_url: BaseUrl) -> Self {
        GeminiConfig {
            name: name.into(),
            base_url,
            api_key: None,
            context_tokens: 1_048_576,
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

/// Read a base URL the way people write one. The version is ours to add: `/v1beta` or `/v1` at its end goes, and so does the
/// `/openai` of the service's other door.
///
/// # Errors
/// [`BadBaseUrl`], which says what is wrong without repeating the text.
pub fn gemini_base_url(text: &str) -> Result<BaseUrl, BadBaseUrl> {
    let url = BaseUrl::read(text)?;
    Ok(["/models", "/openai", "/v1beta", "/v1"].into_iter().fold(url, BaseUrl::without_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_read_without_what_is_ours_to_add() {
        for (text, expected) in [
            (GeminiConfig::BASE_URL, "https://generativelanguage.googleapis.com/"),
            (
                "https://generativelanguage.googleapis.com/v1beta/",
                "https://generativelanguage.googleapis.com/",
            ),
            (
                "https://generativelanguage.googleapis.com/v1beta/openai/",
                "https://generativelanguage.googleapis.com/",
            ),
            (
                "https://generativelanguage.googleapis.com/v1beta/models",
                "https://generativelanguage.googleapis.com/",
            ),
            ("https://proxy.example/google/v1", "https://proxy.example/google"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9/"),
        ] {
            let url = gemini_base_url(text).unwrap();
            assert_eq!(url.to_string(), expected, "{text}");
            assert_eq!(gemini_base_url(expected).unwrap(), url, "twice is once: {text}");
        }
        assert_eq!(gemini_base_url("https://x.example?key=secret"), Err(BadBaseUrl::Query));
    }
}
