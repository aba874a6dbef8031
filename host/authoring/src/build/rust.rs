//! Rust: cargo makes a component by itself.

use std::{
    env, fs,
    io::{self, ErrorKind},
    path::Path,
    process::Command,
};

use amatelier_guest_build::{Artifact, GuestBuildError, TARGET, Target, ensure_target};

use super::{BuildError, Progress, folder::Folder};
use crate::{environment, tool::Tool};

const REMEDY: &str = "install Rust with rustup (https://rustup.rs), then build again";

/// Compile the crate in the folder. Where it is a member of a workspace, the workspace's target folder and lock are used.
pub(super) fn component(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, BuildError> {
    let manifest = folder.root.join("Cargo.toml");
    if !manifest.is_file() {
        let source =
            io::Error::new(ErrorKind::NotFound, "a plugin in Rust has a Cargo.toml beside its plugin.toml");
        return Err(BuildError::Io { path: manifest, source });
    }
    progress(Progress::Step(format!("looking for the Rust target {TARGET}")));
    let target = ensure_target(&folder.root, &environment::confine).map_err(|error| match error {
        GuestBuildError::CannotRun { program, source } if source.kind() == ErrorKind::NotFound => {
            BuildError::NoTool { name: program, remedy: REMEDY }
        }
        error => error.into(),
    })?;
    if target == Target::Added {
        progress(Progress::Step(format!("added the Rust target {TARGET} with rustup")));
    }
    progress(Progress::Step("compiling with cargo".into()));
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&folder.root).args([
        "build",
        "--release",
        "--target",
        TARGET,
        "--message-format=json-render-diagnostics",
    ]);
    let printed = Tool::new(cargo, REMEDY).run(progress)?;
    let wasm = Artifact::parse_all(&printed)?
        .iter()
        .filter(|artifact| is(artifact.manifest_path(), &manifest))
        .find_map(Artifact::guest)
        .ok_or_else(|| BuildError::NoComponent(folder.root.clone()))?
        .wasm;
    fs::read(&wasm).map_err(|source| BuildError::Io { path: wasm, source })
}

/// Whether two paths are of one file: cargo may spell it otherwise than we do.
fn is(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| one == other)
}
