//! What the host does for a guest, one file per package of `wit/`.
//!
//! Each function first asks whether it is granted, then whether what was passed is within the limits of the call, and only then does
//! something. A refused function answers `denied`, or its neutral value where the contract has no error, and is recorded.

mod chat;
mod economy;
mod kit;
mod llm;
mod notebook;
mod profile;
mod steward;

use wasmtime::component::{HasSelf, Linker};

use crate::{bindings, state::State};

/// Link every import that a component of any world may have.
pub(crate) fn add_to_linker(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    bindings::Table::add_to_linker::<State, HasSelf<State>>(linker, |state| state)
}

/// Types shared by all packages; there is nothing to do in it.
impl bindings::amatelier::types::types::Host for State {}
