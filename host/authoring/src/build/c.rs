//! C: zig's compiler makes a core module with bindings that are made here, and wit-component a component of it.
//!
//! The header of the bindings is `amatelier.h`; a copy lies in `target/amatelier/c/` for editors. A component of C imports what its code calls,
//! so it is bound to the author's whole world, and a call that nothing in `plugin.toml` explains is told by name afterwards.

use std::{ffi::OsString, fs, path::Path, process::Command};

use wasi_preview1_component_adapter_provider::{
    WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME, WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER,
};
use wit_bindgen_core::Files;
use wit_component::ComponentEncoder;

use super::{BuildError, Progress, folder::Folder, narrow};
use crate::{
    tool::Tool,
    toolchain::{NEEDS_PYTHON, PYTHON, Toolchain},
};

/// What the bindings are called: `amatelier.h`, `amatelier_string_t`.
const NAME: &str = "amatelier";

pub(super) fn component(folder: &Folder, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, BuildError> {
    let main = folder.main("plugin.c")?;
    let work = folder.work()?;
    let bindings = work.join("c");
    bind(&narrow::contracts(folder)?, &bindings)?;
    let tools = Toolchain::C.ready(progress)?;
    let module = work.join("module.wasm");
    progress(Progress::Step(
        "compiling with zig cc (the first time it makes its C library, too: half a minute)".into(),
    ));
    let mut zig = Command::new(PYTHON);
    // In the compiler's own folder: Python before 3.11 would import what lies where it runs. What the code says of itself (`__FILE__`)
    // stays relative to the plugin's folder.
    zig.current_dir(&tools)
        .args(["-m", "ziglang", "cc", "-target", "wasm32-wasi", "-mexec-model=reactor", "-Os", "-Wall"])
        .arg(mapped(&folder.root))
        .arg("-I")
        .arg(&bindings)
        .arg("-o")
        .arg(&module)
        .arg(folder.root.join(main))
        .arg(bindings.join(NAME).with_extension("c"))
        .arg(bindings.join(format!("{NAME}_component_type.o")));
    Tool::new(zig, NEEDS_PYTHON)
        .with("PYTHONPATH", &tools)
        .with("ZIG_LOCAL_CACHE_DIR", work.join("zig"))
        .run(progress)?;
    progress(Progress::Step("making a component of the module".into()));
    encode(&folder.read(&module)?)
}

/// The option that takes a folder's name out of what is compiled in it.
fn mapped(root: &Path) -> OsString {
    let mut option = OsString::from("-ffile-prefix-map=");
    option.push(root);
    option.push("=.");
    option
}

/// Write the bindings of the world in a WIT folder.
fn bind(wit: &Path, into: &Path) -> Result<(), BuildError> {
    let (mut resolve, world) = narrow::parse(wit)?;
    let options = wit_bindgen_c::Opts { rename_world: Some(NAME.into()), ..Default::default() };
    let mut files = Files::default();
    options
        .build()
        .generate(&mut resolve, world, &mut files)
        .map_err(|error| BuildError::Contracts { path: wit.into(), why: format!("{error:#}") })?;
    let io = |source| BuildError::Io { path: into.into(), source };
    fs::create_dir_all(into).map_err(io)?;
    for (name, bytes) in files.iter() {
        fs::write(into.join(name), bytes).map_err(io)?;
    }
    Ok(())
}

/// A component of a core module: what is left of WASI's first form is translated by the standard adapter.
fn encode(module: &[u8]) -> Result<Vec<u8>, BuildError> {
    let encoded = || {
        ComponentEncoder::default()
            .module(module)?
            .adapter(WASI_SNAPSHOT_PREVIEW1_ADAPTER_NAME, WASI_SNAPSHOT_PREVIEW1_REACTOR_ADAPTER)?
            .validate(true)
            .encode()
    };
    encoded().map_err(|error| BuildError::NotEncoded(format!("{error:#}")))
}
