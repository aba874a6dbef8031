//! What the bundled components do when they are called, with models that answer from a list.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may assert the short way"
)]

mod buying;
mod challenger;
mod evidence;
mod judge;
mod offers;
mod persona;
mod rubric;
mod shop;
mod stage;
