//! Builds the plugins that ship with the host and writes a constant for each, so that the table in `src/table.rs` can name them.

use std::process::ExitCode;

use amatelier_guest_build::{
    GuestBuildError, GuestWorkspace, conclude, out_dir, rerun_if_changed, write_source,
};

fn main() -> ExitCode {
    conclude(write_components())
}

fn write_components() -> Result<(), GuestBuildError> {
    let plugins = GuestWorkspace::in_repository("plugins")?;
    // Embedded by a macro in src/seeds.rs, which cannot tell cargo about files that appear or change.
    rerun_if_changed(&plugins.root.with_file_name("agents"));
    let folder = out_dir()?;
    let mut source = String::new();
    for guest in plugins.build()? {
        let wasm = guest.place_in(&folder)?;
        let name = guest.name.replace('-', "_").to_uppercase();
        source.push_str(&format!(
            "pub(crate) const {name}: Component = Component {{ version: {:?}, bytes: include_bytes!({wasm:?}) }};\n",
            guest.version
        ));
    }
    write_source("components.rs", &source)
}
