//! The components that ship with the program, as far as others can take their places.

use std::collections::BTreeSet;

use amatelier_bundle::Bundled;
use amatelier_plugins::{InterfaceName, PluginId};

/// The bundled components that serve one of these worlds.
fn serving(worlds: &[InterfaceName]) -> impl Iterator<Item = &'static Bundled> {
    amatelier_bundle::all()
        .iter()
        .filter(|bundled| worlds.iter().any(|interface| interface.package == bundled.world.name()))
}

/// The ids that a plugin with these worlds would take, if it had them.
pub(super) fn ids(worlds: &[InterfaceName]) -> BTreeSet<PluginId> {
    serving(worlds).filter_map(|bundled| bundled.id.parse().ok()).collect()
}

/// The bundled components in whose place a plugin would be, in words.
pub(super) fn replaced(id: &PluginId, worlds: &[InterfaceName]) -> Vec<String> {
    let of_that_id = serving(worlds).filter(|bundled| bundled.id == id.as_str());
    of_that_id.map(|bundled| format!("{} `{}`", bundled.world, bundled.id)).collect()
}
