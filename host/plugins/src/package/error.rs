//! Why bytes are no package.

use crate::{ManifestError, SECTION, plain_text::Quoted};

/// In plain words for whoever built it, or wants to install it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// It is larger than this host takes.
    #[error("it has {bytes} bytes; a plugin has at most {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most.
        limit: usize,
    },
    /// It is no WebAssembly at all.
    #[error("it is not a WebAssembly file")]
    NotWasm,
    /// It is a core module, not a component.
    #[error("it is a core WebAssembly module, not a component; `amatelier plugin build` makes one of it")]
    CoreModule,
    /// Its head says that it is of a version of WebAssembly that is not known here.
    #[error("it is of another version of WebAssembly than this host knows; build it with current tools")]
    OtherVersion,
    /// It ends too early.
    #[error("it is cut off after {bytes} bytes; fetch or build it again")]
    CutOff {
        /// How many there are.
        bytes: usize,
    },
    /// It is no well-formed component.
    #[error("it is damaged or no component: {0}; fetch or build it again")]
    Broken(String),
    /// It has more of something than anybody needs.
    #[error("it has more than {limit} {what}")]
    TooMany {
        /// What, as a plural.
        what: &'static str,
        /// The most.
        limit: usize,
    },
    /// An import or an export has a name that this host does not understand in full.
    #[error("its name {} has {option}, which this host does not know", Quoted(name))]
    NameOption {
        /// The name.
        name: String,
        /// What is beside it.
        option: &'static str,
    },
    /// It says something about itself that cannot be shown.
    #[error("its section {} {why}", Quoted(section))]
    Metadata {
        /// The section.
        section: String,
        /// What is wrong with it.
        why: String,
    },
    /// A section is there twice, so that tools could read different ones.
    #[error("it has more than one section {}", Quoted(.0))]
    Twice(String),
    /// It says nothing about itself.
    #[error("it has no section `{SECTION}`; build it with `amatelier plugin build`, or name it by its path")]
    NoManifest,
    /// What it says about itself makes no sense.
    #[error(transparent)]
    Manifest(ManifestError),
}
