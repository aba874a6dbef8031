//! A compiled component and what it offers.
//!
//! Everything that can be wrong with one before it runs is found here, so that a component that loads fails later only by what it
//! does: its size, its kind, its imports (names, versions, types), its exports (names, versions, types).

use std::{fmt, sync::Arc};

use amatelier_plugins::InterfaceName;
use amatelier_types::Sha256;
use semver::Version;
use wasmtime::component::{
    Component as Compiled, ComponentNamedList, InstancePre, Lift, Linker, Lower, types::ComponentItem,
};

use crate::{
    Limits, LoadError,
    bindings::exports::amatelier::{
        judge::judge::GuestIndices as JudgeIndices, persona::persona::GuestIndices as PersonaIndices,
        skill::skills::GuestIndices as SkillIndices, store::items::GuestIndices as StoreIndices,
    },
    exports::{
        judge, persona,
        rubric::{self, RubricIndices},
        skill, store,
    },
    failure,
    state::State,
};

/// A compiled component. Cheap to clone; old clones go on working when a newer build replaces it.
#[derive(Clone)]
pub struct Component(pub(crate) Arc<Loaded>);

pub(crate) struct Loaded {
    hash: Sha256,
    pub(crate) pre: InstancePre<State>,
    pub(crate) persona: Option<PersonaIndices>,
    pub(crate) judge: Option<JudgeIndices>,
    pub(crate) rubric: Option<RubricIndices>,
    pub(crate) store: Option<StoreIndices>,
    pub(crate) skill: Option<SkillIndices>,
}

/// Which extension points a component exports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exports {
    /// It debates.
    pub persona: bool,
    /// It moderates.
    pub judge: bool,
    /// It scores.
    pub rubric: bool,
    /// It has things to sell.
    pub store: bool,
    /// It teaches.
    pub skill: bool,
}

impl Component {
    /// The hash of the bytes it was compiled from.
    pub fn hash(&self) -> Sha256 {
        self.0.hash
    }

    /// What it can be called for.
    pub fn exports(&self) -> Exports {
        Exports {
            persona: self.0.persona.is_some(),
            judge: self.0.judge.is_some(),
            rubric: self.0.rubric.is_some(),
            store: self.0.store.is_some(),
            skill: self.0.skill.is_some(),
        }
    }

    pub(crate) fn link(
        linker: &Linker<State>,
        hash: Sha256,
        compiled: &Compiled,
        worlds: &[InterfaceName],
    ) -> Result<Self, LoadError> {
        let pre = linker.instantiate_pre(compiled).map_err(|error| import_error(&error))?;
        let shape = Shape { compiled, pre: &pre, worlds };
        let loaded = Loaded {
            hash,
            persona: persona::find(&shape)?,
            judge: judge::find(&shape)?,
            rubric: rubric::find(&shape)?,
            store: store::find(&shape)?,
            skill: skill::find(&shape)?,
            pre: pre.clone(),
        };
        Ok(Component(Arc::new(loaded)))
    }
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Component").field("hash", &self.hash()).field("exports", &self.exports()).finish()
    }
}

/// What a compiled component exports, with its types.
pub(crate) struct Shape<'a> {
    compiled: &'a Compiled,
    pre: &'a InstancePre<State>,
    /// What it exports that this host calls, in versions of this host.
    worlds: &'a [InterfaceName],
}

/// One of them, under the name and the version that the component has for it.
pub(crate) struct Exported {
    name: String,
    /// The version that it was built against.
    pub(crate) version: Version,
}

impl Shape<'_> {
    /// The newest version of an interface, such as `amatelier:persona/persona`, that the component exports and this host calls.
    pub(crate) fn exported(&self, interface: &str) -> Option<Exported> {
        let versions =
            self.worlds.iter().filter_map(|world| Some((world.version.clone()?, world.to_string())));
        let own = versions.filter(|(version, name)| *name == format!("{interface}@{version}"));
        own.max().map(|(version, name)| Exported { name, version })
    }

    /// Check one function of an exported interface.
    pub(crate) fn check<P, R>(&self, exported: &Exported, function: &str) -> Result<(), LoadError>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        let wrong = |reason| LoadError::Shape { interface: exported.name.clone(), reason };
        let instance = self.compiled.get_export_index(None, &*exported.name);
        match instance.and_then(|instance| self.compiled.get_export(Some(&instance), function)) {
            Some((ComponentItem::ComponentFunc(found), _)) => found
                .typecheck::<P, R>(&self.pre.instance_type())
                .map_err(|error| wrong(failure::one_line(&format!("`{function}`: {error:#}")))),
            _ => Err(wrong(format!("it has no function `{function}`"))),
        }
    }

    /// Where the functions of a checked interface are.
    pub(crate) fn indices<I>(
        &self,
        exported: &Exported,
        find: impl FnOnce(&InstancePre<State>) -> wasmtime::Result<I>,
    ) -> Result<I, LoadError> {
        find(self.pre).map_err(|error| LoadError::Shape {
            interface: exported.name.clone(),
            reason: failure::one_line(&error.to_string()),
        })
    }
}

/// What can be told before anything is compiled.
pub(crate) fn check_bytes(bytes: &[u8]) -> Result<(), LoadError> {
    if bytes.len() > Limits::COMPONENT_BYTES {
        return Err(LoadError::TooLarge { bytes: bytes.len(), limit: Limits::COMPONENT_BYTES });
    }
    // The magic number, then version and layer: 1 and 0 for a module, any version and 1 for a component.
    match bytes {
        [0, b'a', b's', b'm', _, _, 1, 0, ..] => Ok(()),
        [0, b'a', b's', b'm', 1, 0, 0, 0, ..] => Err(LoadError::CoreModule),
        _ => Err(LoadError::NotWasm),
    }
}

/// The linker tells what it stumbled on in words only: "component imports instance `a:b/c@1.0.0`, but …", then "instance export `f` …",
/// then what is wrong with it. Tests guard those words. Versions are not among it: they were looked at before.
fn import_error(error: &wasmtime::Error) -> LoadError {
    let mut causes = error.chain().map(ToString::to_string);
    let mut quoted = || causes.next()?.split('`').nth(1).map(failure::one_line);
    let (Some(name), item) = (quoted(), quoted().unwrap_or_default()) else {
        return LoadError::Invalid(failure::one_line(&format!("{error:#}")));
    };
    let reason = failure::one_line(&error.root_cause().to_string());
    if reason.ends_with("implementation is missing") {
        return LoadError::Import { interface: name, item };
    }
    LoadError::Shape { interface: name, reason: format!("`{item}`: {reason}") }
}
