//! Calls of a real component, most of them hostile, through the public API.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "all of this is tests, also the functions that tests share"
)]

mod cache;
mod cancel;
mod chances;
mod exports;
mod failures;
mod grants;
mod limits;
mod loading;
mod market;
mod models;
mod offers;
mod reading;
mod stage;
mod steward;
