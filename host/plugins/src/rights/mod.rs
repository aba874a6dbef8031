//! What a plugin may do: what its manifest asks for, what the operator granted, and what the host allows at most, taken together.
//!
//! Grants are the operator's and stand in a file that only the host writes, bound to the plugin's id *and* the digest of its bytes: other
//! bytes have no grant. Nothing in here is reachable from a component or a model.

mod book;
mod grant_error;
#[allow(clippy::module_inception, reason = "the type that the module is about")]
pub(crate) mod rights;
mod sheet;
mod update;
mod words;

pub(crate) use self::update::more_worlds;
pub use self::{
    book::GrantBook,
    grant_error::GrantError,
    rights::{Right, Rights},
    sheet::{PermissionSheet, SheetLine},
    update::{Change, UpdateDiff},
    words::in_words,
};
