//! What may happen to a request.

use std::time::Duration;

/// What the provider does with a request.
#[derive(Clone, Debug)]
pub enum Reaction {
    /// Answers.
    Answer,
    /// Answers with these words.
    Say(String),
    /// Calls a tool, with these arguments as JSON, in two pieces.
    Call(&'static str, String),
    /// Answers, and where a verdict is asked for says that the debate has converged.
    Converge,
    /// Waits this long and answers.
    Delay(Duration),
    /// Answers with a long breath: this long between two pieces of the stream.
    Slowly(Duration),
    /// Sends nothing and keeps the connection open.
    StallForever,
    /// Sends half an answer and keeps the connection open.
    StallMidStream,
    /// Sends half an answer and breaks the connection.
    CutMidStream,
    /// Refuses with this status, and wants to be asked again at once.
    Status(u16),
    /// Refuses with 429, and wants to be asked again after this many milliseconds.
    RateLimit {
        /// The wait it asks for.
        retry_after_ms: u64,
    },
    /// Refuses, because the prompt is longer than this many tokens.
    TooLong(u32),
    /// 200, with the page of some proxy.
    WebPage,
    /// 200, with a stream that is no JSON.
    BrokenJson,
}
