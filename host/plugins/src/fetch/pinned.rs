//! A resolver that knows the addresses that were looked at, and no others.

use std::{future::ready, net::SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Answers every name with the same addresses: whatever a connection is made to, it was looked at before.
#[derive(Debug)]
pub(super) struct Pinned(pub(super) Vec<SocketAddr>);

impl Resolve for Pinned {
    fn resolve(&self, _name: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(ready(Ok(addresses)))
    }
}
