//! Python: componentize-py puts the code and an interpreter into one component.

use std::{fs, process::Command};

use super::{BuildError, Progress, folder::Folder, narrow};
use crate::{
    tool::Tool,
    toolchain::{NEEDS_PYTHON, PYTHON, Toolchain},
};

/// Its command, without the script that a package installer would make for it.
const COMPONENTIZE: &str = "import sys; from componentize_py import script; sys.exit(script())";

/// The module that the host calls, and what stands in it for the name of the author's.
const ENTRY: &str = include_str!("python_entry.py");
const ENTRY_NAME: &str = "amatelier_entry";
const MODULE: &str = "MODULE";

pub(super) fn component(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, BuildError> {
    let main = folder.main("plugin.py")?;
    let module = main.strip_suffix(".py").unwrap_or(main).replace('/', ".");
    let wit = narrow::narrow(folder)?;
    let tools = Toolchain::PYTHON.ready(progress)?;
    let work = folder.work()?;
    let entry = work.join("python");
    let file = entry.join(ENTRY_NAME).with_extension("py");
    let io = |source| BuildError::Io { path: file.clone(), source };
    fs::create_dir_all(&entry).map_err(io)?;
    fs::write(&file, ENTRY.replace(MODULE, &module)).map_err(io)?;
    let component = work.join("component.wasm");
    progress(Progress::Step("making a component of the Python code (some seconds)".into()));
    let mut python = Command::new(PYTHON);
    // In the compiler's own folder: Python before 3.11 would import what lies where it runs, and the author's code is for the sandbox only.
    python.current_dir(&tools).args(["-c", COMPONENTIZE, "-d"]).arg(&wit).args(["-w", narrow::WORLD]);
    // The interpreter would import WASI's sockets, which the host does not have; so it imports nothing of WASI.
    python
        .args(["componentize", "--stub-wasi", "-p"])
        .arg(&folder.root)
        .arg("-p")
        .arg(&entry)
        .arg("-o")
        .arg(&component);
    python.arg(ENTRY_NAME);
    Tool::new(python, NEEDS_PYTHON).with("PYTHONPATH", &tools).run(progress)?;
    folder.read(&component)
}
