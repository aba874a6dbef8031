//! The address of a server, checked once.

use std::{fmt, net::IpAddr};

use reqwest::Url;

/// A server's address up to and including its version, such as `http://localhost:11434/v1`.
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

impl BaseUrl {
    /// Read a base URL the way people write one; slashes at the end and white space around it go.
    ///
    /// # Errors
    /// [`BadBaseUrl`], which says what is wrong without repeating the text.
    pub fn read(text: &str) -> Result<BaseUrl, BadBaseUrl> {
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
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(BaseUrl(url))
    }

    /// Without this end, which people paste along with the rest.
    pub(crate) fn without_end(mut self, end: &str) -> Self {
        if let Some(path) = self.0.path().strip_suffix(end) {
            let path = path.trim_end_matches('/').to_owned();
            self.0.set_path(&path);
        }
        self
    }

    /// With this path if it has none.
    pub(crate) fn or_path(mut self, path: &str) -> Self {
        if self.0.path() == "/" {
            self.0.set_path(path);
        }
        self
    }

    /// An address below it. A segment may come from outside: it stays one segment, whatever it holds.
    pub(crate) fn at<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.0.clone();
        // An HTTP address always has segments.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
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

    /// The host, in lower case, without its port.
    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Whether requests leave encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
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
