//! Providers over HTTP, as far as they are all alike.
//!
//! A provider is an [`Endpoint`] (where and how), a [`Protocol`] (what a request looks like, and what may be left out of it) and a
//! [`Listener`] (what the JSON of an answer means). Everything else is here: [`complete`] is the loop of requests, [`Exchange`] is one
//! of them, [`Hearing`] turns bytes into an [`Answer`]. Keys are kept out of errors and logs, and go to the configured host only.

mod answer;
mod bad_config;
mod base_url;
mod call;
mod client;
mod complaint;
mod counts;
mod ended;
mod endpoint;
mod estimate;
mod exchange;
mod failed;
mod fetch;
mod hearing;
mod incoming;
pub(crate) mod json;
mod line;
mod listener;
pub(crate) mod money;
mod passage;
mod protocol;
#[cfg(test)]
mod tests;

use std::error::Error as _;

pub(crate) use self::{
    answer::{Answer, CallPiece},
    call::complete,
    complaint::Complaint,
    counts::Counts,
    ended::{Ended, Ending},
    endpoint::{Endpoint, EndpointConfig, KeyHeader},
    estimate::estimate_prompt,
    exchange::Exchange,
    failed::Failed,
    fetch::{fetch, reach},
    hearing::{Heard, Hearing},
    json::said_error,
    line::one_line,
    listener::{Framing, Listener, Trouble},
    passage::Passage,
    protocol::Protocol,
};
pub use self::{
    bad_config::BadConfig,
    base_url::{BadBaseUrl, BaseUrl},
};

/// The innermost error, which says what happened; those around it say where in the client, and name the address.
pub(crate) fn root_cause(error: &reqwest::Error) -> String {
    let mut source = error.source();
    let mut text = "the request could not be sent".to_owned();
    while let Some(inner) = source {
        text = inner.to_string();
        source = inner.source();
    }
    text
}
