//! A request as it came in, before anybody made sense of it.

use axum::http::{HeaderMap, header::AUTHORIZATION};
use serde_json::Value;

/// What was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    /// The last part of the path, which for some names the model.
    pub(super) target: String,
    /// What stands behind the `?`.
    pub(super) query: String,
    /// The headers.
    pub(super) headers: HeaderMap,
    /// The body.
    pub(super) body: Value,
}

impl Sent {
    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The key of a bearer.
    pub(super) fn bearer(&self) -> Option<String> {
        let bearer = self.header(AUTHORIZATION.as_str())?.strip_prefix("Bearer ")?;
        Some(bearer.to_owned())
    }

    /// A value behind the `?`.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|pair| pair.1)
    }

    /// A text field of the body; empty where it is missing.
    pub(super) fn text(&self, field: &str) -> String {
        self.body[field].as_str().unwrap_or_default().to_owned()
    }
}
