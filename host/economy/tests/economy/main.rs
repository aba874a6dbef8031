//! The rules of the economy, through the crate's public face.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod books;
mod boosts;
mod events;
mod leaderboard;
mod operator;
mod properties;
mod relegation;
mod requests;
mod settlement;
mod store;
mod ventures;
