//! What a model said.

use crate::bindings::imports::{llm::llm as contract, types::types::Usage};

/// How an answer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The model had said what it wanted to say.
    Done,
    /// The answer was longer than was allowed; the text is its beginning.
    Length,
    /// The model declined.
    Refused,
    /// The stream ended early; the text is what arrived.
    Broken,
    /// An end that this SDK does not know.
    Other(String),
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What the model said. Only with [`Finish::Done`] is it all of it.
    pub text: String,
    /// The model that answered, as its provider calls it.
    pub model: String,
    /// How the answer ended.
    pub finish: Finish,
    /// What it cost.
    pub usage: Usage,
}

impl Reply {
    /// Whether the text is only the beginning of an answer.
    pub fn is_cut(&self) -> bool {
        matches!(self.finish, Finish::Length | Finish::Broken)
    }
}

impl From<&str> for Finish {
    fn from(name: &str) -> Finish {
        match name {
            "done" => Finish::Done,
            "length" => Finish::Length,
            "refused" => Finish::Refused,
            "broken" => Finish::Broken,
            other => Finish::Other(other.into()),
        }
    }
}

impl From<contract::Reply> for Reply {
    fn from(reply: contract::Reply) -> Reply {
        Reply {
            text: reply.text,
            model: reply.model,
            finish: reply.finish.as_str().into(),
            usage: reply.usage,
        }
    }
}
