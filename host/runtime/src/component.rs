//! A compiled component and what it offers.
//!
//! Everything that can be wrong with one before it runs is found here, so that a component that loads fails later only by what it
//! does: its size, its kind, its imports (names, versions, types), its exports (names, versions, types).

use std::{fmt, sync::Arc};

use amatelier_types::Sha256;
use wasmtime::{
    Engine,
    component::{
        Component as Compiled, ComponentNamedList, InstancePre, Lift, Linker, Lower, types::ComponentItem,
    },
};

use crate::{
    Limits, LoadError,
    bindings::exports::amatelier::{
        judge::judge::GuestIndices as JudgeIndices, persona::persona::GuestIndices as PersonaIndices,
        rubric::rubric::GuestIndices as RubricIndices, skill::skills::GuestIndices as SkillIndices,
        store::items::GuestIndices as StoreIndices,
    },
    exports::{judge, persona, rubric, skill, store},
    failure,
    state::State,
};

/// The version of every contract in `wit/`, and the prefix of those that are compatible with it.
const VERSION: &str = "0.1.0";
const TRACK: &str = "0.1.";

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
        engine: &Engine,
        linker: &Linker<State>,
        hash: Sha256,
        compiled: &Compiled,
    ) -> Result<Self, LoadError> {
        let pre = linker.instantiate_pre(compiled).map_err(|error| import_error(&error))?;
        let shape = Shape { engine, compiled, pre: &pre };
        let loaded = Loaded {
            hash,
            persona: persona::find(&shape)?,
            judge: judge::find(&shape)?,
            rubric: rubric::find(&shape)?,
            store: store::find(&shape)?,
            skill: skill::find(&shape)?,
            pre: pre.clone(),
        };
        let component = Component(Arc::new(loaded));
        if component.exports() == Exports::default() {
            return Err(shape.nothing_to_call());
        }
        Ok(component)
    }
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Component").field("hash", &self.hash()).field("exports", &self.exports()).finish()
    }
}

/// What a compiled component exports, with its types.
pub(crate) struct Shape<'a> {
    engine: &'a Engine,
    compiled: &'a Compiled,
    pre: &'a InstancePre<State>,
}

impl Shape<'_> {
    /// Whether an interface is exported; an error when only another version of it is.
    pub(crate) fn has(&self, interface: &str) -> Result<bool, LoadError> {
        let exported = self.compiled.get_export_index(None, &*format!("{interface}@{VERSION}")).is_some();
        match self
            .exported_names()
            .find(|name| name.strip_prefix(interface).is_some_and(|rest| rest.starts_with('@')))
        {
            Some(found) if !exported => Err(LoadError::Version { found, offered: VERSION }),
            _ => Ok(exported),
        }
    }

    /// Check one function of an exported interface.
    pub(crate) fn check<P, R>(&self, interface: &str, function: &str) -> Result<(), LoadError>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        let wrong = |reason| LoadError::Shape { interface: interface.to_owned(), reason };
        let instance = self.compiled.get_export_index(None, &*format!("{interface}@{VERSION}"));
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
        interface: &str,
        find: impl FnOnce(&InstancePre<State>) -> wasmtime::Result<I>,
    ) -> Result<I, LoadError> {
        find(self.pre).map_err(|error| LoadError::Shape {
            interface: interface.to_owned(),
            reason: failure::one_line(&error.to_string()),
        })
    }

    fn exported_names(&self) -> impl Iterator<Item = String> {
        let component = self.compiled.component_type();
        component.exports(self.engine).map(|(name, _)| name.to_owned()).collect::<Vec<_>>().into_iter()
    }

    fn nothing_to_call(&self) -> LoadError {
        LoadError::NoInterface(failure::one_line(&self.exported_names().collect::<Vec<_>>().join(", ")))
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
/// then what is wrong with it. Tests guard those words.
fn import_error(error: &wasmtime::Error) -> LoadError {
    let mut causes = error.chain().map(ToString::to_string);
    let mut quoted = || causes.next()?.split('`').nth(1).map(failure::one_line);
    let (Some(name), item) = (quoted(), quoted().unwrap_or_default()) else {
        return LoadError::Invalid(failure::one_line(&format!("{error:#}")));
    };
    let reason = failure::one_line(&error.root_cause().to_string());
    let (interface, version) = name.split_once('@').unwrap_or((&name, ""));
    if interface.starts_with("amatelier:") && !version.starts_with(TRACK) {
        return LoadError::Version { found: name, offered: VERSION };
    }
    if reason.ends_with("implementation is missing") {
        return LoadError::Import { interface: name, item };
    }
    LoadError::Shape { interface: interface.to_owned(), reason: format!("`{item}`: {reason}") }
}
