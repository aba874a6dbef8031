//! Compilers that an author need not install by hand.
//!
//! What makes components of Python, JavaScript and C comes from PyPI and npm, in the versions that stand here, through the author's own
//! `pip` and `npm` and whatever registry those are set to. It is kept in a folder of its own (`AMATELIER_TOOLCHAINS`, else
//! `amatelier/toolchains` in the platform's cache), made once: under a lock, in a folder beside it, and put in its place by renaming, so
//! that one that is there is whole. Nothing is ever installed into the author's own Python or Node, and no package's scripts are run.

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use etcetera::BaseStrategy as _;

use crate::{Progress, build::BuildError, tool::Tool};

/// The interpreter, as it is called on this platform.
pub(crate) const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

pub(crate) const NEEDS_PYTHON: &str = "install Python 3.10 or newer with pip (https://www.python.org, or your system's packages), then build again";
pub(crate) const NEEDS_NODE: &str =
    "install Node.js 20 or newer with npm (https://nodejs.org, or your system's packages), then build again";

/// One package of a registry, in one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Toolchain {
    registry: Registry,
    package: &'static str,
    version: &'static str,
    /// How much is fetched, in MB, to be told while it is.
    size: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Registry {
    PyPi,
    Npm,
}

impl Toolchain {
    /// Python to components.
    pub(crate) const PYTHON: Toolchain =
        Toolchain { registry: Registry::PyPi, package: "componentize-py", version: "0.25.1", size: 40 };
    /// JavaScript to components.
    pub(crate) const JS: Toolchain =
        Toolchain { registry: Registry::Npm, package: "componentize-qjs", version: "0.4.5", size: 15 };
    /// A C compiler with a C library for WebAssembly.
    pub(crate) const C: Toolchain =
        Toolchain { registry: Registry::PyPi, package: "ziglang", version: "0.16.0", size: 100 };

    /// The folder of it, after installing it there if it is not.
    pub(crate) fn ready(self, progress: &mut dyn FnMut(Progress)) -> Result<PathBuf, BuildError> {
        self.ready_in(&root()?, progress)
    }

    fn ready_in(self, root: &Path, progress: &mut dyn FnMut(Progress)) -> Result<PathBuf, BuildError> {
        let place = root.join(format!("{}-{}", self.package, self.version));
        if place.is_dir() {
            return Ok(place);
        }
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| BuildError::Io { path, source }
        };
        fs::create_dir_all(root).map_err(io(root))?;
        let guard = root.join(format!("{}-{}.lock", self.package, self.version));
        let lock = File::create(&guard).map_err(io(&guard))?;
        lock.lock().map_err(io(&guard))?;
        // Whoever held the lock may have made it.
        if place.is_dir() {
            return Ok(place);
        }
        progress(Progress::Step(format!(
            "installing {} {} (about {} MB) into {}, once",
            self.package,
            self.version,
            self.size,
            place.display()
        )));
        let making = tempfile::Builder::new().prefix(".making-").tempdir_in(root).map_err(io(root))?;
        self.install(making.path(), progress).map_err(|error| match error {
            BuildError::Tool { name, said } => {
                BuildError::NoToolchain { what: format!("{} {}", self.package, self.version), name, said }
            }
            error => error,
        })?;
        fs::rename(making.path(), &place).map_err(io(&place))?;
        // It has another name now, and nobody's business is to remove it.
        let _ = making.keep();
        Ok(place)
    }

    fn install(self, into: &Path, progress: &mut dyn FnMut(Progress)) -> Result<(), BuildError> {
        let (command, remedy) = self.installer(into);
        Tool::new(command, remedy).run(progress).map(|_| ())
    }

    /// It runs in the new folder, not where the author stands: pip would import what lies there, npm would read its settings.
    fn installer(self, into: &Path) -> (Command, &'static str) {
        let (mut command, remedy) = match self.registry {
            Registry::PyPi => {
                let mut pip = Command::new(PYTHON);
                pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"])
                    .args(["--only-binary", ":all:", "--target"])
                    .arg(into)
                    .arg(format!("{}=={}", self.package, self.version));
                (pip, NEEDS_PYTHON)
            }
            Registry::Npm => {
                let mut npm = Command::new(NPM);
                npm.args(["install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
                    .arg(into)
                    .arg(format!("{}@{}", self.package, self.version));
                (npm, NEEDS_NODE)
            }
        };
        command.current_dir(into);
        (command, remedy)
    }
}

/// Where all of them are.
fn root() -> Result<PathBuf, BuildError> {
    if let Some(root) = env::var_os("AMATELIER_TOOLCHAINS").filter(|root| !root.is_empty()) {
        return std::path::absolute(&root).map_err(|source| BuildError::Io { path: root.into(), source });
    }
    let none = |_| {
        let source = io::Error::other(
            "this system has no home folder; set AMATELIER_TOOLCHAINS to a folder for compilers",
        );
        BuildError::Io { path: "toolchains".into(), source }
    };
    Ok(etcetera::choose_base_strategy().map_err(none)?.cache_dir().join("amatelier").join("toolchains"))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn what_is_there_is_used_and_nothing_is_fetched() {
        let root = TempDir::new().unwrap();
        let place = root.path().join("componentize-py-0.25.1");
        fs::create_dir(&place).unwrap();
        let found = Toolchain::PYTHON.ready_in(root.path(), &mut |_| panic!("nothing is done")).unwrap();
        assert_eq!(found, place);
    }

    #[test]
    fn an_installer_runs_in_the_new_folder() {
        for toolchain in [Toolchain::PYTHON, Toolchain::JS, Toolchain::C] {
            let (command, _) = toolchain.installer(Path::new("/new"));
            assert_eq!(command.get_current_dir(), Some(Path::new("/new")), "{toolchain:?}");
        }
    }

    #[test]
    fn what_cannot_be_installed_leaves_nothing_behind() {
        let root = TempDir::new().unwrap();
        // Refused before any registry is asked.
        let odd =
            Toolchain { registry: Registry::PyPi, package: "no package", version: "of this name", size: 0 };
        let error = odd.ready_in(root.path(), &mut |_| ()).unwrap_err();
        assert!(error.help().is_some(), "{error}");
        let left: Vec<_> =
            fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["no package-of this name.lock"]);
    }
}
