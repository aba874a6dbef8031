//! What comes back.

use amatelier_types::{MicroUsd, Usage};

use crate::ToolCall;

/// How an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finish {
    /// It is whole.
    Done,
    /// It was cut at the token limit.
    Length,
    /// The model, or the provider's filter, refused.
    Refused,
    /// The stream ended early; the text is what arrived.
    Broken,
}

impl Finish {
    /// The name used in WIT and in the journal.
    pub fn name(self) -> &'static str {
        match self {
            Finish::Done => "done",
            Finish::Length => "length",
            Finish::Refused => "refused",
            Finish::Broken => "broken",
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What the model said; may be empty where there are calls.
    pub text: String,
    /// What it called.
    pub calls: Vec<ToolCall>,
    /// The model that answered, as the provider calls it.
    pub model: String,
    /// How it ended.
    pub finish: Finish,
    /// What it took; `calls` is 1, and what it costs is the caller's to compute.
    pub usage: Usage,
    /// The provider's id for the answer, where it gives one.
    pub response_id: Option<String>,
    /// What the provider says that it charged, where it says so; otherwise its price list is computed with.
    pub billed: Option<MicroUsd>,
}
