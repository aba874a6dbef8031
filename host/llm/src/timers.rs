//! How long a provider may be silent.
//!
//! There is no timer over a whole answer: a long answer that keeps coming is a good answer, and the caller has a wall clock of its own.

use std::time::Duration;

/// The three timers of one request. Each starts over with every retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timers {
    /// Until the connection stands, encryption included.
    pub connect: Duration,
    /// From sending the request to the first byte of the answer's body.
    pub first_byte: Duration,
    /// Between two pieces of the body.
    pub idle: Duration,
}

impl Default for Timers {
    /// 5 s to connect; 300 s to the first byte, because a local server may have to load its model first; 60 s between pieces, because
    /// a model that thinks sends nothing while it does.
    fn default() -> Self {
        Timers {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(300),
            idle: Duration::from_secs(60),
        }
    }
}
