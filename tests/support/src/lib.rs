//! What tests of several crates share: components to load, a provider to ask, and the binary to run. Nothing of it ships.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is called by tests only, and what fails here should fail the test there and then"
)]

mod amatelier;
mod call;
mod fake_provider;
mod guests;
mod isolate;
mod normalised;
mod ran;
mod running;

pub use amatelier::Amatelier;
pub use call::Call;
pub use fake_provider::{Asked, FakeProvider, Hold, Offer, Prompt, Protocol, Reaction, Said};
pub use guests::{example, guest, guest_path};
pub use isolate::isolate;
pub use normalised::normalised;
pub use ran::Ran;
pub use running::Running;
