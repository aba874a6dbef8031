//! One address on the way to a plugin.

use std::net::{IpAddr, SocketAddr};

use reqwest::Url;

use super::{FetchError, policy::FetchPolicy};
use crate::Source;

/// An address that may be asked, as far as one sees without looking up its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hop(Url);

impl Hop {
    /// Where the operator says.
    pub(super) fn first(url: &str, policy: &FetchPolicy) -> Result<Self, FetchError> {
        let mut url = Url::parse(url).map_err(|_| FetchError::BadAddress { url: url.into() })?;
        // What is typed is https in tests, too; their server speaks http.
        if url.scheme() == "https" && policy.scheme() != "https" {
            let _ = url.set_scheme(policy.scheme());
        }
        Self::of(url, policy)
    }

    /// Where one is sent from here.
    pub(super) fn next(&self, to: &str, policy: &FetchPolicy) -> Result<Self, FetchError> {
        let bad = |_| FetchError::BadAddress { url: to.into() };
        Self::of(self.0.join(to).map_err(bad)?, policy)
    }

    fn of(mut url: Url, policy: &FetchPolicy) -> Result<Self, FetchError> {
        if url.scheme() != policy.scheme() {
            return Err(FetchError::Scheme { url: url.into() });
        }
        let is_plain =
            url.as_str().len() <= Source::MAX && url.username().is_empty() && url.password().is_none();
        if !is_plain || url.host_str().is_none_or(str::is_empty) {
            // A password is not repeated. Whether there was one to take out makes no difference.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            return Err(FetchError::BadAddress { url: url.into() });
        }
        url.set_fragment(None);
        Ok(Hop(url))
    }

    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Its host, as a name or an address without brackets.
    pub(super) fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']').to_owned()
    }

    /// The addresses to connect to. One among them that is not allowed spoils all: whoever mixes them means no good.
    pub(super) async fn resolve(&self, policy: &FetchPolicy) -> Result<Vec<SocketAddr>, FetchError> {
        let (host, port) = (self.host(), self.0.port_or_known_default().unwrap_or(443));
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => policy
                .look_up(&host, port)
                .await
                .map_err(|error| FetchError::Unknown { host: host.clone(), why: error.to_string() })?,
        };
        if let Some(bad) = found.iter().find(|address| !policy.allows(address.ip())) {
            return Err(FetchError::Private { host, address: bad.ip() });
        }
        if found.is_empty() {
            return Err(FetchError::Unknown { host, why: "it has no address".into() });
        }
        Ok(found)
    }
}
