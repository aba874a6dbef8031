//! Where a download may go.
//!
//! Everybody's is [`FetchPolicy::internet`]. Tests need a server, and have one in this machine; nothing that a released program is told, by
//! a flag, a file or its environment, gives it another policy than everybody's.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use super::address::is_public;

/// Which addresses may be asked, over what, and who looks them up.
#[derive(Debug)]
pub(super) struct FetchPolicy {
    reach: Reach,
    #[cfg(test)]
    pub(super) names: super::tests::Names,
}

/// What may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Public addresses, over `https`.
    Internet,
    /// This machine, over `http`, for tests.
    Loopback,
}

impl FetchPolicy {
    /// Public addresses over `https`.
    pub(super) fn internet() -> Self {
        Self::of(Reach::Internet)
    }

    /// This machine alone, over `http`.
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "only programs that are built for tests have the failpoint")
    )]
    pub(super) fn loopback() -> Self {
        Self::of(Reach::Loopback)
    }

    /// Everybody's. A program that was built for tests has a failpoint here (`FAILPOINTS="fetch-from-loopback=return"`); without the feature
    /// of the crate `fail`, which only dev-dependencies switch on, the line is empty.
    pub(super) fn of_this_build() -> Self {
        fail::fail_point!("fetch-from-loopback", |_| Self::loopback());
        Self::internet()
    }

    fn of(reach: Reach) -> Self {
        FetchPolicy {
            reach,
            #[cfg(test)]
            names: super::tests::Names::default(),
        }
    }

    /// The scheme that every hop has.
    pub(super) fn scheme(&self) -> &'static str {
        match self.reach {
            Reach::Internet => "https",
            Reach::Loopback => "http",
        }
    }

    /// Whether an address may be connected to.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        match self.reach {
            Reach::Internet => is_public(address),
            Reach::Loopback => address.is_loopback(),
        }
    }

    /// The addresses of a name.
    pub(super) async fn look_up(&self, name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        #[cfg(test)]
        if let Some(found) = self.names.look_up(name, port) {
            return Ok(found);
        }
        Ok(tokio::net::lookup_host((name, port)).await?.collect())
    }
}
