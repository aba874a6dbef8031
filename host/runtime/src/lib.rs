//! Opinions are WebAssembly components; this crate runs them.
//!
//! It is the only one that names wasmtime, and nothing of wasmtime, and nothing generated, is part of its public API. A [`Runtime`]
//! compiles bytes into a [`Component`]; each call of one of its exports gets a store of its own, with everything the guest may see in
//! a [`Call`], and ends as an [`Ended`]: a result, or why there is none, and a [`Record`] of what happened on the way. What the host
//! must do for a guest (show the transcript, ask a model, look something up, tell of sparks, sell) is behind five ports: [`Chat`],
//! [`Models`], [`Desk`], [`SparkBook`] and [`Market`].
//!
//! It refuses to keep anything between calls, to show a guest the machine it runs on, and to blame a guest for what the host did.

#![deny(missing_docs)]

mod aot;
mod aside;
mod bindings;
mod call;
mod component;
mod cpu;
mod ended;
mod engine;
mod exports;
mod failure;
mod halt;
mod host;
mod limiter;
mod limits;
mod load_error;
mod log_book;
mod patience;
mod ports;
mod random;
mod run;
mod state;
mod stats;
mod stdio;
mod stopwatch;
#[cfg(test)]
mod testing;
mod ticker;
mod wasi;

pub use call::{Call, Profile};
pub use component::{Component, Exports};
pub use ended::{Ended, LogLevel, LogLine, Record, Stop};
pub use engine::{Runtime, StartError};
pub use limits::Limits;
pub use load_error::LoadError;
pub use patience::{Patience, Waiting};
pub use ports::{
    BuyRefusal, Chat, ChatMember, Completion, CompletionReply, Desk, Filter, LineHit, Lines, LookupError,
    Market, ModelError, Models, NoDesk, NoMarket, NoSparks, Noted, Posting, PromptTurn, SparkBook, Speaker,
    SpokenCitation, Standing, Suspended, Ware,
};
pub use stats::Stats;
