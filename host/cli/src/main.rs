//! The command line.
//!
//! stdout is the result, stderr is talk. Every error ends with what to do next, and with an exit code that a script can act on.

mod args;
mod commands;
mod context;
mod exit;
mod failure;
mod logging;
mod output;
mod pages;
mod render;
mod watch;

use std::{io::IsTerminal as _, process::ExitCode};

use clap::Parser as _;

use crate::{args::Arguments, exit::Exit};

fn main() -> ExitCode {
    // Only in binaries that are built for tests: where the environment says that they die.
    let _failpoints = fail::has_failpoints().then(fail::FailScenario::setup);
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout and are no errors; clap knows which is which.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Ok };
            let _ = error.print();
            return exit.into();
        }
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the asynchronous runtime does not start: {error}");
            return Exit::Failure.into();
        }
    };
    match runtime.block_on(commands::run(arguments)) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let exit = failure.exit;
            report(failure);
            exit.into()
        }
    }
}

/// Show an error. Names such as `context-tokens` are copied from it, so lines break between words only; off a terminal they do not break.
pub(crate) fn report(failure: failure::Failure) {
    let on_terminal = std::io::stderr().is_terminal();
    // A hook that is set already would be a mistake of ours; the error is shown all the same.
    let _ = miette::set_hook(Box::new(move |_| {
        let options = miette::MietteHandlerOpts::new().break_words(false).wrap_lines(on_terminal);
        Box::new(options.word_splitter(textwrap::WordSplitter::NoHyphenation).build())
    }));
    eprintln!("{:?}", miette::Report::new(failure));
}
