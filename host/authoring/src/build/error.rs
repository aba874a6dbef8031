//! Why a plugin was not built.

use std::{io, path::PathBuf};

use amatelier_guest_build::GuestBuildError;
use amatelier_plugins::{Disagreements, ManifestError, PackageError};
use amatelier_types::World;

/// In plain words for its author; what a tool said is in it as it was said, to be escaped by whoever shows it.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is nothing to build.
    #[error("there is no plugin.toml in {}", .0.display())]
    NoPlugin(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The manifest makes no sense.
    #[error("{}:\n{error}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// All that is wrong with it.
        error: Box<ManifestError>,
    },
    /// The manifest does not say how the plugin is built.
    #[error("{}: it has no table [build]", .0.display())]
    NoRecipe(PathBuf),
    /// There is no code.
    #[error("there is no {}", .0.display())]
    NoMain(PathBuf),
    /// A folder or file that would be written is a link to somewhere else.
    #[error("{} is a link: a build writes nothing through links", .0.display())]
    Link(PathBuf),
    /// The contracts in the plugin's folder make no sense.
    #[error("the contracts in {} make no sense:\n{why}", path.display())]
    Contracts {
        /// The folder.
        path: PathBuf,
        /// What is wrong, with its place.
        why: String,
    },
    /// What compiles the language could not be installed.
    #[error("{what} was not installed: `{name}` failed:\n{said}")]
    NoToolchain {
        /// The package and its version.
        what: String,
        /// The installer.
        name: String,
        /// What it said.
        said: String,
    },
    /// A program that is needed is not there.
    #[error("`{name}` is not there")]
    NoTool {
        /// The program.
        name: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A program cannot be run.
    #[error("cannot run `{name}`: {source}")]
    CannotRun {
        /// The program.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// A program ended badly.
    #[error("`{name}` failed:\n{said}")]
    Tool {
        /// The program.
        name: String,
        /// What it said.
        said: String,
    },
    /// The Rust toolchain is not as it should be.
    #[error(transparent)]
    Rust(#[from] GuestBuildError),
    /// The crate makes no component.
    #[error("cargo built no component from {}", .0.display())]
    NoComponent(PathBuf),
    /// No component can be made of what was compiled.
    #[error("the compiled module is no plugin: {0}")]
    NotEncoded(String),
    /// What was compiled is no component that a host takes.
    #[error("what was compiled cannot be a plugin: {0}")]
    Package(#[from] PackageError),
    /// Manifest and component do not fit each other.
    #[error("plugin.toml and the component do not agree:\n{0}")]
    Disagreements(#[from] Disagreements),
    /// It does not export what it is said to be.
    #[error("[build] says that it is a {world}, and it exports {}", if exports.is_empty() { "nothing" } else { exports })]
    NotThatWorld {
        /// What it should be.
        world: World,
        /// What it exports, in a row.
        exports: String,
    },
}

impl BuildError {
    /// What to do.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            BuildError::NoPlugin(_) => "name the folder of a plugin; `amatelier plugin new` makes one",
            BuildError::Manifest { .. } => "mend plugin.toml; `amatelier docs plugin-manifest` has every key",
            BuildError::NoRecipe(_) => {
                "add to it: [build], and below it lang = \"rust\" (or python, js, c) and worlds = [\"persona\"]"
            }
            BuildError::NoMain(_) => {
                "write it, or name the file with the code in plugin.toml: [build], main = \"…\""
            }
            BuildError::Link(_) => "remove the link and build again",
            BuildError::Contracts { .. } => {
                "wit/world.wit is yours to change; wit/deps/ is as `amatelier plugin new` writes it"
            }
            BuildError::NoToolchain { .. } => {
                "the first build in a language needs a network connection and the registry that your pip or npm is set to"
            }
            BuildError::NoTool { remedy, .. } => remedy,
            BuildError::NoComponent(_) => {
                "its Cargo.toml needs: [lib], and below it crate-type = [\"cdylib\"]"
            }
            BuildError::NotThatWorld { .. } => "export it in the code, or correct `worlds` in plugin.toml",
            BuildError::Tool { .. } => {
                "nothing was changed in dist/; mend what the compiler complains about and build again"
            }
            BuildError::NotEncoded(_) => {
                "every function of the world has to be there, with the name and the arguments that amatelier.h gives it"
            }
            BuildError::Disagreements(_) => "mend plugin.toml or the code; nothing was changed in dist/",
            BuildError::Io { .. }
            | BuildError::CannotRun { .. }
            | BuildError::Rust(_)
            | BuildError::Package(_) => return None,
        };
        Some(help.into())
    }
}
