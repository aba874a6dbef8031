//! What does not fit.

use std::fmt;

use amatelier_types::Capability;
use semver::Version;

use crate::{InterfaceName, host_version, plain_text::Quoted};

/// One thing that does not fit, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disagreement {
    /// It is built against a version of a contract that this host does not have.
    #[error("it {} `{interface}`; this amatelier speaks {} {}: {}", direction.verb(), interface.package_name(), list(offered), remedy(interface, offered))]
    Version {
        /// Whether it needs or offers it.
        direction: Direction,
        /// The contract.
        interface: InterfaceName,
        /// This host's versions of it.
        offered: Vec<Version>,
    },
    /// It needs a contract of our name that this host does not know.
    #[error(
        "it needs `{interface}`, which this host does not have: update amatelier, or build the plugin without it"
    )]
    Unknown {
        /// The contract.
        interface: InterfaceName,
    },
    /// It offers what this host has no use for.
    #[error("it offers `{interface}`, which this host does not call")]
    Uncalled {
        /// The contract.
        interface: InterfaceName,
    },
    /// It needs something that is neither ours nor a standard interface of components.
    #[error("it needs {}, which no host of plugins has: build it without it", Quoted(name))]
    Foreign {
        /// What.
        name: String,
    },
    /// There is nothing to call in it.
    #[error(
        "it exports no persona, judge, rubric, store or skills that this host calls: export one of the worlds in `wit/`"
    )]
    NoWorld,
    /// It uses a power and does not say so.
    #[error(
        "it imports `{function}` of `{interface}`, which needs `{capability}`, and its manifest does not ask for that: add it to [capabilities] with a reason, or build the plugin without the import"
    )]
    NotAsked {
        /// The contract.
        interface: InterfaceName,
        /// What it imports of it.
        function: String,
        /// What that needs.
        capability: Capability,
    },
    /// It has a function that will be denied.
    #[error(
        "it imports `{function}` of `{interface}`, which answers `denied`: its manifest does not ask for `{capability}`"
    )]
    Denied {
        /// The contract.
        interface: InterfaceName,
        /// What it imports of it.
        function: String,
        /// What that needs.
        capability: Capability,
    },
    /// It asks for a power that it has no use for.
    #[error(
        "its manifest asks for `{capability}`, and it imports nothing that needs it: take it out of [capabilities]"
    )]
    NotUsed {
        /// The capability.
        capability: Capability,
    },
    /// Two places tell different things about it.
    #[error(
        "its section `{section}` says {}, its manifest {}: embed the manifest anew with `amatelier plugin build`",
        Quoted(found),
        Quoted(wanted)
    )]
    Metadata {
        /// The standard section.
        section: &'static str,
        /// What it says.
        found: String,
        /// What the manifest says.
        wanted: String,
    },
}

/// Which way a contract goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The component needs it.
    Import,
    /// The component offers it.
    Export,
}

impl Direction {
    fn verb(self) -> &'static str {
        match self {
            Direction::Import => "needs",
            Direction::Export => "offers",
        }
    }
}

/// Everything that does not fit; at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreements(pub Vec<Disagreement>);

impl fmt::Display for Disagreements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, disagreement) in self.0.iter().enumerate() {
            write!(f, "{}{disagreement}", if at > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Disagreements {}

fn list(versions: &[Version]) -> String {
    versions.iter().map(Version::to_string).collect::<Vec<_>>().join(" and ")
}

/// What to do, and who: a plugin can be ahead of its host, behind it, or built against a draft.
fn remedy(interface: &InterfaceName, offered: &[Version]) -> String {
    let Some(newest) = offered.last() else { return "build the plugin without it".into() };
    match &interface.version {
        None => format!("build the plugin against {newest}, with the version in the name"),
        Some(found) if !found.pre.is_empty() => {
            format!("{found} was a draft, which nobody promised to keep; build the plugin against {newest}")
        }
        Some(found) if is_ahead(found, offered) => format!(
            "it needs a newer amatelier than this one ({}); update amatelier, or build the plugin against {newest}",
            host_version()
        ),
        Some(_) => format!("that version is not served; build the plugin against {newest}"),
    }
}

/// Whether only a later host can have it: it is newer than everything that this one speaks, or than what this one has of its minor.
fn is_ahead(found: &Version, offered: &[Version]) -> bool {
    let same_minor = |own: &&Version| (own.major, own.minor) == (found.major, found.minor);
    offered.iter().all(|own| found > own) || offered.iter().filter(same_minor).any(|own| found > own)
}
