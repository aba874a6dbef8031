//! Plugins as files: what a team calls its components, which of their wishes are granted, and where their bytes are kept.
//!
//! No wasm is run here, and none is looked into: this crate knows names, grants and content hashes.

mod component_store;
mod grants;

pub use component_store::{ComponentStore, StoreError};
pub use grants::effective;
