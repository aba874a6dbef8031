//! Getting a plugin's bytes from an `https` address.
//!
//! The address is the operator's, and everything behind it is a stranger: it may send us on, into this machine or the network around it,
//! and may never stop sending. So every hop is looked at like the first: `https` alone, its host looked up once, every address of it a
//! public one, and the connection goes to the addresses that were looked at. No proxy, no cookies, no credentials, no encodings. Of the
//! body so much is read as a plugin may have, within a time; what it calls itself is ignored, and what has another digest than was asked
//! for is not given to anybody. Which roots are trusted is for the machine to say.

mod address;
mod body;
mod error;
mod hop;
mod limits;
mod pinned;
mod policy;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use amatelier_types::Sha256;
use reqwest::{Client, Response, header, redirect, retry};
use rustls::crypto::ring;
use tokio::time::{Instant, timeout, timeout_at};

pub use self::{body::Progress, error::FetchError, limits::FetchLimits};
use self::{hop::Hop, pinned::Pinned, policy::FetchPolicy};

/// Gets plugins from addresses. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetch {
    policy: Arc<FetchPolicy>,
    limits: FetchLimits,
}

impl Default for Fetch {
    fn default() -> Self {
        Self::new(FetchLimits::default())
    }
}

impl Fetch {
    /// Within these limits, from the internet alone.
    pub fn new(limits: FetchLimits) -> Self {
        Fetch { policy: Arc::new(FetchPolicy::of_this_build()), limits }
    }

    /// The bytes behind an address, if they have this digest. Needs a tokio runtime. `progress` is called for every piece that comes.
    ///
    /// # Errors
    /// [`FetchError`]; then nothing was kept.
    pub async fn get(
        &self,
        url: &str,
        sha256: &Sha256,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Vec<u8>, FetchError> {
        let deadline = Instant::now() + self.limits.total;
        let late = FetchError::Late { what: "the whole of it", seconds: self.limits.total.as_secs() };
        let response = timeout_at(deadline, self.follow(url)).await.map_err(|_| late.clone())??;
        let said = response.content_length();
        let body = body::collect(response.bytes_stream(), said, &self.limits, progress);
        let bytes = timeout_at(deadline, body).await.map_err(|_| late)??;
        let found = Sha256::of(&bytes);
        if found == *sha256 {
            Ok(bytes)
        } else {
            Err(FetchError::Digest { wanted: (*sha256).into(), found: found.into(), bytes: bytes.len() })
        }
    }

    /// Go where one is sent, and no farther than is allowed, to an answer that has a body.
    async fn follow(&self, url: &str) -> Result<Response, FetchError> {
        let mut hop = Hop::first(url, &self.policy)?;
        for _ in 0..=self.limits.redirects {
            let response = self.ask(&hop).await?;
            let status = response.status();
            if status.is_success() {
                return plain(response);
            }
            if !status.is_redirection() {
                return Err(FetchError::Status { host: hop.host(), status: status.as_u16() });
            }
            let to = response.headers().get(header::LOCATION);
            let to = to.and_then(|to| to.to_str().ok()).ok_or(FetchError::NowhereTo { host: hop.host() })?;
            hop = hop.next(to, &self.policy)?;
        }
        Err(FetchError::Redirects { limit: self.limits.redirects })
    }

    async fn ask(&self, hop: &Hop) -> Result<Response, FetchError> {
        let found = timeout(self.limits.connect, hop.resolve(&self.policy)).await;
        let late = |what, limit: Duration| FetchError::Late { what, seconds: limit.as_secs() };
        let addresses = found.map_err(|_| late("looking up its host", self.limits.connect))??;
        let request = self.client(hop, addresses)?.get(hop.url().clone()).send();
        let answered = timeout(self.limits.answer, request).await;
        answered.map_err(|_| late("its answer", self.limits.answer))?.map_err(|error| lost(&error))
    }

    /// A client for this hop alone, which knows of no other addresses than those that were looked at.
    fn client(&self, hop: &Hop, addresses: Vec<SocketAddr>) -> Result<Client, FetchError> {
        // An error means that one is installed already, which is all we want.
        let _ = ring::default_provider().install_default();
        let identity = header::HeaderValue::from_static("identity");
        let mut builder = Client::builder()
            .user_agent(concat!("amatelier/", env!("CARGO_PKG_VERSION")))
            .default_headers([(header::ACCEPT_ENCODING, identity)].into_iter().collect())
            .connect_timeout(self.limits.connect)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy()
            .dns_resolver(Pinned(addresses));
        if hop.is_encrypted() {
            builder = builder.https_only(true);
        } else {
            // Only tests come here, and must come here on a machine without certificates.
            builder = builder.tls_certs_only([]);
        }
        builder.build().map_err(|error| FetchError::Client(root_cause(&error)))
    }
}

/// Bytes that were packed on the way are not the ones that were asked for, and unpacking has no bounds.
fn plain(response: Response) -> Result<Response, FetchError> {
    let encoding = response.headers().get(header::CONTENT_ENCODING);
    match encoding.map(|encoding| String::from_utf8_lossy(encoding.as_bytes()).into_owned()) {
        None => Ok(response),
        Some(plain) if plain.eq_ignore_ascii_case("identity") => Ok(response),
        Some(encoding) => Err(FetchError::Encoded { encoding }),
    }
}

fn lost(error: &reqwest::Error) -> FetchError {
    FetchError::Lost { why: root_cause(error) }
}

/// The innermost reason, which is the one that helps.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests;
