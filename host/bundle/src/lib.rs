//! What ships inside the binary: the bundled components, and the persona folders and the catalog that a new workspace starts from.
//!
//! Bundled components are ordinary plugins, built from `plugins/` by this crate's build script and replaceable by id like any other. The
//! one thing they have over an installed plugin stands in `table.rs`: the grants they come with. This crate holds bytes and names; it
//! neither loads components nor writes files.

mod bundled;
mod seeds;
mod table;

pub use amatelier_types::World;
pub use bundled::Bundled;
pub use seeds::{CATALOG, SEEDS};
pub use table::{all, component};
