//! JavaScript: componentize-qjs puts the code and a small engine (QuickJS) into one component.

use std::process::Command;

use super::{BuildError, Progress, folder::Folder, narrow};
use crate::{
    tool::Tool,
    toolchain::{NEEDS_NODE, Toolchain},
};

pub(super) fn component(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, BuildError> {
    let main = folder.main("plugin.js")?;
    let wit = narrow::narrow(folder)?;
    let tools = Toolchain::JS.ready(progress)?;
    let component = folder.work()?.join("component.wasm");
    progress(Progress::Step("making a component of the JavaScript code".into()));
    let mut node = Command::new("node");
    node.current_dir(&folder.root)
        .arg(tools.join("node_modules/componentize-qjs/bin/componentize-qjs"))
        .arg("--wit")
        .arg(&wit)
        .args(["--world", narrow::WORLD, "--js", main, "--module-root", ".", "--sync", "--output"])
        .arg(&component);
    Tool::new(node, NEEDS_NODE).run(progress)?;
    folder.read(&component)
}
