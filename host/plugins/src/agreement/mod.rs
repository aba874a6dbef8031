//! Whether what a plugin says and what it is fit each other, and fit this host.
//!
//! Decided from the manifest and the names in the component alone, before anything is compiled. In this order, and all of it at once:
//! contracts that this host does not have in that version, imports that are nobody's here, no world that it could be called for,
//! capabilities that are used and not asked for, capabilities that are asked for and not used, metadata that says something else.
//! Whether types fit is for the linker to say.

mod disagreement;
mod powers;
mod worlds;

use amatelier_types::Capabilities;

use self::worlds::Found;
pub use self::{
    disagreement::{Direction, Disagreement, Disagreements},
    powers::explained_by,
};
use crate::{InterfaceName, Manifest, Package};

/// What a manifest and a component agree upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// What it can be called for, sorted: exported interfaces of extension points in versions of this host.
    pub worlds: Vec<InterfaceName>,
    /// The capabilities that functions it imports need.
    pub uses: Capabilities,
    /// What is odd, but does no harm.
    pub notes: Vec<Disagreement>,
}

impl Agreement {
    /// Hold a manifest against its component.
    ///
    /// # Errors
    /// [`Disagreements`]: everything that does not fit.
    pub fn of(manifest: &Manifest, package: &Package) -> Result<Self, Disagreements> {
        let Found { worlds, mut wrong, mut notes } = worlds::find(package);
        let mut uses = Capabilities::new();
        for import in &package.imports {
            let Some(interface) = import.name.interface() else { continue };
            let needs: Vec<_> = import
                .functions
                .iter()
                .filter_map(|function| Some((function, powers::needed(interface, function)?)))
                .collect();
            uses.extend(needs.iter().map(|(_, capability)| *capability));
            let (asked, unasked): (Vec<_>, Vec<_>) =
                needs.into_iter().partition(|(_, capability)| manifest.asks.contains_key(capability));
            // Tools that import whole interfaces are common; one asked-for function explains the interface, and the others answer `denied`.
            let (place, is_wrong) = if asked.is_empty() { (&mut wrong, true) } else { (&mut notes, false) };
            place.extend(unasked.into_iter().map(|(function, capability)| {
                let (interface, function) = (interface.clone(), function.clone());
                if is_wrong {
                    Disagreement::NotAsked { interface, function, capability }
                } else {
                    Disagreement::Denied { interface, function, capability }
                }
            }));
        }
        wrong.extend(
            manifest
                .asks
                .keys()
                .filter(|capability| !uses.contains(capability))
                .map(|capability| Disagreement::NotUsed { capability: *capability }),
        );
        wrong.extend(metadata(manifest, package));
        if wrong.is_empty() { Ok(Agreement { worlds, uses, notes }) } else { Err(Disagreements(wrong)) }
    }
}

impl Package {
    /// What a component can be called for, and whether this host has every contract that it names. It needs no manifest.
    ///
    /// # Errors
    /// [`Disagreements`]: contracts in other versions, imports that are nobody's here, no world at all.
    pub fn worlds(&self) -> Result<Vec<InterfaceName>, Disagreements> {
        let found = worlds::find(self);
        if found.wrong.is_empty() { Ok(found.worlds) } else { Err(Disagreements(found.wrong)) }
    }
}

/// The standard sections that tools show: where one is there, it says what the manifest says.
fn metadata(manifest: &Manifest, package: &Package) -> Vec<Disagreement> {
    let version = manifest.version.to_string();
    [
        ("version", &package.metadata.version, &version),
        ("licenses", &package.metadata.licenses, &manifest.license),
        ("description", &package.metadata.description, &manifest.description),
    ]
    .into_iter()
    .filter_map(|(section, found, wanted)| {
        let found = found.as_ref().filter(|found| *found != wanted)?;
        Some(Disagreement::Metadata { section, found: found.clone(), wanted: wanted.clone() })
    })
    .collect()
}

#[cfg(test)]
mod tests;
