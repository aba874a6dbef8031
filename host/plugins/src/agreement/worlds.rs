//! Which contracts a component names, and whether this host has them.

use super::{Disagreement, disagreement::Direction};
use crate::{Contract, ExternName, InterfaceName, Package, contracts::NAMESPACE};

/// The namespace of what every component of the toolchains imports; which of it is there is for the linker to say.
const STANDARD: &str = "wasi";

pub(super) struct Found {
    pub(super) worlds: Vec<InterfaceName>,
    pub(super) wrong: Vec<Disagreement>,
    pub(super) notes: Vec<Disagreement>,
}

pub(super) fn find(package: &Package) -> Found {
    let mut found = Found { worlds: Vec::new(), wrong: Vec::new(), notes: Vec::new() };
    for import in &package.imports {
        found.wrong.extend(wrong_import(&import.name));
    }
    let mut other_versions: Vec<(&InterfaceName, &Contract)> = Vec::new();
    for interface in package.exports.iter().filter_map(ExternName::interface) {
        let contract =
            Contract::of(interface).filter(|own| own.called() == Some(interface.interface.as_str()));
        match contract {
            Some(contract) if contract.serves(interface.version.as_ref()).is_some() => {
                found.worlds.push(interface.clone());
            }
            Some(contract) => other_versions.push((interface, contract)),
            None => found.notes.push(Disagreement::Uncalled { interface: interface.clone() }),
        }
    }
    for (interface, contract) in other_versions {
        // A component may serve hosts of several ages at once.
        let served = found.worlds.iter().any(|world| world.package == interface.package);
        if served {
            found.notes.push(Disagreement::Uncalled { interface: interface.clone() });
        } else {
            found.wrong.push(version(Direction::Export, interface, contract));
        }
    }
    found.worlds.sort();
    found.worlds.dedup();
    let explained =
        |wrong: &Disagreement| matches!(wrong, Disagreement::Version { direction: Direction::Export, .. });
    if found.worlds.is_empty() && !found.wrong.iter().any(explained) {
        found.wrong.push(Disagreement::NoWorld);
    }
    found
}

fn wrong_import(name: &ExternName) -> Option<Disagreement> {
    let foreign = || Some(Disagreement::Foreign { name: name.to_string() });
    let Some(interface) = name.interface() else { return foreign() };
    match interface.namespace.as_str() {
        STANDARD => None,
        NAMESPACE => match Contract::of(interface).filter(|own| own.called().is_none()) {
            Some(contract) if contract.serves(interface.version.as_ref()).is_some() => None,
            Some(contract) => Some(version(Direction::Import, interface, contract)),
            None => Some(Disagreement::Unknown { interface: interface.clone() }),
        },
        _ => foreign(),
    }
}

fn version(direction: Direction, interface: &InterfaceName, contract: &Contract) -> Disagreement {
    Disagreement::Version { direction, interface: interface.clone(), offered: contract.versions().collect() }
}
