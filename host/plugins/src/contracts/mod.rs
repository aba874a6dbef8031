//! Which contracts this host speaks: the packages of `wit/`, by name and version.
//!
//! The one table of the program. Whoever looks at a component from outside, and whoever links it, asks here; what the host generates
//! bindings of is held against it by a test. A version stays in the table as long as the host serves it, which
//! `docs/reference/components.md` promises for a year; what was released is kept in `wit/released`, whether it is still served or not.

mod track;

use semver::Version;

use self::track::fits;
use crate::InterfaceName;

/// One package of contracts.
#[derive(Debug, PartialEq, Eq)]
pub struct Contract {
    package: &'static str,
    interfaces: &'static [&'static str],
    called: Option<&'static str>,
    /// Oldest first.
    versions: &'static [(u64, u64, u64)],
}

/// The namespace of all of them.
pub(crate) const NAMESPACE: &str = "amatelier";

const FIRST: &[(u64, u64, u64)] = &[(0, 1, 0)];

static CONTRACTS: [Contract; 12] = [
    offered("types", &["types"]),
    offered("chat", &["chat", "minutes"]),
    offered("llm", &["llm"]),
    offered("steward", &["steward"]),
    offered("economy", &["sparks", "market"]),
    offered("member", &["profile", "notebook"]),
    offered("kit", &["settings", "rights", "dice", "clock", "log"]),
    called("persona", &["persona"], FIRST),
    called("judge", &["judge"], FIRST),
    called("rubric", &["rubric"], &[(0, 1, 0), (0, 2, 0)]),
    called("store", &["items"], FIRST),
    called("skill", &["skills"], FIRST),
];

const fn offered(package: &'static str, interfaces: &'static [&'static str]) -> Contract {
    Contract { package, interfaces, called: None, versions: FIRST }
}

/// An extension point has one interface, which the host calls.
const fn called(
    package: &'static str,
    interface: &'static [&'static str; 1],
    versions: &'static [(u64, u64, u64)],
) -> Contract {
    let [called] = interface;
    Contract { package, interfaces: interface, called: Some(called), versions }
}

impl Contract {
    /// Every contract: what the host offers first, then what it calls.
    pub fn all() -> &'static [Contract] {
        &CONTRACTS
    }

    /// The package of an interface of ours, in whatever version.
    pub fn of(name: &InterfaceName) -> Option<&'static Contract> {
        CONTRACTS.iter().find(|contract| {
            name.namespace == NAMESPACE
                && name.package == contract.package
                && contract.interfaces.contains(&name.interface.as_str())
        })
    }

    /// Its name in our namespace, such as `rubric`.
    pub fn package(&self) -> &'static str {
        self.package
    }

    /// Its interfaces.
    pub fn interfaces(&self) -> &'static [&'static str] {
        self.interfaces
    }

    /// The interface that the host calls, where this is an extension point.
    pub fn called(&self) -> Option<&'static str> {
        self.called
    }

    /// The versions of it that this host speaks, oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = Version> {
        self.versions.iter().map(|(major, minor, patch)| Version::new(*major, *minor, *patch))
    }

    /// The version of this host's on which something runs that was built against another; none where it would not run.
    pub fn serves(&self, wanted: Option<&Version>) -> Option<Version> {
        let wanted = wanted?;
        self.versions().rev().find(|offered| fits(wanted, offered))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// `amatelier:chat/minutes@0.1.0` and all others of a file.
    fn interfaces(path: &Path) -> Vec<String> {
        let text = fs::read_to_string(path).unwrap();
        let package = text.lines().find_map(|line| line.strip_prefix("package ")).unwrap();
        let (path, version) = package.trim_end_matches(';').split_once('@').unwrap();
        let names = text.lines().filter_map(|line| line.strip_prefix("interface "));
        names.map(|name| format!("{path}/{}@{version}", name.trim_end_matches(" {"))).collect()
    }

    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "wit")).collect()
    }

    #[test]
    fn the_table_has_what_stands_in_wit_and_nothing_that_was_not_released() {
        let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
        let known: BTreeSet<String> = Contract::all()
            .iter()
            .flat_map(|contract| {
                contract.interfaces.iter().flat_map(move |interface| {
                    contract
                        .versions()
                        .map(move |version| format!("{NAMESPACE}:{}/{interface}@{version}", contract.package))
                })
            })
            .collect();
        let released: BTreeSet<String> =
            files(&wit.join("released")).iter().flat_map(|file| interfaces(file)).collect();
        let unreleased: Vec<_> = known.difference(&released).collect();
        assert!(unreleased.is_empty(), "`cargo xtask wit freeze` was not run for {unreleased:?}");
        let current: BTreeSet<String> = Contract::all()
            .iter()
            .flat_map(|contract| files(&wit.join(contract.package)))
            .flat_map(|file| interfaces(&file))
            .collect();
        let newest: BTreeSet<String> = Contract::all()
            .iter()
            .flat_map(|contract| {
                let version = contract.versions().next_back().unwrap();
                let names = contract.interfaces.iter();
                names.map(move |interface| format!("{NAMESPACE}:{}/{interface}@{version}", contract.package))
            })
            .collect();
        assert_eq!(newest, current, "the newest version in the table is the one in wit/");
        let folders = fs::read_dir(&wit).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
        assert_eq!(folders.count(), Contract::all().len() + 1, "a folder for each package, and `released`");
    }

    #[test]
    fn the_reference_has_every_contract_with_its_interfaces_and_versions() {
        let page = include_str!("../../../../docs/reference/components.md");
        for contract in Contract::all() {
            let interfaces: Vec<_> = contract.interfaces.iter().map(|name| format!("`{name}`")).collect();
            let versions: Vec<_> = contract.versions().map(|version| version.to_string()).collect();
            let (interfaces, versions) = (interfaces.join(", "), versions.join(", "));
            let row = format!("| `{NAMESPACE}:{}` | {interfaces} | {versions} |", contract.package);
            assert!(page.contains(&row), "no row `{row}`");
        }
    }

    #[test]
    fn a_component_is_served_by_the_version_that_it_was_built_against() {
        let rubric = InterfaceName::parse("amatelier:rubric/rubric").unwrap();
        let rubric = Contract::of(&rubric).unwrap();
        for (wanted, served) in
            [("0.1.0", Some("0.1.0")), ("0.2.0", Some("0.2.0")), ("0.2.1", None), ("0.3.0", None)]
        {
            let found = rubric.serves(Some(&wanted.parse().unwrap())).map(|version| version.to_string());
            assert_eq!(found.as_deref(), served, "{wanted}");
        }
        assert_eq!(rubric.serves(None), None);
    }
}
