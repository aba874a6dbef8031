//! What a line of the team gives to the component that it names: what it may do, and what is odd about it.

use std::collections::BTreeMap;

use amatelier_bundle::World;
use amatelier_types::{Capabilities, Capability, ComponentName, nearest};

use crate::{
    ComponentError,
    components::{Components, Plugin},
};

/// What a component that is seated has when the debate opens.
pub(crate) struct Given {
    /// What it may do.
    pub granted: Capabilities,
    /// The most that the line allows it, where it is an installed plugin: its rights are looked up at every call.
    pub allow: Option<Capabilities>,
    /// The plugin, where it is one.
    pub plugin: Option<Plugin>,
}

impl Given {
    /// What a line gives.
    ///
    /// # Errors
    /// It names an installed plugin that may not be called.
    pub(crate) fn of(
        components: &Components,
        world: World,
        component: &ComponentName,
        allow: Option<&Capabilities>,
    ) -> Result<Self, ComponentError> {
        let Some(plugin) = components.plugin(world, component)? else {
            return Ok(Given { granted: granted(world, component, allow), allow: None, plugin: None });
        };
        let allow = allow.cloned().unwrap_or_else(|| Capability::ALL.into());
        let granted = plugin.for_member(&allow).capabilities();
        Ok(Given { granted, allow: Some(allow), plugin: Some(plugin) })
    }

    /// What the operator should know: settings that the plugin does not have, and a model that it may not ask.
    pub(crate) fn notices(
        &self,
        who: &str,
        component: &ComponentName,
        settings: &BTreeMap<String, String>,
        label: &str,
    ) -> Vec<String> {
        let Some(Plugin { manifest, rights }) = &self.plugin else { return Vec::new() };
        let known: Vec<&str> = manifest.settings.iter().map(|line| line.key.as_str()).collect();
        let strange = settings.keys().filter(|key| !known.is_empty() && !known.contains(&key.as_str()));
        let strange = strange.map(|key| {
            let meant = match nearest(key, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it has {}", known.join(", ")),
            };
            format!("{who}: the plugin {component} has no setting `{key}`; {meant}")
        });
        let limited = rights.get(Capability::LlmComplete).and_then(|right| right.labels.as_ref());
        let limited = limited.filter(|labels| !labels.contains(label)).map(|labels| {
            let labels = labels.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            format!("{who} runs as {label}, and the plugin {component} may ask {labels} alone: it is denied where it names no model")
        });
        strange.chain(limited).collect()
    }
}

/// What a component that is not installed may do: what it comes with and what its line allows.
pub(crate) fn granted(world: World, component: &ComponentName, allow: Option<&Capabilities>) -> Capabilities {
    let built_in = match component {
        ComponentName::Id(id) => amatelier_bundle::component(world, id)
            .map(|bundled| bundled.grants.iter().copied().collect::<Capabilities>()),
        ComponentName::Path(_) => None,
    };
    amatelier_plugins::effective(built_in.as_ref(), allow)
}
