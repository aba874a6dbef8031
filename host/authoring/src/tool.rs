//! A program of the author's, run to its end: what it says is handed on line by line, and kept as far as it helps.

use std::{
    io::{self, BufRead as _, BufReader, Read},
    process::{Command, Stdio},
    thread,
};

use crate::{Progress, build::BuildError, environment};

/// The most that is kept of what a tool says, in bytes: of a longer talk the end, where compilers say what is wrong.
const KEPT: usize = 128 << 10;

/// The longest line that is handed on, in bytes.
const LINE: u64 = 16 << 10;

/// The most that a tool may print as its result, in bytes: cargo reports each artifact on a line of some hundred.
const RESULT: u64 = 64 << 20;

/// A program and what to tell whoever does not have it.
pub(crate) struct Tool {
    command: Command,
    name: String,
    remedy: &'static str,
}

impl Tool {
    /// A command to be run with the environment of a compiler.
    pub(crate) fn new(mut command: Command, remedy: &'static str) -> Self {
        environment::confine(&mut command);
        let name = command.get_program().to_string_lossy().into_owned();
        Tool { command, name, remedy }
    }

    /// The same with one more variable.
    pub(crate) fn with(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Run it. What it prints on standard output is the result.
    ///
    /// # Errors
    /// It is not there, or it ended badly: then the error holds what it said.
    pub(crate) fn run(mut self, progress: &mut dyn FnMut(Progress)) -> Result<String, BuildError> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(|source| self.did_not_start(source))?;
        let stdout = child.stdout.take();
        let result = thread::spawn(move || {
            let mut bytes = Vec::new();
            stdout.map_or(Ok(0), |stdout| stdout.take(RESULT).read_to_end(&mut bytes)).map(|_| bytes)
        });
        let said = child.stderr.take().map_or(Ok(String::new()), |stderr| listen(stderr, progress));
        let status = child.wait().map_err(|source| self.cannot_run(source))?;
        let said = said.map_err(|source| self.cannot_run(source))?;
        let printed = result.join().unwrap_or_else(|_| Err(io::Error::other("reading its output failed")));
        let printed = printed.map_err(|source| self.cannot_run(source))?;
        let printed = String::from_utf8_lossy(&printed).into_owned();
        if status.success() {
            return Ok(printed);
        }
        // Some tools complain on standard output.
        let said = if said.trim().is_empty() { end_of(&printed).to_owned() } else { said };
        Err(BuildError::Tool { name: self.name, said })
    }

    fn did_not_start(&self, source: io::Error) -> BuildError {
        match source.kind() {
            io::ErrorKind::NotFound => BuildError::NoTool { name: self.name.clone(), remedy: self.remedy },
            _ => self.cannot_run(source),
        }
    }

    fn cannot_run(&self, source: io::Error) -> BuildError {
        BuildError::CannotRun { name: self.name.clone(), source }
    }
}

/// Hand every line on, and keep the last of them.
fn listen(stderr: impl Read, progress: &mut dyn FnMut(Progress)) -> io::Result<String> {
    let mut reader = BufReader::new(stderr);
    let mut kept = String::new();
    loop {
        let mut line = Vec::new();
        if reader.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(kept);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\n', '\r']);
        progress(Progress::Said(line.to_owned()));
        kept.push_str(line);
        kept.push('\n');
        if kept.len() > 2 * KEPT {
            kept = end_of(&kept).to_owned();
        }
    }
}

/// The last part of a long text, from the beginning of a line.
fn end_of(text: &str) -> &str {
    let from = text.len().saturating_sub(KEPT);
    if from == 0 {
        return text;
    }
    let bytes = text.as_bytes().get(from..).unwrap_or_default();
    let line = bytes.iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| from + at + 1);
    text.get(line..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tool_says_is_handed_on_by_lines_and_its_end_is_kept() {
        let mut lines = 0;
        let text = "a long line of complaint\n".repeat(20_000);
        let kept = listen(text.as_bytes(), &mut |_| lines += 1).unwrap();
        assert_eq!(lines, 20_000);
        assert!(kept.len() <= 2 * KEPT && kept.starts_with("a long line"));
        let mut parts = 0;
        let kept = listen("x".repeat(40 << 10).as_bytes(), &mut |_| parts += 1).unwrap();
        assert_eq!((parts, kept.lines().count()), (3, 3), "a line without an end is broken, not collected");
    }

    #[test]
    fn a_tool_that_is_not_there_is_told_with_its_remedy() {
        let tool = Tool::new(Command::new("amatelier-no-such-compiler"), "install one");
        let error = tool.run(&mut |_| ()).unwrap_err();
        assert_eq!(error.help().as_deref(), Some("install one"));
        assert!(error.to_string().contains("amatelier-no-such-compiler"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_tool_that_ends_badly_is_quoted() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo result; echo line 3 is wrong >&2; exit 4"]);
        let BuildError::Tool { name, said } = Tool::new(command, "").run(&mut |_| ()).unwrap_err() else {
            panic!()
        };
        assert_eq!((name.as_str(), said.as_str()), ("sh", "line 3 is wrong\n"));
        let mut command = Command::new("sh");
        command.args(["-c", "echo result; echo talk >&2"]);
        assert_eq!(Tool::new(command, "").run(&mut |_| ()).unwrap(), "result\n");
    }
}
