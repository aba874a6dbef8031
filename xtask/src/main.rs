//! Chores of this repository: `cargo xtask bench`, `cargo xtask wit`.
#![allow(clippy::print_stdout, reason = "a developer's tool, whose results go to stdout")]

mod bench;
mod measured;
mod wit;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

/// Chores of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Arguments {
    /// Measure, and compare with the goals.
    Bench(bench::Arguments),
    /// The contracts in `wit/` and their released versions.
    #[command(subcommand)]
    Wit(wit::Command),
    /// Run a program and tell on stderr what it took; how `bench` looks at one child process by itself.
    #[command(hide = true)]
    Measured {
        /// The program.
        program: PathBuf,
        /// Its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse() {
        Arguments::Bench(arguments) => bench::run(&arguments).map(|()| ExitCode::SUCCESS),
        Arguments::Wit(command) => wit::run(&command).map(|()| ExitCode::SUCCESS),
        Arguments::Measured { program, arguments } => measured::run(&program, &arguments),
    };
    done.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}
