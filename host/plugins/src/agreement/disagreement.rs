//! What does not fit.

use std::fmt;

use amatelier_types::Capability;
use semver::Version;

use crate::{InterfaceName, plain_text::Quoted};

/// One thing that does not fit, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Disagreement {
    /// It is built against a version of a contract that this host does not have.
    #[error("it {} `{interface}`; this host has {} {}: {}", direction.verb(), interface.package_name(), list(offered), remedy(interface, offered))]
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

fn remedy(interface: &InterfaceName, offered: &[Version]) -> String {
    let is_newer = |found: &Version| offered.iter().all(|offered| found > offered);
    match &interface.version {
        Some(found) if is_newer(found) => "update amatelier, or build the plugin for that version".into(),
        Some(_) => "build the plugin anew with the contracts of that version".into(),
        None => "build the plugin with contracts that have a version".into(),
    }
}
