//! The contracts that this host was built with, for folders of new plugins.

use std::{collections::BTreeSet, path::Path};

use amatelier_types::World;
use include_dir::{Dir, include_dir};

/// The files of `wit/`, one folder a package.
static WIT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../wit");

/// The packages of contracts that a world is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contracts {
    /// Its files, sorted: a path such as `persona/persona.wit`, and the text.
    pub files: Vec<(String, &'static str)>,
    /// The version of the world's own package.
    pub version: String,
}

impl Contracts {
    /// Everything that a world names, and everything that that names. None if the world is not among the files, which a test rules out.
    pub fn of(world: World) -> Option<Self> {
        let mut open = vec![world.name().to_owned()];
        let mut packages = BTreeSet::new();
        while let Some(package) = open.pop() {
            if packages.insert(package.clone()) {
                open.extend(named_in(text(&package)?));
            }
        }
        let version = declared_version(text(world.name())?)?.to_owned();
        let file = |package: &String| Some((format!("{package}/{package}.wit"), text(package)?));
        Some(Contracts { files: packages.iter().filter_map(file).collect(), version })
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
            let contracts = Contracts::of(world).unwrap();
            let packages: Vec<_> =
                contracts.files.iter().map(|(path, _)| path.split_once('/').unwrap().0).collect();
            assert_eq!(packages.join(" "), expected);
            let own = format!("package amatelier:{world}@{};", contracts.version);
            assert!(contracts.files.iter().any(|(_, text)| text.contains(&own)), "{own}");
        }
    }

    #[test]
    fn they_are_the_files_of_the_repository() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
        for world in World::ALL {
            for (path, text) in Contracts::of(world).unwrap().files {
                assert_eq!(std::fs::read_to_string(folder.join(&path)).unwrap(), text, "{path}");
            }
        }
    }
}
