//! An installed plugin as a call needs it: what it says about itself, and what it may do at this moment.

use std::{collections::BTreeMap, sync::Arc};

use amatelier_debate::CallRights;
use amatelier_plugins::{LimitRequests, Manifest, Right, Rights};
use amatelier_runtime::Limits;
use amatelier_types::Capabilities;

/// See the module's documentation.
#[derive(Clone, Debug)]
pub(crate) struct Plugin {
    pub(crate) manifest: Arc<Manifest>,
    /// What it asks for, as far as it is granted, as far as the host allows it.
    pub(crate) rights: Rights,
}

impl Plugin {
    /// What it may do on behalf of a member whose line allows this.
    pub(crate) fn for_member(&self, allow: &Capabilities) -> CallRights {
        of_rights(&self.rights.and(&all_of(allow)))
    }
}

/// Rights as an event keeps them.
fn of_rights(rights: &Rights) -> CallRights {
    rights.iter().map(|(capability, right)| (capability, right.labels.clone())).collect()
}

fn to_rights(rights: &CallRights) -> Rights {
    rights.iter().map(|(capability, labels)| (capability, Right { labels: labels.cloned() })).collect()
}

/// Capabilities without any limits.
pub(crate) fn all_of(capabilities: &Capabilities) -> Rights {
    capabilities.iter().map(|capability| (*capability, Right::default())).collect()
}

/// Capabilities without any limits, as an event keeps them.
pub(crate) fn unlimited(capabilities: &Capabilities) -> CallRights {
    of_rights(&all_of(capabilities))
}

/// What both allow.
pub(crate) fn both(some: &CallRights, others: &CallRights) -> CallRights {
    of_rights(&to_rights(some).and(&to_rights(others)))
}

/// What a component is told of its settings: what the member's line says, and the manifest's defaults for the rest.
pub(crate) fn settings(
    manifest: Option<&Manifest>,
    own: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let defaults = manifest.into_iter().flat_map(|manifest| &manifest.settings);
    let mut settings: BTreeMap<String, String> =
        defaults.filter_map(|line| Some((line.key.clone(), line.default.clone()?))).collect();
    settings.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
    settings
}

/// What a call may use: of what the host gives and the manifest asks for, the lower one.
pub(crate) fn limits(manifest: Option<&Manifest>, host: Limits) -> Limits {
    let LimitRequests { memory_mib, calls_per_turn } =
        manifest.map(|manifest| manifest.limits).unwrap_or_default();
    let memory = memory_mib.and_then(|mib| usize::try_from(mib).ok()?.checked_mul(1 << 20));
    Limits {
        memory_bytes: memory.map_or(host.memory_bytes, |own| own.min(host.memory_bytes)),
        model_calls_per_turn: calls_per_turn
            .map_or(host.model_calls_per_turn, |own| own.min(host.model_calls_per_turn)),
        ..host
    }
}
