//! The address of a server, checked once.

use std::{fmt, net::IpAddr};

use reqwest::Url;

/// A server's address up to and including its version, such as `http://localhost:11434/v1`; made by [`normalise_base_url`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// A text that is no base URL. The text itself is not repeated: people paste keys into the wrong setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBaseUrl {
    /// Not an HTTP address.
    #[error("a base URL starts with http:// or https://, as in http://localhost:11434/v1")]
    Scheme,
    /// Not an address at all.
    #[error("the base URL cannot be read: {0}")]
    Unreadable(String),
    /// A user name or password stands in it.
    #[error("the base URL holds a user name or password; give the key in its own setting")]
    Credentials,
    /// More than an address and a path.
    #[error("a base URL ends with its path: nothing may follow a ? or #")]
    Query,
}

/// Read a base URL the way people write one.
///
/// A bare address gets `/v1` appended, which is where local servers put it; any other path is kept, because some services put their
/// version elsewhere (`…/v1beta/openai`). Slashes at the end, white space around it and a pasted `/chat/completions` go.
///
/// # Errors
/// [`BadBaseUrl`], which says what is wrong without repeating the text.
pub fn normalise_base_url(text: &str) -> Result<BaseUrl, BadBaseUrl> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").ok_or(BadBaseUrl::Scheme)?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(BadBaseUrl::Scheme);
    }
    // The URL standard skips surplus slashes and would take the path's first word for the host.
    if rest.starts_with(['/', '\\']) {
        return Err(BadBaseUrl::Unreadable("empty host".into()));
    }
    let mut url = Url::parse(text).map_err(|error| BadBaseUrl::Unreadable(error.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadBaseUrl::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(BadBaseUrl::Query);
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/chat/completions").unwrap_or(path).trim_end_matches('/');
    let path = if path.is_empty() { "/v1".to_owned() } else { path.to_owned() };
    url.set_path(&path);
    Ok(BaseUrl(url))
}

impl BaseUrl {
    /// Where chat completions are asked for.
    pub(crate) fn chat_completions(&self) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/chat/completions", self.0.path()));
        url
    }

    /// Where the list of models is.
    pub(crate) fn models(&self) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/models", self.0.path()));
        url
    }

    /// Where a `Location` header points: scheme, host and port, nothing that could hold a secret.
    pub(crate) fn origin_of(&self, location: &str) -> Option<String> {
        Some(self.0.join(location).ok()?.origin().ascii_serialization())
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether requests leave encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost"
            || bare.ends_with(".localhost")
            || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_urls_are_read_the_way_people_write_them() {
        for (text, expected) in [
            ("http://localhost:8080", "http://localhost:8080/v1"),
            ("http://localhost:8080/", "http://localhost:8080/v1"),
            ("https://example.com/v1", "https://example.com/v1"),
            ("https://example.com/v1/", "https://example.com/v1"),
            ("https://example.com/api/v1//", "https://example.com/api/v1"),
            ("https://example.com/v1beta/openai/", "https://example.com/v1beta/openai"),
            ("https://example.com/v1/chat/completions", "https://example.com/v1"),
            ("http://localhost:8080/chat/completions/", "http://localhost:8080/v1"),
            ("  HTTP://[::1]:80/ ", "http://[::1]/v1"),
        ] {
            let url = normalise_base_url(text).unwrap();
            assert_eq!(url.to_string(), expected, "{text}");
            assert_eq!(normalise_base_url(expected).unwrap(), url, "twice is once: {text}");
            assert_eq!(url.chat_completions().as_str(), format!("{expected}/chat/completions"));
        }
    }

    #[test]
    fn nonsense_is_refused_without_being_repeated() {
        for (text, expected) in [
            ("", BadBaseUrl::Scheme),
            ("sk-secret", BadBaseUrl::Scheme),
            ("localhost:8080", BadBaseUrl::Scheme),
            ("example.com/v1", BadBaseUrl::Scheme),
            ("file:///v1", BadBaseUrl::Scheme),
            ("http://", BadBaseUrl::Unreadable("empty host".into())),
            ("http:///v1", BadBaseUrl::Unreadable("empty host".into())),
            ("http://sk secret/v1", BadBaseUrl::Unreadable("invalid international domain name".into())),
            ("http://localhost:99999", BadBaseUrl::Unreadable("invalid port number".into())),
            ("https://me:sk-secret@example.com/v1", BadBaseUrl::Credentials),
            ("https://sk-secret@example.com/v1", BadBaseUrl::Credentials),
            ("https://example.com/v1?key=sk-secret", BadBaseUrl::Query),
            ("https://example.com/v1#top", BadBaseUrl::Query),
        ] {
            let error = normalise_base_url(text).unwrap_err();
            assert_eq!(std::mem::discriminant(&error), std::mem::discriminant(&expected), "{text}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn servers_on_this_machine_are_known() {
        for (text, expected) in [
            ("http://localhost:1", true),
            ("http://127.0.0.2:1", true),
            ("http://[::1]:1", true),
            ("http://model.localhost", true),
            ("http://10.0.0.1", false),
            ("https://localhost.example.com", false),
        ] {
            assert_eq!(normalise_base_url(text).unwrap().is_loopback(), expected, "{text}");
        }
    }
}
