//! The HTTP client. It sends what it is told to, once: no redirects, no retries of its own.

use std::time::Duration;

use reqwest::{Client, redirect, retry};
use rustls::crypto::ring;

use super::{BaseUrl, root_cause};

/// A client for this server; the error says in one line what the machine lacks.
pub(crate) fn client(base_url: &BaseUrl, connect: Duration) -> Result<Client, String> {
    // An error means that one is installed already, which is all we want.
    let _ = ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(concat!("amatelier/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .redirect(redirect::Policy::none())
        .retry(retry::never());
    if !base_url.is_encrypted() {
        // A local server must work on a machine without certificates.
        builder = builder.tls_certs_only([]);
    }
    if base_url.is_loopback() {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| root_cause(&error))
}
