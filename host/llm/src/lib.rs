//! Language models: one trait, and the providers behind it.
//!
//! A provider turns a [`Request`] into a [`Reply`]. It owns the wire (addresses, keys, retries, tolerant parsing) and nothing else:
//! what a request is for, whether it may be paid for and where the answer is written down is the caller's business, who is told of
//! every single request through [`Wire`] *before* it leaves.

pub mod anthropic;
mod called;
mod cassette;
mod claude_code;
#[cfg(test)]
mod conformance;
mod error;
mod facts;
mod fallback;
#[doc(hidden)]
pub mod fuzzing;
mod gate;
pub mod gemini;
mod http;
mod json_array;
mod longest;
mod ndjson;
pub mod ollama;
pub mod openai;
mod price;
mod provider;
mod purse;
pub mod rehearsal;
mod reply;
mod request;
mod retry;
mod sse;
#[cfg(test)]
mod testing;
mod timers;
mod tokens;
mod tool;
mod wire;

pub use cassette::{BadCassette, Cassette, Recording, Tape};
pub use claude_code::{ClaudeCode, ClaudeCodeConfig};
pub use error::Error;
pub use facts::{CallFacts, Purpose};
pub use fallback::{Candidate, Fallback};
pub use gate::{EndpointGate, Gate, Gates, Outcome, Pace, Pass};
pub use http::{BadBaseUrl, BadConfig, BaseUrl};
pub use longest::Longest;
pub use price::{BadPrices, ImportReport, NotTaken, Price, Prices, Rate, Skipped};
pub use provider::{Billing, ListedModel, LookedUp, Provider};
pub use purse::{Good, Purse};
pub use reply::{Finish, Reply};
pub use request::{PromptTurn, Request, Speaker};
pub use retry::RetryPolicy;
pub use timers::Timers;
pub use tokens::estimate_tokens;
pub use tool::{Tool, ToolCall};
pub use wire::{Stopped, Wire};
