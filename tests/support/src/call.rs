//! One call of the binary.

use std::{
    ffi::OsStr,
    fs::File,
    path::Path,
    process::{Command, Stdio},
};

use crate::{Ran, Running};

/// A command line that has not been started.
#[must_use = "nothing happens before `run` or `spawn`"]
pub struct Call {
    command: Command,
}

impl Call {
    pub(crate) fn new(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Call { command }
    }

    /// One more argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// More arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// What stands on stdin, from this file.
    pub fn stdin(mut self, path: &Path) -> Self {
        self.command.stdin(File::open(path).unwrap());
        self
    }

    /// A variable of the environment, for this call only.
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Run it to its end.
    pub fn run(self) -> Ran {
        self.spawn().wait()
    }

    /// Start it.
    pub fn spawn(self) -> Running {
        Running::start(self.command)
    }
}
