//! Write a persona, a judge, a rubric, a store or skills as a component, in plain synchronous Rust.
//!
//! Implement [`Persona`], [`Judge`], [`Rubric`], [`Store`] or [`Skills`] and name your type once in [`persona!`], [`judge!`], [`rubric!`],
//! [`store!`] or [`skills!`]; build the crate as a `cdylib` for `wasm32-wasip2`. What the host offers is in the modules: [`chat`] is the debate, [`llm`] the models, [`steward`] the
//! registered files, [`profile`] what the member was taught, and so on. A component imports only what its code calls. Nothing here is a power of its own: a call without its
//! grant answers `denied`, and [`rights::has`] tells beforehand.
//!
//! ```
//! use amatelier_sdk::{Move, Persona, Turn, chat};
//!
//! struct Echo;
//!
//! impl Persona for Echo {
//!     fn take_turn(&self, turn: &Turn) -> Result<Move, String> {
//!         Ok(Move::Say(format!("Round {}: {}, you ask?", turn.round, chat::topic())))
//!     }
//! }
//!
//! amatelier_sdk::persona!(Echo);
//! # fn main() {}
//! ```

#[doc(hidden)]
pub mod bindings;

pub mod chat;
mod judge;
pub mod judge_lines;
pub mod llm;
pub mod log;
pub mod notebook;
mod own_words;
mod persona;
mod phase;
pub mod prompt;
mod rubric;
pub mod rubric_0_1;
pub mod settings;
pub mod skill;
pub mod steward;
pub mod store;
pub mod tags;

pub use bindings::imports::{
    chat::minutes,
    economy::{market, sparks},
    kit::{clock, dice, rights},
    member::profile,
};
pub use judge::{Intervention, Judge, Note, Sanction, Verdict};
pub use own_words::own_words;
pub use persona::{Exchange, Move, Persona, Turn};
pub use phase::Phase;
pub use rubric::{Axis, Insight, Mark, Rubric, Scorecard};
pub use skill::Skills;
pub use store::Store;
