//! What may happen to a request.

use std::time::Duration;

/// What the provider does with a request.
#[derive(Clone, Debug)]
pub enum Reaction {
    /// Answers.
    Answer,
    /// Answers with these words.
    Say(String),
    /// Calls a tool, with these arguments as JSON; where the protocol can, in two pieces. A request that offers no tools is answered with
    /// `{"tool": …, "arguments": …}` as text.
    Call(&'static str, String),
    /// Answers, and where a verdict is asked for says that the debate has converged.
    Converge,
    /// Says the first half of its answer, and that it has reached its longest length.
    Length,
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
    /// Sends half an answer, and in the place of the rest that something went wrong.
    ErrorInside,
    /// Refuses with this status, and wants to be asked again at once.
    Status(u16),
    /// Refuses with 429, and wants to be asked again after this many milliseconds.
    RateLimit {
        /// The wait it asks for.
        retry_after_ms: u64,
    },
    /// Refuses, because the prompt is longer than this many tokens.
    TooLong(u32),
    /// Refuses the key, and repeats it, as careless servers do.
    WrongKey,
    /// Refuses, because nobody pays.
    MoneyGone,
    /// Refuses, because too many others are asking, and wants to be asked again at once.
    Overloaded,
    /// 200, with the page of some proxy.
    WebPage,
    /// 200, with a stream that is no JSON.
    BrokenJson,
}
