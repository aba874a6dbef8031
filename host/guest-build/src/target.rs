//! Makes sure that the guests' target can be compiled for.
//!
//! `rust-toolchain.toml` lists the target, but cargo adds it by itself only where `RUSTUP_AUTO_INSTALL` allows, and says nothing where
//! it does not: the guest build would then fail with "can't find crate for `core`". So the target is looked for first.

use std::{
    env, io,
    path::Path,
    process::{Command, Stdio},
};

use crate::{GuestBuildError, script};

/// What every guest is compiled for.
pub(crate) const TARGET: &str = "wasm32-wasip2";

/// Find the target's standard library, or have rustup add it, saying so.
pub(crate) fn ensure() -> Result<(), GuestBuildError> {
    if is_installed()? {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]);
    // Set by rustup when it started cargo: the toolchain this build runs with, whatever the folder says.
    if let Some(toolchain) = env::var_os("RUSTUP_TOOLCHAIN") {
        rustup.arg("--toolchain").arg(toolchain);
    }
    // Standard output belongs to the cargo that reads this build script.
    match rustup.stdout(Stdio::null()).status() {
        Ok(status) if status.success() => {
            script::warn(&format!(
                "the Rust target {TARGET} was missing; added it with `rustup target add {TARGET}`"
            ));
            Ok(())
        }
        Ok(_) => Err(GuestBuildError::TargetNotAdded(TARGET)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(GuestBuildError::NoTarget(TARGET)),
        Err(source) => Err(GuestBuildError::CannotRun { program: "rustup".into(), source }),
    }
}

fn is_installed() -> Result<bool, GuestBuildError> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| GuestBuildError::CannotRun {
            program: rustc.to_string_lossy().into_owned(),
            source,
        })?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}
