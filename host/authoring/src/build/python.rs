//! Python: componentize-py puts the code and an interpreter into one component.

use std::process::Command;

use super::{BuildError, Progress, folder::Folder, narrow};
use crate::{
    tool::Tool,
    toolchain::{NEEDS_PYTHON, PYTHON, Toolchain},
};

/// Its command, without the script that a package installer would make for it.
const COMPONENTIZE: &str = "import sys; from componentize_py import script; sys.exit(script())";

pub(super) fn component(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, BuildError> {
    let main = folder.main("plugin.py")?;
    let module = main.trim_end_matches(".py").replace('/', ".");
    let wit = narrow::narrow(folder)?;
    let tools = Toolchain::PYTHON.ready(progress)?;
    let component = folder.work()?.join("component.wasm");
    progress(Progress::Step("making a component of the Python code (some seconds)".into()));
    let mut python = Command::new(PYTHON);
    python.current_dir(&folder.root).args(["-c", COMPONENTIZE, "-d"]).arg(&wit).args(["-w", narrow::WORLD]);
    // The interpreter's own imports of WASI are for a host that has files; ours gives none.
    python.args(["componentize", "--stub-wasi", "-p", ".", "-o"]).arg(&component).arg(module);
    Tool::new(python, NEEDS_PYTHON).with("PYTHONPATH", &tools).run(progress)?;
    folder.read(&component)
}
