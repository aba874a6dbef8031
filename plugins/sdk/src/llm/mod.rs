//! Language models, by label. The host owns keys, providers, retries, caps and the bill. Needs the capability `llm.complete`.
//!
//! ```no_run
//! use amatelier_sdk::llm;
//!
//! # fn f() -> Result<(), llm::Error> {
//! let reply = llm::ask("You are terse.").user("Name one bridge.").max_tokens(50).send()?;
//! # Ok(())
//! # }
//! ```

mod ask;
mod error;
mod fitting;
mod reply;

pub use ask::{Ask, ask};
pub use error::Error;
pub use fitting::fitting;
pub use reply::{Finish, Reply};

pub use crate::bindings::imports::{llm::llm::count_tokens, types::types::Usage};

/// One vector per text, in order. Needs the capability `llm.embed`.
pub fn embed(texts: &[String]) -> Result<Vec<Vec<f32>>, Error> {
    Ok(crate::bindings::imports::llm::llm::embed(texts)?)
}
