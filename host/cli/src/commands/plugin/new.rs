//! `plugin new`: a folder to start from.

use amatelier_authoring::{Created, NewPlugin, create};
use serde::Serialize;

use crate::{args::PluginNew, exit::Exit, failure::Failure, output};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    id: String,
    world: String,
    lang: String,
    path: String,
    files: Vec<String>,
}

pub(crate) fn run(arguments: PluginNew) -> Result<Exit, Failure> {
    let path = arguments.path.unwrap_or_else(|| arguments.name.as_str().into());
    let plugin = NewPlugin { id: arguments.name, world: arguments.world, language: arguments.lang, path };
    let Created { path, files } = create(&plugin)?;
    let path = path.display().to_string();
    if arguments.json {
        return output::print_json(&Report {
            schema: "amatelier/plugin-new/v1",
            id: plugin.id.to_string(),
            world: plugin.world.to_string(),
            lang: plugin.language.to_string(),
            path,
            files,
        })
        .map(|()| Exit::Ok);
    }
    let mut text = format!("made {path}, a {} in {}:\n", plugin.world, plugin.language);
    for file in files.iter().filter(|file| !file.starts_with("wit/deps/")) {
        text.push_str(&format!("  {file}\n"));
    }
    let program = output::program();
    text.push_str(&format!("\nNext: {program} plugin build {path}\n"));
    output::print(&text)?;
    Ok(Exit::Ok)
}
