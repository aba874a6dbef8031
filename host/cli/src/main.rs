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
mod render;

use std::process::ExitCode;

use clap::Parser as _;

use crate::{args::Arguments, exit::Exit};

fn main() -> ExitCode {
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
            eprintln!("{:?}", miette::Report::new(failure));
            exit.into()
        }
    }
}
