//! The author's side of plugins: a folder to start from ([`create`]), and the one step from a folder to a `.wasm` ([`build()`]).
//!
//! No wasm is run here, and nothing that an author's tools print is believed: what comes out is read from the outside like a stranger's
//! file, and a component that disagrees with its `plugin.toml` is not written. Compilers are the author's own (cargo, python3, node);
//! what they need besides comes from the registries that the author's own tools are set to, in versions that are fixed here
//! (`toolchain`). They run without the author's keys (`environment`).

mod build;
mod contracts;
mod create;
mod environment;
mod tool;
mod toolchain;

pub use amatelier_plugins::Language;
pub use amatelier_types::World;
pub use build::{BuildError, Built, Progress, build};
pub use contracts::Contracts;
pub use create::{CreateError, Created, NewPlugin, create, templates};
