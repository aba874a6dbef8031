//! Where results go, and what may be written there.

use std::io::{self, IsTerminal, Write as _};

use amatelier_debate::Digest;

use crate::{args::Printed, exit::Exit, failure::Failure, render};

/// The name to type for the next command: the path this program was started by.
pub(crate) fn program() -> String {
    std::env::args().next().filter(|name| !name.is_empty()).unwrap_or_else(|| "amatelier".into())
}

/// Whether a stream is a terminal that can do more than print lines.
pub(crate) fn is_screen(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

/// Write a part of a result that is not at its end yet.
///
/// # Errors
/// Also when nobody reads any more: then there is no use in going on.
pub(crate) fn write(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
}

/// Write a result. Whoever reads it may stop reading.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match write(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::Failure, error, None))
        }
        _ => Ok(()),
    }
}

/// Put a question that is answered with yes or no, on a terminal; none where nobody can answer.
pub(crate) fn ask(question: &str) -> Option<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    // The end of the input is nobody's no.
    if io::stdin().read_line(&mut answer).ok()? == 0 {
        return None;
    }
    Some(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// Write any value as JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Failure::new(Exit::Failure, error, None))?;
    print(&format!("{}\n", render::plain_json(&text)))
}

/// Write any value as one line of JSON.
pub(crate) fn print_line(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|error| Failure::new(Exit::Failure, error, None))?;
    print(&format!("{}\n", render::plain_json(&text)))
}

/// Whether a result is for people: with `--summary`, or on a terminal without `--json`.
pub(crate) fn is_readable(printed: &Printed) -> bool {
    printed.summary || (!printed.json && io::stdout().is_terminal())
}

/// Write a digest: JSON with `--json` or off a terminal, readable on a terminal or with `--summary`.
pub(crate) fn print_digest(digest: &Digest, printed: &Printed) -> Result<(), Failure> {
    if is_readable(printed) { print(&render::digest(digest)) } else { print_json(digest) }
}
