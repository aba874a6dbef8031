//! Why a plugin did not come.

use std::net::IpAddr;

use amatelier_types::Sha256;

use crate::plain_text::Quoted;

/// In plain words, with what to do. What strangers sent in it is shortened and escaped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address makes no sense.
    #[error(
        "{} is no address to get a plugin from: it is an https address without a name and a password",
        Quoted(url)
    )]
    BadAddress {
        /// The address.
        url: String,
    },
    /// The address, or one that it led to, is not `https`.
    #[error(
        "{} is no https address: plugins are got over https alone, and no redirect leads out of it",
        Quoted(url)
    )]
    Scheme {
        /// The address.
        url: String,
    },
    /// Nobody knows the host.
    #[error("{} cannot be looked up: {}", Quoted(host), Quoted(why))]
    Unknown {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// The host is in this machine, or in the network around it.
    #[error(
        "{} is at {address}, which is no public address: a plugin from there is installed by its path",
        Quoted(host)
    )]
    Private {
        /// The host.
        host: String,
        /// Its address, or one of them.
        address: IpAddr,
    },
    /// It is sent from one place to the next.
    #[error("it leads on more than {limit} times; ask whoever gave you the address for the last one")]
    Redirects {
        /// How often is enough.
        limit: usize,
    },
    /// It is sent on, and not said where to.
    #[error("{} sends on without saying where to", Quoted(host))]
    NowhereTo {
        /// The host.
        host: String,
    },
    /// There is no plugin there.
    #[error("{} answers with status {status}; look whether the address is right", Quoted(host))]
    Status {
        /// The host.
        host: String,
        /// The status (RFC 9110 §15).
        status: u16,
    },
    /// It comes packed, though plain bytes were asked for.
    #[error("it comes packed as {}; a plugin comes as it is", Quoted(encoding))]
    Encoded {
        /// How.
        encoding: String,
    },
    /// It is larger than a plugin may be.
    #[error("it {}; a plugin has at most {limit}", said.map_or("does not end in time".into(), |said| format!("has {said} bytes")))]
    TooLarge {
        /// How many bytes the server says it has, where that was enough to know.
        said: Option<u64>,
        /// The most.
        limit: usize,
    },
    /// It takes too long.
    #[error("{what} did not come within {seconds} seconds; try again later")]
    Late {
        /// What of it.
        what: &'static str,
        /// How long was waited.
        seconds: u64,
    },
    /// The connection did not come about, or broke.
    #[error("the connection failed: {}; try again later", Quoted(why))]
    Lost {
        /// Why.
        why: String,
    },
    /// This machine cannot do it.
    #[error("this machine cannot make encrypted connections: {}", Quoted(.0))]
    Client(String),
    /// The bytes are others than were asked for.
    #[error(
        "what is there is not what you asked for: its {bytes} bytes have sha256 {found}, and you gave {wanted}; nothing was kept. Ask its author"
    )]
    Digest {
        /// What was asked for.
        wanted: Box<Sha256>,
        /// What came.
        found: Box<Sha256>,
        /// How many bytes came.
        bytes: usize,
    },
}
