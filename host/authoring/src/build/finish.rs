//! From a component to a plugin.

use std::{fs, io::Write as _, path::Path};

use amatelier_plugins::{
    Agreement, InterfaceName, Package, PackageLimits, PermissionSheet, Recipe, Rights, embed,
};

use super::{BuildError, Built, Progress, folder::Folder};

/// Embed the manifest, hold it against the component, and put the plugin in its place.
pub(super) fn finish(
    folder: &Folder,
    component: &[u8],
    progress: &mut dyn FnMut(Progress),
) -> Result<Built, BuildError> {
    progress(Progress::Step("embedding the manifest and checking that it agrees with the component".into()));
    let limits = PackageLimits::default();
    let bytes = embed(component, &folder.manifest, &limits)?;
    let package = Package::read(&bytes, &limits)?;
    let agreement = Agreement::of(&folder.manifest, &package)?;
    exports_its_worlds(&folder.recipe, &agreement.worlds)?;
    let sheet = PermissionSheet::of(&folder.manifest, &package, &agreement, &Rights::none());
    let path = folder.dist().join(format!("{}.wasm", folder.manifest.id.as_str()));
    let same = fs::read(&path).is_ok_and(|there| there == bytes);
    if !same {
        place(&path, &bytes)?;
    }
    Ok(Built {
        manifest: folder.manifest.clone(),
        path,
        digest: package.digest,
        bytes,
        worlds: agreement.worlds,
        sheet,
        notes: agreement.notes,
        same,
    })
}

fn exports_its_worlds(recipe: &Recipe, worlds: &[InterfaceName]) -> Result<(), BuildError> {
    let missing =
        recipe.worlds.iter().find(|world| !worlds.iter().any(|found| found.package == world.name()));
    match missing {
        None => Ok(()),
        Some(world) => {
            let exports = worlds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Err(BuildError::NotThatWorld { world: *world, exports })
        }
    }
}

/// Replace a file as a whole: a host that looks at it meanwhile sees the old or the new one.
fn place(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let io = |source| BuildError::Io { path: path.into(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(io)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    readable(file.as_file()).map_err(io)?;
    file.persist(path).map_err(|error| io(error.error))?;
    Ok(())
}

/// Temporary files are their owner's alone; what was built is an ordinary file.
#[cfg(unix)]
fn readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
