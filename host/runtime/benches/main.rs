//! What a call costs, for `cargo xtask bench`: each line is a name and what was measured, in nanoseconds.
//!
//! The one argument says what is measured: `sandbox` or `neighbours`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark: what fails here should stop it, and what it measured goes to stdout"
)]

mod bare;
mod neighbours;
mod nobody;
mod sandbox;

use std::time::Duration;

fn main() {
    // Cargo adds `--bench` when it runs a benchmark by itself.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match wanted.as_deref() {
        Some("sandbox") => runtime.block_on(sandbox::measure()),
        Some("neighbours") => runtime.block_on(neighbours::measure()),
        other => panic!("there is no benchmark {other:?}: `sandbox` or `neighbours`"),
    }
}

/// One line for the reader.
pub(crate) fn print(name: &str, samples: &[Duration]) {
    let samples: Vec<String> = samples.iter().map(|sample| sample.as_nanos().to_string()).collect();
    println!("{name} {}", samples.join(" "));
}
