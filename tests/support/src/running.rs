//! A call that is running.

use std::{
    io::{BufRead as _, BufReader, Read},
    process::{Child, Command},
    sync::{Arc, Condvar, Mutex},
    thread,
    time::Duration,
};

use crate::Ran;

/// How long a call may take before the test fails. No test depends on it: it turns a hang into a message.
const PATIENCE: Duration = Duration::from_secs(300);

/// A process with both its outputs read as they come. One that nobody waits for is killed.
pub struct Running {
    command: String,
    child: Child,
    heard: Arc<Heard>,
}

/// What it said so far.
#[derive(Default)]
struct Heard {
    output: Mutex<Output>,
    changed: Condvar,
}

#[derive(Default)]
struct Output {
    stdout: String,
    stderr: String,
    /// How many of the two pipes have ended.
    ended: u32,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let heard = Arc::new(Heard::default());
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let (by_stdout, by_stderr) = (heard.clone(), heard.clone());
        thread::spawn(move || by_stdout.read_lines(stdout, |output| &mut output.stdout));
        thread::spawn(move || by_stderr.read_lines(stderr, |output| &mut output.stderr));
        Running { command: format!("{command:?}"), child, heard }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has not ended yet.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Wait for a line on stderr that holds this text; the line.
    pub fn stderr_line_with(&mut self, text: &str) -> String {
        self.line_with(text, |output| &output.stderr)
    }

    /// Wait for a line on stdout that holds this text; the line.
    pub fn stdout_line_with(&mut self, text: &str) -> String {
        self.line_with(text, |output| &output.stdout)
    }

    fn line_with(&mut self, text: &str, pipe: fn(&Output) -> &String) -> String {
        let line = |output: &Output| pipe(output).lines().find(|line| line.contains(text)).map(str::to_owned);
        self.wait_until(|output| output.ended == 2 || line(output).is_some());
        let found = line(&self.heard.output.lock().unwrap());
        found.unwrap_or_else(|| panic!("no line with {text:?}: {}", self.collect()))
    }

    /// What Ctrl-C does.
    pub fn interrupt(&self) {
        let sent = Command::new("sh").args(["-c", "kill -INT \"$0\"", &self.pid().to_string()]).status();
        assert!(sent.unwrap().success(), "{} cannot be interrupted", self.command);
    }

    /// Kill it at once, as `kill -9` does.
    pub fn kill(mut self) -> Ran {
        self.child.kill().unwrap();
        self.collect()
    }

    /// Wait for its end.
    pub fn wait(mut self) -> Ran {
        self.collect()
    }

    fn collect(&mut self) -> Ran {
        self.wait_until(|output| output.ended == 2);
        let code = self.child.wait().unwrap().code();
        let output = std::mem::take(&mut *self.heard.output.lock().unwrap());
        Ran { command: self.command.clone(), code, stdout: output.stdout, stderr: output.stderr }
    }

    fn wait_until(&mut self, so: impl Fn(&Output) -> bool) {
        let output = self.heard.output.lock().unwrap();
        let (output, timeout) =
            self.heard.changed.wait_timeout_while(output, PATIENCE, |output| !so(output)).unwrap();
        let stderr = output.stderr.clone();
        drop(output);
        if timeout.timed_out() {
            let _ = self.child.kill();
            panic!("{} hangs; on stderr:\n{stderr}", self.command);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail where it has ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Heard {
    fn read_lines(&self, pipe: impl Read, heard: fn(&mut Output) -> &mut String) {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while pipe.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).into_owned();
            self.change(|output| heard(output).push_str(&text));
            line.clear();
        }
        self.change(|output| output.ended += 1);
    }

    fn change(&self, change: impl FnOnce(&mut Output)) {
        change(&mut self.output.lock().unwrap());
        self.changed.notify_all();
    }
}
