//! What reads the JSON of one protocol's answers.

use serde_json::Value;

use super::{Answer, Ended, said_error};

/// Why a body is no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// It is HTML.
    WebPage,
    /// It says that something failed.
    Error(Value),
    /// A piece of it cannot be read; what came before stands.
    Damaged,
    /// It is JSON, but no answer.
    Foreign,
    /// One of its events never ends.
    EventTooLarge,
}

/// How a protocol puts an answer into pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events; a body that starts like JSON is a whole answer from a server that ignored `stream`.
    Events,
    /// The same, but a body that starts like a list is one of pieces, from a server that ignored how they were asked for.
    EventsOrList,
    /// One JSON object a line.
    Lines,
}

/// The reader. It takes what was parsed, in order, and fills the common answer; whatever it adds to the answer's text and id is told
/// to the caller's ear by [`Hearing`](super::Hearing). A field that is missing or of a type nobody expected is simply not there.
pub(crate) trait Listener: Send {
    /// How pieces come.
    const FRAMING: Framing;

    /// One JSON object of a stream; `name` is its event's name, empty where there is none. Returns [`Ended::Marked`] when the object
    /// says that the answer is over.
    ///
    /// # Errors
    /// [`Trouble::Error`] when it reports a failure.
    fn piece(&mut self, name: &str, value: &Value, answer: &mut Answer) -> Result<Option<Ended>, Trouble>;

    /// The whole answer in one JSON value.
    ///
    /// # Errors
    /// [`Trouble::Error`] when it reports a failure, [`Trouble::Foreign`] when it is something else.
    fn whole(&mut self, value: &Value, _answer: &mut Answer) -> Result<(), Trouble> {
        Err(said_error(value).map_or(Trouble::Foreign, Trouble::Error))
    }
}
