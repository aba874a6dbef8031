//! A world of its own for tools that import whole worlds.
//!
//! A component of Rust or C imports the functions that its code calls. What makes one of Python or JavaScript imports every interface of
//! its world, used or not, and so would need every capability. So it is given the author's world (`wit/`) less the interfaces that
//! nothing in `plugin.toml` explains. Code that uses one of those fails to build or to start, which is where its author learns of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use amatelier_plugins::{InterfaceName, Manifest, explained_by};
use wit_parser::{Resolve, WorldId, WorldKey};

use super::{BuildError, folder::Folder};
use crate::Contracts;

/// The name of the narrowed world.
pub(super) const WORLD: &str = "plugin";

/// Write the narrowed world and everything that it names into the folder for intermediate files; the path of that WIT folder.
pub(super) fn narrow(folder: &Folder) -> Result<PathBuf, BuildError> {
    let own = contracts(folder)?;
    let (resolve, world) = parse(&own)?;
    let text = narrowed(&resolve, world, &folder.manifest);
    let narrow = folder.work()?.join("wit");
    let io = |source| BuildError::Io { path: narrow.clone(), source };
    match fs::remove_dir_all(&narrow) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(io(source)),
        _ => {}
    }
    copy(&own.join("deps"), &narrow.join("deps")).map_err(io)?;
    fs::write(narrow.join("world.wit"), text).map_err(io)?;
    Ok(narrow)
}

/// The plugin's contracts: its own `wit/`, or, where it has none, what this host has of its worlds.
pub(super) fn contracts(folder: &Folder) -> Result<PathBuf, BuildError> {
    let own = folder.root.join("wit");
    if own.is_dir() {
        return Ok(own);
    }
    let path = folder.work()?.join("contracts");
    // Every world has its contracts in this binary; were one missing, the folder would be empty and the parser would say so.
    let written = Contracts::of(&folder.recipe.worlds).map_or(Ok(()), |contracts| contracts.write(&path));
    written.map_err(|source| BuildError::Io { path: path.clone(), source })?;
    Ok(path)
}

/// The world in a WIT folder.
pub(super) fn parse(wit: &Path) -> Result<(Resolve, WorldId), BuildError> {
    let mut resolve = Resolve::default();
    let pushed = resolve.push_dir(wit).and_then(|(package, _)| resolve.select_world(&[package], None));
    // It is the resolver that knows the lines.
    let world = pushed
        .map_err(|error| BuildError::Contracts { path: wit.into(), why: resolve.render_error(&error) })?;
    Ok((resolve, world))
}

fn narrowed(resolve: &Resolve, world: WorldId, manifest: &Manifest) -> String {
    let mut text = format!("package local:narrowed;\n\nworld {WORLD} {{\n");
    let Some(world) = resolve.worlds.get(world) else { return text };
    let name = |key: &WorldKey| match key {
        WorldKey::Interface(interface) => resolve.id_of(*interface),
        // What has no interface has no place among our contracts; the check of the component says so.
        WorldKey::Name(_) => None,
    };
    for import in world.imports.keys().filter_map(name).filter(|import| is_explained(import, manifest)) {
        text.push_str(&format!("    import {import};\n"));
    }
    for export in world.exports.keys().filter_map(name) {
        text.push_str(&format!("    export {export};\n"));
    }
    text.push_str("}\n");
    text
}

fn is_explained(import: &str, manifest: &Manifest) -> bool {
    let Some(interface) = InterfaceName::parse(import) else { return true };
    let by = explained_by(&interface);
    by.is_empty() || by.iter().any(|capability| manifest.asks.contains_key(capability))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use amatelier_types::World;
    use tempfile::TempDir;

    use super::*;
    use crate::{Language, NewPlugin, create};

    fn narrow_for(capabilities: &str) -> String {
        let folder = TempDir::new().unwrap();
        let root = folder.path().to_owned();
        let id = "dry-run".parse().unwrap();
        create(&NewPlugin { id, world: World::Persona, language: Language::Rust, path: root.clone() })
            .unwrap();
        let text = fs::read_to_string(root.join("plugin.toml")).unwrap();
        let own = "\"llm.complete\" = { reason = \"writes its speeches\" }";
        assert!(text.contains(own));
        fs::write(root.join("plugin.toml"), text.replace(own, capabilities)).unwrap();
        let wit = narrow(&Folder::open(&root).unwrap()).unwrap();
        // What was written is a world of its own.
        parse(&wit).unwrap();
        fs::read_to_string(wit.join("world.wit")).unwrap()
    }

    #[test]
    fn a_world_has_what_the_manifest_explains_and_what_is_free() {
        for (capabilities, there, not_there) in [
            ("", ["chat/chat", "kit/log"], ["llm/llm", "steward/steward"]),
            (
                "\"llm.embed\" = { reason = \"r\" }",
                ["llm/llm", "kit/dice"],
                ["steward/steward", "member/notebook"],
            ),
            (
                "\"steward.ask\" = { reason = \"r\" }\n\"notebook\" = { reason = \"r\" }",
                ["steward/steward", "member/notebook"],
                ["llm/llm", "economy/market"],
            ),
        ] {
            let text = narrow_for(capabilities);
            assert!(there.iter().all(|name| text.contains(&format!("import amatelier:{name}@"))), "{text}");
            assert!(!not_there.iter().any(|name| text.contains(name)), "{text}");
            assert!(text.contains("    export amatelier:persona/persona@"), "{text}");
        }
    }

    #[test]
    fn a_plugin_without_contracts_of_its_own_gets_this_hosts() {
        let folder = TempDir::new().unwrap();
        let text = "schema = 1\n[plugin]\nid = \"a\"\nversion = \"0.1.0\"\ndescription = \"d\"\nlicense = \"MIT\"\nmin-host = \"0.1.0\"\n\
                    [build]\nlang = \"c\"\nworlds = [\"rubric\", \"skill\"]\n";
        fs::write(folder.path().join("plugin.toml"), text).unwrap();
        let wit = narrow(&Folder::open(folder.path()).unwrap()).unwrap();
        let text = fs::read_to_string(wit.join("world.wit")).unwrap();
        assert!(
            text.contains("export amatelier:rubric/rubric@")
                && text.contains("export amatelier:skill/skills@"),
            "{text}"
        );
        assert!(!folder.path().join("wit").exists());
    }

    #[test]
    fn contracts_that_make_no_sense_are_named() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("world.wit"), "package local:plugin;\nworld plugin { import }\n")
            .unwrap();
        let error = parse(folder.path()).unwrap_err();
        assert!(error.to_string().contains("world.wit:2"), "{error}");
    }
}
