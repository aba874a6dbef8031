//! A plugin that is tested.

use std::collections::BTreeMap;

use amatelier_plugins::{
    Agreement, Disagreements, Manifest, Package, PackageError, PackageLimits, host_version,
};
use amatelier_runtime::{Component, Limits, LoadError, Runtime};
use amatelier_types::World;
use amatelier_types::{Capabilities, Capability};

/// A component, and what its manifest says of it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The component.
    pub component: Component,
    /// Its id, or what it is called where it has none.
    pub id: String,
    /// What it asks for: all that it may use in a test.
    pub asks: Capabilities,
    /// The values of its settings where nobody sets them.
    pub settings: BTreeMap<String, String>,
    /// What its calls may use: the host's limits, or less where it wants less.
    pub limits: Limits,
}

/// Why there is nothing to be tested.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// Its bytes are no plugin.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// Its manifest says something else than it is.
    #[error("the manifest and the component do not fit: {0}")]
    Disagrees(#[from] Disagreements),
    /// This host cannot load it.
    #[error("the component does not load: {0}")]
    Unloadable(#[from] LoadError),
}

impl Subject {
    /// A component that asks for these, with the host's limits and without settings.
    pub fn of(component: Component, id: impl Into<String>, asks: Capabilities) -> Self {
        Subject { component, id: id.into(), asks, settings: BTreeMap::new(), limits: Limits::default() }
    }

    /// A plugin as it would be installed. A component without a manifest may use everything: it can be seated by its path only, and there
    /// its operator decides.
    ///
    /// # Errors
    /// [`SubjectError`].
    pub fn load(runtime: &Runtime, bytes: &[u8]) -> Result<Self, SubjectError> {
        let package = Package::read(bytes, &PackageLimits::default())?;
        if !package.has_manifest() {
            let id = package.digest.short();
            return Ok(Subject::of(runtime.compile(bytes)?, id, Capability::ALL.into()));
        }
        let manifest = package.manifest(&host_version())?;
        Agreement::of(&manifest, &package)?;
        let subject = Subject::of(
            runtime.compile(bytes)?,
            manifest.id.as_str(),
            manifest.asks.keys().copied().collect(),
        );
        Ok(Subject { settings: defaults(&manifest), limits: limits(&manifest), ..subject })
    }

    /// What it can be called for, in a fixed order.
    pub fn worlds(&self) -> Vec<World> {
        let exports = self.component.exports();
        let all = [
            (World::Persona, exports.persona),
            (World::Judge, exports.judge),
            (World::Rubric, exports.rubric),
            (World::Store, exports.store),
            (World::Skill, exports.skill),
        ];
        all.into_iter().filter(|(_, exported)| *exported).map(|(world, _)| world).collect()
    }
}

fn defaults(manifest: &Manifest) -> BTreeMap<String, String> {
    let settings = manifest.settings.iter();
    settings.filter_map(|setting| Some((setting.key.clone(), setting.default.clone()?))).collect()
}

fn limits(manifest: &Manifest) -> Limits {
    let mut limits = Limits::default();
    if let Some(mib) = manifest.limits.memory_mib {
        limits.memory_bytes = limits.memory_bytes.min((mib as usize) << 20);
    }
    if let Some(calls) = manifest.limits.calls_per_turn {
        limits.model_calls_per_turn = limits.model_calls_per_turn.min(calls);
    }
    limits
}
