//! How an answer ends: what the bytes did, and what the server said.

/// How the bytes of an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// With the protocol's mark, or with the end of a whole object.
    Marked,
    /// With anything else: end of stream, a lost connection, a timer.
    Early,
}

/// Why the server says that the answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is whole, or ends with calls.
    Done,
    /// It reached the token limit, or the end of the context.
    Length,
    /// The model or a filter refused.
    Refused,
    /// The server was interrupted itself.
    Interrupted,
}
