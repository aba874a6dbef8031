//! Why there is no answer, and what to do about it.

use std::{io, path::Path};

use crate::{ClaudeCode, Error, Outcome, http::one_line};

/// What the command says when the subscription's limit is used up, or the account empty, in lower case.
const USED_UP: [&str; 6] = [
    "usage limit reached",
    "hit your limit",
    "hit your usage limit",
    "out of extra usage",
    "credit balance is too low",
    "limit reached",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    TooLong,
    TimedOut,
    Unavailable,
    Invalid,
}

/// A call without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    kind: Kind,
    /// One line.
    pub(super) reason: String,
    /// What the gate is told.
    pub(super) outcome: Outcome,
}

impl Verdict {
    fn new(kind: Kind, outcome: Outcome, reason: &str) -> Self {
        Verdict { kind, reason: one_line(reason, None), outcome }
    }

    /// What the command said instead of an answer. `status` is that of its server, where it says so.
    pub(super) fn of(said: &str, status: Option<u16>, is_limited: bool) -> Self {
        let words = said.to_lowercase();
        let refused = |status| Outcome::Refused { status, wait: None };
        if is_limited || USED_UP.iter().any(|phrase| words.contains(phrase)) {
            let reason = format!("{said} (not asked again: the subscription is used up)");
            return Verdict::new(Kind::Unavailable, refused(429), &reason);
        }
        if words.contains("prompt is too long") {
            return Verdict::new(Kind::TooLong, refused(400), said);
        }
        if words.contains("/login") || words.contains("not logged in") || matches!(status, Some(401 | 403)) {
            let reason = format!("{said} (run `claude` once and log in)");
            return Verdict::new(Kind::Unavailable, refused(status.unwrap_or(401)), &reason);
        }
        match status {
            Some(status @ (400 | 404 | 413 | 422)) => Verdict::new(Kind::Invalid, refused(status), said),
            Some(status) => Verdict::new(Kind::Unavailable, refused(status), said),
            None => Verdict::new(Kind::Unavailable, Outcome::Lost, said),
        }
    }

    /// A timer ran out.
    pub(super) fn timed_out(timer: String) -> Self {
        Verdict::new(Kind::TimedOut, Outcome::Lost, &timer)
    }

    /// It ended before its answer did.
    pub(super) fn lost(reason: String) -> Self {
        Verdict::new(Kind::Unavailable, Outcome::Lost, &reason)
    }

    /// It was not run.
    pub(super) fn not_started(reason: String) -> Self {
        Verdict::new(Kind::Unavailable, Outcome::NotSent, &reason)
    }

    /// It could not be run.
    pub(super) fn cannot_start(command: &Path, error: &io::Error) -> Self {
        let command = command.display();
        Self::not_started(match error.kind() {
            io::ErrorKind::NotFound => format!(
                "the command `{command}` was not found: install Claude Code and log in, or say where it is in the provider's settings"
            ),
            _ => format!("the command `{command}` cannot be run: {error}"),
        })
    }

    /// The call's error.
    pub(super) fn into_error(self, limit: u32) -> Error {
        let (provider, reason) = (ClaudeCode::NAME.to_owned(), self.reason);
        match self.kind {
            Kind::TooLong => Error::TooLong { limit },
            Kind::TimedOut => Error::TimedOut { provider, timer: reason },
            Kind::Unavailable => Error::Unavailable { provider, reason },
            Kind::Invalid => Error::Invalid { provider, reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_sorted() {
        let refused = |status| Outcome::Refused { status, wait: None };
        for (said, status, limited, kind, outcome, told) in [
            (
                "Claude AI usage limit reached|1753560000",
                None,
                false,
                Kind::Unavailable,
                refused(429),
                "used up",
            ),
            (
                "You've hit your limit · resets 8pm",
                Some(429),
                false,
                Kind::Unavailable,
                refused(429),
                "used up",
            ),
            ("Credit balance is too low", None, false, Kind::Unavailable, refused(429), "used up"),
            ("API Error", Some(429), true, Kind::Unavailable, refused(429), "used up"),
            ("Prompt is too long", Some(400), false, Kind::TooLong, refused(400), "too long"),
            ("Not logged in · Please run /login", None, false, Kind::Unavailable, refused(401), "log in"),
            ("OAuth token has expired", Some(401), false, Kind::Unavailable, refused(401), "log in"),
            ("model: x not found", Some(404), false, Kind::Invalid, refused(404), "not found"),
            ("API Error: 529 overloaded", Some(529), false, Kind::Unavailable, refused(529), "overloaded"),
            ("something\nelse\u{1b}[2J", None, false, Kind::Unavailable, Outcome::Lost, "something else[2J"),
        ] {
            let verdict = Verdict::of(said, status, limited);
            assert_eq!((verdict.kind, verdict.outcome), (kind, outcome), "{said}");
            assert!(verdict.reason.contains(told), "{}", verdict.reason);
        }
    }
}
