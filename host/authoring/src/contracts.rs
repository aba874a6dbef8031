//! The contracts that this host was built with, for folders of new plugins.

use std::{collections::BTreeMap, fs, io, path::Path};

use amatelier_types::World;
use include_dir::{Dir, include_dir};

/// The files of `wit/`, one folder a package.
static WIT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../wit");

/// The packages of contracts that worlds are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contracts {
    /// Its files, sorted: a path such as `persona/persona.wit`, and the text.
    pub files: BTreeMap<String, &'static str>,
    /// A world of a plugin's own in WIT: everything that the contracts allow. A component imports only what it uses.
    pub world: String,
}

impl Contracts {
    /// Everything that some worlds name, and everything that that names. None if one is not among the files, which a test rules out.
    pub fn of(worlds: &[World]) -> Option<Self> {
        let mut open: Vec<String> = worlds.iter().map(|world| world.name().to_owned()).collect();
        let mut files = BTreeMap::new();
        while let Some(package) = open.pop() {
            let text = text(&package)?;
            if files.insert(format!("{package}/{package}.wit"), text).is_none() {
                open.extend(named_in(text));
            }
        }
        let mut own = "/// What this plugin may import and what it exports. The documentation of each interface stands in deps/.\n\
                       package local:plugin;\n\nworld plugin {\n"
            .to_owned();
        for world in worlds {
            let version = declared_version(text(world.name())?)?;
            own.push_str(&format!("    include amatelier:{world}/plugin@{version};\n"));
        }
        own.push_str("}\n");
        Some(Contracts { files, world: own })
    }

    /// Write them into a folder as tools expect it: `world.wit`, and the packages in `deps/`.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, text) in self.paths() {
            let path = folder.join(path);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(path, text)?;
        }
        Ok(())
    }

    /// The same as paths and texts.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (String, &str)> {
        let deps = self.files.iter().map(|(path, text)| (format!("deps/{path}"), *text));
        deps.chain([("world.wit".to_owned(), self.world.as_str())])
    }
}

fn text(package: &str) -> Option<&'static str> {
    WIT.get_file(Path::new(package).join(format!("{package}.wit")))?.contents_utf8()
}

/// `package amatelier:persona@0.1.0;` says `0.1.0`.
fn declared_version(text: &str) -> Option<&str> {
    let line = text.lines().find_map(|line| line.strip_prefix("package "))?;
    line.trim_end_matches(';').split_once('@').map(|(_, version)| version)
}

/// The packages of ours that a text imports or uses from.
fn named_in(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    lines
        .flat_map(|line| line.split("amatelier:").skip(1))
        .filter_map(|rest| rest.split_once('/').map(|(package, _)| package.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_world_has_its_packages_and_no_others() {
        for (world, expected) in [
            (World::Persona, "chat economy kit llm member persona steward types"),
            (World::Judge, "chat judge kit llm member steward types"),
            (World::Rubric, "chat kit llm member rubric types"),
            (World::Store, "kit store types"),
            (World::Skill, "chat kit skill types"),
        ] {
            let contracts = Contracts::of(&[world]).unwrap();
            let packages: Vec<_> =
                contracts.files.keys().map(|path| path.split_once('/').unwrap().0).collect();
            assert_eq!(packages.join(" "), expected);
            let (_, included) =
                contracts.world.split_once(&format!("include amatelier:{world}/plugin@")).unwrap();
            let own = format!("package amatelier:{world}@{};", included.split_once(';').unwrap().0);
            assert!(contracts.files.values().any(|text| text.contains(&own)), "{own}");
        }
    }

    #[test]
    fn they_are_the_files_of_the_repository() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
        for world in World::ALL {
            for (path, text) in Contracts::of(&[world]).unwrap().files {
                assert_eq!(std::fs::read_to_string(folder.join(&path)).unwrap(), text, "{path}");
            }
        }
    }
}
