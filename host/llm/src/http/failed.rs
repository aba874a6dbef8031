//! One request that brought no answer: what to tell the caller, and what the retry policy needs to know.

use super::complaint::Complaint;
use crate::{
    Error, Outcome,
    retry::{Cause, Hints, money_is_gone},
};

/// Which [`Error`] it becomes if it is the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    TooLong(u32),
    TimedOut,
    Unavailable,
    Invalid,
}

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    /// One line without a key.
    pub(crate) reason: String,
    pub(crate) cause: Cause,
    pub(crate) hints: Hints,
    /// What the server said, where it said something.
    pub(crate) complaint: Option<Box<Complaint>>,
    kind: Kind,
    /// The tokens of an answer that was whole and is worthless all the same.
    answered: Option<u64>,
    free: bool,
}

impl Failed {
    fn new(kind: Kind, cause: Cause, reason: impl Into<String>) -> Self {
        Failed {
            reason: reason.into(),
            cause,
            hints: Hints::default(),
            complaint: None,
            kind,
            answered: None,
            free: false,
        }
    }

    /// A timer ran out.
    pub(crate) fn timed_out(cause: Cause, timer: impl Into<String>) -> Self {
        Failed::new(Kind::TimedOut, cause, timer)
    }

    /// The server is not there, or not itself.
    pub(crate) fn unavailable(cause: Cause, reason: impl Into<String>) -> Self {
        Failed::new(Kind::Unavailable, cause, reason)
    }

    /// Its answer makes no sense.
    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        Failed::new(Kind::Invalid, Cause::Final, reason)
    }

    /// The prompt did not fit into this many tokens.
    pub(crate) fn too_long(limit: u32, reason: impl Into<String>) -> Self {
        Failed::new(Kind::TooLong(limit), Cause::Final, reason)
    }

    /// With what the server said.
    pub(crate) fn saying(self, complaint: Option<Box<Complaint>>) -> Self {
        Failed { complaint, ..self }
    }

    /// The same failure, to be read as a refusal of us rather than of the request, for this cause.
    pub(crate) fn refusing_us(self, cause: Cause) -> Self {
        Failed { kind: Kind::Unavailable, cause, ..self }
    }

    /// The same failure, which no repetition mends, as a fault of the request; `remedy` is what its author can do.
    pub(crate) fn remedied_by(self, remedy: &str) -> Self {
        let reason = format!("{}; {remedy}", self.reason);
        Failed { kind: Kind::Invalid, cause: Cause::Final, reason, ..self }
    }

    /// The server refused.
    pub(crate) fn refused(complaint: Complaint, hints: Hints) -> Self {
        let status = complaint.status;
        let (kind, cause) = if let Some(limit) = complaint.too_long() {
            (Kind::TooLong(limit), Cause::Final)
        } else if money_is_gone(status, &complaint.words) {
            (Kind::Unavailable, Cause::MoneyGone)
        // A model or an address that is not there is nobody's fault at the table: the debate waits until it is mended.
        } else if status >= 500 || matches!(status, 401 | 403 | 404 | 408 | 409 | 429) {
            (Kind::Unavailable, Cause::Status(status))
        } else {
            (Kind::Invalid, Cause::Status(status))
        };
        let reason = complaint.reason.clone();
        Failed { hints, complaint: Some(Box::new(complaint)), ..Failed::new(kind, cause, reason) }
    }

    /// There was an answer of this many tokens, though.
    pub(crate) fn although_answered(self, tokens: u64) -> Self {
        Failed { answered: Some(tokens), ..self }
    }

    /// Whether it surely cost nothing. A server that took a request and broke off, or said nothing in time, may have worked on it.
    pub(crate) fn is_free(&self) -> bool {
        self.free && self.answered.is_none()
    }

    /// The server was not reached, or refused the request before working on it.
    pub(crate) fn before_any_work(self) -> Self {
        Failed { free: true, ..self }
    }

    /// What the gate is told.
    pub(crate) fn outcome(&self) -> Outcome {
        match (&self.complaint, self.answered) {
            (Some(complaint), _) => Outcome::Refused { status: complaint.status, wait: self.hints.after },
            (None, Some(tokens)) => Outcome::Answered { tokens },
            (None, None) => Outcome::Lost,
        }
    }

    /// The error of a call that ends with this failure; `note` adds why it ends.
    pub(crate) fn into_error(self, provider: &str, note: Option<String>) -> Error {
        let provider = provider.to_owned();
        let reason = match note {
            Some(note) => format!("{} ({note})", self.reason),
            None => self.reason,
        };
        match self.kind {
            Kind::TooLong(limit) => Error::TooLong { limit },
            Kind::TimedOut => Error::TimedOut { provider, timer: reason },
            Kind::Unavailable => Error::Unavailable { provider, reason },
            Kind::Invalid => Error::Invalid { provider, reason },
        }
    }
}
