//! Builds the guests of the tests and the example plugins and writes a table of each: one that does not build fails the tests' build.

use std::process::ExitCode;

use amatelier_guest_build::{GuestBuildError, GuestWorkspace, conclude, out_dir, write_source};

fn main() -> ExitCode {
    conclude(write_table())
}

fn write_table() -> Result<(), GuestBuildError> {
    let folder = out_dir()?;
    let mut source = String::new();
    for (table, workspace) in [("GUESTS", "tests/guests"), ("EXAMPLES", "examples/plugins")] {
        source.push_str(&format!("const {table}: &[(&str, &[u8], &str)] = &[\n"));
        for guest in GuestWorkspace::in_repository(workspace)?.build()? {
            let wasm = guest.place_in(&folder)?;
            source.push_str(&format!("    ({:?}, include_bytes!({wasm:?}), {wasm:?}),\n", guest.name));
        }
        source.push_str("];\n");
    }
    write_source("guests.rs", &source)
}
