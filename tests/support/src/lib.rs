//! What tests of several crates share. Nothing of it ships.

mod guests;

pub use guests::{guest, guest_path};
