//! `plugin inspect`: everything that is known of a file without running it.

use amatelier_bundle::World;
use amatelier_plugins::{
    Agreement, ExternName, Import, Manifest, Package, PackageLimits, PermissionSheet, Rights, host_version,
};
use amatelier_types::Sha256;
use serde::Serialize;

use super::file;
use crate::{args::PluginInspect, exit::Exit, failure::Failure, output, render};

/// A file that is a component.
#[derive(Serialize)]
pub(crate) struct Inspected {
    pub schema: &'static str,
    pub file: String,
    pub bytes: usize,
    pub sha256: Sha256,
    /// What it says of itself; nothing where it says nothing, so that it can be named by its path and not be installed.
    pub plugin: Option<Described>,
    /// What it can be called for.
    pub worlds: Vec<String>,
    pub imports: Vec<Imported>,
    pub exports: Vec<String>,
    /// What tools wrote into it.
    pub producers: Vec<String>,
    /// What is odd, and no harm.
    pub notes: Vec<String>,
    /// The bundled components in whose place it would be.
    pub replaces: Vec<String>,
    /// What people are shown of it.
    #[serde(skip)]
    pub sheet: Option<PermissionSheet>,
}

/// What stands in a manifest.
#[derive(Serialize)]
pub(crate) struct Described {
    pub id: String,
    pub version: String,
    pub description: String,
    pub license: String,
    pub min_host: String,
    pub authors: Vec<String>,
    pub source: Option<String>,
    pub capabilities: Vec<Asked>,
    pub limits: Limits,
    pub settings: Vec<Settable>,
}

/// A capability that is asked for.
#[derive(Serialize)]
pub(crate) struct Asked {
    pub capability: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Why, as the author says.
    pub reason: String,
    /// The labels of the models; null means any.
    pub labels: Option<Vec<String>>,
}

/// What it would like to have of what is limited.
#[derive(Serialize)]
pub(crate) struct Limits {
    pub memory_mib: Option<u32>,
    pub calls_per_turn: Option<u32>,
}

/// What an operator may set.
#[derive(Serialize)]
pub(crate) struct Settable {
    pub key: String,
    pub default: Option<String>,
    pub description: Option<String>,
}

/// An import and the functions of it.
#[derive(Serialize)]
pub(crate) struct Imported {
    pub name: String,
    pub functions: Vec<String>,
}

impl From<&Import> for Imported {
    fn from(import: &Import) -> Self {
        Imported { name: import.name.to_string(), functions: import.functions.clone() }
    }
}

impl From<&Manifest> for Described {
    fn from(manifest: &Manifest) -> Self {
        let asked = |(capability, ask): (&amatelier_types::Capability, &amatelier_plugins::Ask)| Asked {
            capability: capability.name(),
            means: amatelier_plugins::in_words(*capability),
            reason: ask.reason.clone(),
            labels: ask.labels.as_ref().map(|labels| labels.iter().cloned().collect()),
        };
        let settable = |line: &amatelier_plugins::SettingLine| Settable {
            key: line.key.clone(),
            default: line.default.clone(),
            description: line.description.clone(),
        };
        Described {
            id: manifest.id.to_string(),
            version: manifest.version.to_string(),
            description: manifest.description.clone(),
            license: manifest.license.clone(),
            min_host: manifest.min_host.to_string(),
            authors: manifest.authors.clone(),
            source: manifest.source.clone(),
            capabilities: manifest.asks.iter().map(asked).collect(),
            limits: Limits {
                memory_mib: manifest.limits.memory_mib,
                calls_per_turn: manifest.limits.calls_per_turn,
            },
            settings: manifest.settings.iter().map(settable).collect(),
        }
    }
}

pub(crate) fn run(arguments: &PluginInspect) -> Result<Exit, Failure> {
    let bytes = file::read(&arguments.file)?;
    let inspected = inspect(arguments.file.display().to_string(), &bytes)?;
    if arguments.json {
        output::print_json(&inspected)?;
    } else {
        output::print(&render::inspected(&inspected))?;
    }
    Ok(Exit::Ok)
}

fn inspect(file: String, bytes: &[u8]) -> Result<Inspected, Failure> {
    let package = Package::read(bytes, &PackageLimits::default())?;
    let manifest = package.has_manifest().then(|| package.manifest(&host_version())).transpose()?;
    let (worlds, notes, sheet) = match &manifest {
        Some(manifest) => {
            let agreement = Agreement::of(manifest, &package)?;
            let sheet = PermissionSheet::of(manifest, &package, &agreement, &Rights::none());
            (agreement.worlds, agreement.notes, Some(sheet))
        }
        None => (package.worlds()?, Vec::new(), None),
    };
    let replaced = |world: &World| {
        let id = manifest.as_ref()?.id.as_str();
        let exports = worlds.iter().any(|interface| interface.package == world.name());
        let bundled = amatelier_bundle::component(*world, id).filter(|_| exports)?;
        Some(format!("{world} `{}`", bundled.id))
    };
    Ok(Inspected {
        schema: "amatelier/plugin-inspect/v1",
        file,
        bytes: package.bytes,
        sha256: package.digest,
        worlds: worlds.iter().map(ToString::to_string).collect(),
        imports: package.imports.iter().map(Imported::from).collect(),
        exports: package.exports.iter().map(ExternName::to_string).collect(),
        producers: package.metadata.producers.iter().map(ToString::to_string).collect(),
        notes: notes.iter().map(ToString::to_string).collect(),
        replaces: WORLDS.iter().filter_map(replaced).collect(),
        plugin: manifest.as_ref().map(Described::from),
        sheet,
    })
}

/// Where a bundled component can be replaced.
const WORLDS: [World; 5] = [World::Persona, World::Judge, World::Rubric, World::Store, World::Skill];
