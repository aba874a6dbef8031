//! A cargo workspace of guests, and the one call that builds it.

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{Guest, GuestBuildError, artifact::Artifact, environment, script, target};

/// Where a guest workspace lies and where it builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestWorkspace {
    /// The folder of its `Cargo.toml` and `Cargo.lock`.
    pub root: PathBuf,
    /// The folder of the WIT packages that its crates are built from.
    pub contracts: PathBuf,
    /// Its target folder. Never the outer cargo's, whose lock is held while a build script runs; the same for every profile of the
    /// host, so that a guest is compiled once.
    pub target_dir: PathBuf,
}

impl GuestWorkspace {
    /// The guest workspace in `folder` of the repository that holds the running build script's crate, two folders down (`host/bundle`).
    /// All guest workspaces of the repository share `target/guests`: what they have in common is compiled once.
    pub fn in_repository(folder: &str) -> Result<GuestWorkspace, GuestBuildError> {
        let package = script::variable("CARGO_MANIFEST_DIR")?;
        let Some(repository) = package.ancestors().nth(2) else {
            return Err(GuestBuildError::NoRepository(package));
        };
        Ok(GuestWorkspace {
            root: repository.join(folder),
            contracts: repository.join("wit"),
            target_dir: repository.join("target").join("guests"),
        })
    }

    /// Build every member for release and return its components, sorted by name.
    ///
    /// The running build script is told to watch the sources of these guests and nothing else; when the build fails cargo runs the
    /// script again in any case. The compiler's messages go to standard error, which cargo shows when the script fails.
    pub fn build(&self) -> Result<Vec<Guest>, GuestBuildError> {
        target::ensure(&self.root)?;
        let artifacts = Artifact::parse_all(&self.run_cargo()?)?;
        self.watch(&artifacts);
        let mut guests: Vec<Guest> = artifacts.iter().filter_map(Artifact::guest).collect();
        guests.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(guests)
    }

    /// What cargo printed on standard output.
    fn run_cargo(&self) -> Result<String, GuestBuildError> {
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut cargo = Command::new(&program);
        cargo
            .current_dir(&self.root)
            .args(["build", "--quiet", "--release", "--locked", "--message-format=json-render-diagnostics"])
            .args(["--target", target::TARGET, "--target-dir"])
            .arg(&self.target_dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let names: Vec<String> = env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
        environment::cleanse(&mut cargo, names.iter().map(String::as_str));
        let output = cargo.spawn().and_then(|child| child.wait_with_output()).map_err(|source| {
            GuestBuildError::CannotRun { program: program.to_string_lossy().into_owned(), source }
        })?;
        if !output.status.success() {
            return Err(GuestBuildError::DoesNotBuild(self.root.clone()));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn watch(&self, artifacts: &[Artifact]) {
        let mut paths: BTreeSet<PathBuf> = artifacts.iter().flat_map(Artifact::sources).collect();
        paths.extend(["Cargo.toml", "Cargo.lock"].map(|file| self.root.join(file)));
        paths.insert(self.contracts.clone());
        paths.iter().map(PathBuf::as_path).for_each(|path: &Path| script::rerun_if_changed(path));
    }
}
