//! `plugin build`: from a folder to a `.wasm`.

use amatelier_authoring::{Built, Progress, build};
use serde::Serialize;

use crate::{args::PluginBuild, exit::Exit, failure::Failure, output, render::plain};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    id: String,
    version: String,
    path: String,
    bytes: usize,
    sha256: String,
    worlds: Vec<String>,
    capabilities: Vec<Asked>,
    notes: Vec<String>,
    /// Whether this changed the file.
    changed: bool,
}

#[derive(Serialize)]
struct Asked {
    capability: &'static str,
    reason: String,
    labels: Vec<String>,
}

pub(crate) fn run(arguments: &PluginBuild) -> Result<Exit, Failure> {
    let built = build(&arguments.dir, &mut |progress| match progress {
        Progress::Step(line) | Progress::Said(line) => eprintln!("{}", plain(&line)),
    })?;
    for note in &built.notes {
        eprintln!("note: {}", plain(&note.to_string()));
    }
    if arguments.json {
        output::print_json(&report(&built))?;
    } else {
        output::print(&told(&built))?;
    }
    Ok(Exit::Ok)
}

fn told(built: &Built) -> String {
    let (path, sheet) = (built.path.display().to_string(), built.sheet.to_string());
    let kept = if built.same { ", as it was" } else { "" };
    format!("{}{kept}\n\n{}\n", plain(&path), plain(&sheet))
}

fn report(built: &Built) -> Report {
    let asked = |line: &amatelier_plugins::SheetLine| Asked {
        capability: line.capability.name(),
        reason: line.reason.clone(),
        labels: line.labels.clone(),
    };
    Report {
        schema: "amatelier/plugin-build/v1",
        id: built.manifest.id.to_string(),
        version: built.manifest.version.to_string(),
        path: built.path.display().to_string(),
        bytes: built.bytes.len(),
        sha256: built.digest.to_string(),
        worlds: built.worlds.iter().map(ToString::to_string).collect(),
        capabilities: built.sheet.lines.iter().map(asked).collect(),
        notes: built.notes.iter().map(ToString::to_string).collect(),
        changed: !built.same,
    }
}
