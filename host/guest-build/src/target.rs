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
pub const TARGET: &str = "wasm32-wasip2";

/// How the target was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// It was there.
    Present,
    /// It was missing, and rustup has added it.
    Added,
}

/// Find the standard library of the guests' target, or have rustup add it to the toolchain that is used in a folder. `prepare` is what is done
/// to each command before it is run, such as to take variables from its environment.
///
/// # Errors
/// [`GuestBuildError`]: there is no compiler, no rustup, or it could not add the target.
pub fn ensure_target(folder: &Path, prepare: &dyn Fn(&mut Command)) -> Result<Target, GuestBuildError> {
    if is_installed(folder, prepare)? {
        return Ok(Target::Present);
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]).current_dir(folder);
    // Set by rustup when it started cargo: the toolchain this build runs with, whatever the folder says.
    if let Some(toolchain) = env::var_os("RUSTUP_TOOLCHAIN") {
        rustup.arg("--toolchain").arg(toolchain);
    }
    prepare(&mut rustup);
    // Standard output belongs to the cargo that reads this build script.
    match rustup.stdout(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(Target::Added),
        Ok(_) => Err(GuestBuildError::TargetNotAdded(TARGET)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(GuestBuildError::NoTarget(TARGET)),
        Err(source) => Err(GuestBuildError::CannotRun { program: "rustup".into(), source }),
    }
}

/// The same from a build script, which says it when something was added.
pub(crate) fn ensure(folder: &Path) -> Result<(), GuestBuildError> {
    if ensure_target(folder, &|_| ())? == Target::Added {
        script::warn(&format!(
            "the Rust target {TARGET} was missing; added it with `rustup target add {TARGET}`"
        ));
    }
    Ok(())
}

fn is_installed(folder: &Path, prepare: &dyn Fn(&mut Command)) -> Result<bool, GuestBuildError> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(&rustc);
    command.args(["--print", "target-libdir", "--target", TARGET]).current_dir(folder);
    prepare(&mut command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| GuestBuildError::CannotRun {
        program: rustc.to_string_lossy().into_owned(),
        source,
    })?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}
