//! What a finished call left.

use std::fmt;

use serde_json::Value;

/// Exit code and output. The assertions return it, so that they can be put in a row.
pub struct Ran {
    /// The command line.
    pub command: String,
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// The result.
    pub stdout: String,
    /// The talk.
    pub stderr: String,
}

impl Ran {
    /// It succeeded.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.exits(0)
    }

    /// It ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// The digest on stdout.
    #[track_caller]
    pub fn digest(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("no digest ({error}): {self}"))
    }

    /// stderr holds this text.
    #[track_caller]
    pub fn stderr_has(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} on stderr: {self}");
        self
    }
}

/// The whole of it, for the message of a failed assertion.
impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ran { command, code, stdout, stderr } = self;
        write!(f, "{command}\nended with {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}
