//! Cassettes: the model calls of a debate in one file, to be played back without a network.
//!
//! [`Recording`] stands around a provider and writes every call that it answers, or fails to, to a [`Tape`]: a line of JSON each, the
//! request with the reply. [`Cassette`] is a provider that answers from such a file and from nothing else: the same request gets the
//! same reply, the n-th time the n-th one, and a request that was not recorded fails with what is different about it. It never makes
//! anything up. Prompts and answers are on the file in full, and nothing else is: requests carry no keys.

mod bad;
mod form;
mod miss;
mod player;
mod recording;
mod reel;
mod tape;
#[cfg(test)]
mod tests;

pub use self::{bad::BadCassette, player::Cassette, recording::Recording, tape::Tape};

/// The version of the form, in the first line.
const VERSION: u32 = 1;
/// The longest line, in bytes: a prompt of a million tokens with its answer takes half of it.
const MAX_LINE: usize = 16 << 20;
/// The largest file that is played, in bytes; it is held in memory.
const MAX_FILE: u64 = 256 << 20;
