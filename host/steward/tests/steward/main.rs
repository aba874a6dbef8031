//! The Steward from outside: what it registers, what it answers, and what it cannot be brought to say.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this is tests, also the functions that tests share"
)]

mod answers;
mod assisted;
mod corpus;
mod escape;
mod operations;
mod page;
mod project;
mod registration;
mod scripted;
