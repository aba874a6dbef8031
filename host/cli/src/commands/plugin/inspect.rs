//! `plugin inspect`: everything that is known of a file without running it.

use amatelier_plugins::{
    ExternName, Import, Inspection, Installed, InterfaceName, Manifest, Package, PackageLimits,
    PermissionSheet, Shelf, UpdateDiff, read_plugin,
};
use amatelier_types::Sha256;
use serde::Serialize;

use super::{bundled, describe::Described};
use crate::{args::PluginInspect, context::Context, exit::Exit, failure::Failure, output, render};

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
    /// The version that is installed under its id, if one is.
    pub installed: Option<Compared>,
    /// What people are shown of it.
    #[serde(skip)]
    pub sheet: Option<PermissionSheet>,
}

/// The installed plugin of the same id, beside which it would be put.
#[derive(Serialize)]
pub(crate) struct Compared {
    pub version: String,
    pub sha256: Sha256,
    /// Whether it is these bytes.
    pub same: bool,
    /// Whether this file, installed, would be held, because it asks for more.
    pub held: bool,
    /// What is different in what is asked for, a line each.
    pub changes: Vec<String>,
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

pub(super) fn run(context: &Context, arguments: &PluginInspect) -> Result<Exit, Failure> {
    let bytes = read_plugin(&arguments.file)?;
    let shelf = Shelf::of(context.workspace.root());
    let inspected = inspect(&shelf, arguments.file.display().to_string(), &bytes)?;
    if arguments.json {
        output::print_json(&inspected)?;
    } else {
        output::print(&render::inspected(&inspected))?;
    }
    Ok(Exit::Ok)
}

fn inspect(shelf: &Shelf, file: String, bytes: &[u8]) -> Result<Inspected, Failure> {
    let package = Package::read(bytes, &PackageLimits::default())?;
    if !package.has_manifest() {
        let worlds = package.worlds()?;
        return Ok(Inspected::of(file, &package, &worlds));
    }
    let Inspection { manifest, agreement, sheet, .. } = shelf.inspect(bytes)?;
    // What is installed may be damaged; that is no reason to keep quiet about the file.
    let installed = shelf.get(&manifest.id).ok().flatten();
    Ok(Inspected {
        plugin: Some(Described::from(&manifest)),
        notes: agreement.notes.iter().map(ToString::to_string).collect(),
        replaces: bundled::replaced(&manifest.id, &agreement.worlds),
        installed: installed.map(|installed| Compared::of(&installed, &manifest, &package)),
        sheet: Some(sheet),
        ..Inspected::of(file, &package, &agreement.worlds)
    })
}

impl Inspected {
    /// What is known of any component.
    fn of(file: String, package: &Package, worlds: &[InterfaceName]) -> Self {
        Inspected {
            schema: "amatelier/plugin-inspect/v1",
            file,
            bytes: package.bytes,
            sha256: package.digest,
            plugin: None,
            worlds: worlds.iter().map(ToString::to_string).collect(),
            imports: package.imports.iter().map(Imported::from).collect(),
            exports: package.exports.iter().map(ExternName::to_string).collect(),
            producers: package.metadata.producers.iter().map(ToString::to_string).collect(),
            notes: Vec::new(),
            replaces: Vec::new(),
            installed: None,
            sheet: None,
        }
    }
}

impl Compared {
    fn of(installed: &Installed, manifest: &Manifest, package: &Package) -> Self {
        let granted = installed.granted.clone().unwrap_or_default();
        let diff = UpdateDiff::of(&installed.manifest, &granted, manifest);
        let is_same = installed.entry.sha256 == package.digest;
        // One that waits for a grant has nothing to lose: its successor waits as it did.
        let runs = installed.granted.is_some() || installed.manifest.asks.is_empty();
        Compared {
            version: installed.entry.version.to_string(),
            sha256: installed.entry.sha256,
            same: is_same,
            held: !is_same && runs && diff.asks_for_more(),
            changes: diff.changes.iter().map(ToString::to_string).collect(),
        }
    }
}
