//! Builds the guests of the tests and writes a table of them: a guest that does not build fails the tests' build.

use std::process::ExitCode;

use amatelier_guest_build::{GuestBuildError, GuestWorkspace, conclude, out_dir, write_source};

fn main() -> ExitCode {
    conclude(write_table())
}

fn write_table() -> Result<(), GuestBuildError> {
    let folder = out_dir()?;
    let mut table = String::from("const GUESTS: &[(&str, &[u8], &str)] = &[\n");
    for guest in GuestWorkspace::in_repository("tests/guests")?.build()? {
        let wasm = guest.place_in(&folder)?;
        table.push_str(&format!("    ({:?}, include_bytes!({wasm:?}), {wasm:?}),\n", guest.name));
    }
    table.push_str("];\n");
    write_source("guests.rs", &table)
}
