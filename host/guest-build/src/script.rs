//! What a build script says to the cargo that runs it.
//!
//! Cargo listens on standard output; these are the only functions here that print.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::GuestBuildError;

/// The folder that cargo gives the running build script for its files.
pub fn out_dir() -> Result<PathBuf, GuestBuildError> {
    variable("OUT_DIR")
}

/// Write a source file into [`out_dir`], for `include!`.
pub fn write_source(name: &str, text: &str) -> Result<(), GuestBuildError> {
    let path = out_dir()?.join(name);
    fs::write(&path, text).map_err(|source| GuestBuildError::Io { path, source })
}

/// Run the build script again when this file, or anything in this folder, changes.
pub fn rerun_if_changed(path: &Path) {
    tell("rerun-if-changed", &path.display().to_string());
}

/// The end of a build script: an error becomes one readable line instead of a panic.
pub fn conclude(outcome: Result<(), GuestBuildError>) -> ExitCode {
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    tell("error", &error.to_string());
    ExitCode::FAILURE
}

/// Something the person who builds should know although all goes well.
pub(crate) fn warn(text: &str) {
    tell("warning", text);
}

pub(crate) fn variable(name: &'static str) -> Result<PathBuf, GuestBuildError> {
    env::var_os(name).map(PathBuf::from).ok_or(GuestBuildError::NotABuildScript(name))
}

#[allow(clippy::print_stdout, reason = "the way in which a build script speaks to cargo")]
fn tell(key: &str, value: &str) {
    println!("cargo::{key}={value}");
}
