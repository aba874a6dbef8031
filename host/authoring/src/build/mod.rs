//! From a plugin's folder to its `.wasm`.
//!
//! In this order: `plugin.toml` is read, the code is compiled to a component, the component is held against the manifest, the manifest is
//! embedded, and only then `dist/<id>.wasm` is replaced, by renaming. So a build that fails leaves the last good one where it was.

mod built;
mod c;
mod error;
mod finish;
mod folder;
mod js;
mod links;
mod narrow;
mod progress;
mod python;
mod rust;

use std::path::Path;

use amatelier_plugins::Language;

use self::folder::Folder;
pub use self::{built::Built, error::BuildError, progress::Progress};

/// Build the plugin in a folder.
///
/// Blocks until it is done, which may take minutes where a toolchain has to be fetched; `progress` hears of every step.
///
/// # Errors
/// [`BuildError`]: what is wrong, where, and what to do.
pub fn build(folder: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Built, BuildError> {
    let folder = Folder::open(folder)?;
    folder.has_no_links()?;
    let component = match folder.recipe.language {
        Language::Rust => rust::component(&folder, progress)?,
        Language::Python => python::component(&folder, progress)?,
        Language::Js => js::component(&folder, progress)?,
        Language::C => c::component(&folder, progress)?,
    };
    finish::finish(&folder, &component, progress)
}
