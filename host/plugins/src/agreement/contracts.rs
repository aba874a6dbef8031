//! Which contracts this host has: the packages of `wit/`, by name and version.

use semver::Version;

use crate::InterfaceName;

/// One package of contracts.
#[derive(Debug)]
pub(super) struct Contract {
    /// Its name in our namespace.
    pub(super) package: &'static str,
    /// Its interfaces.
    pub(super) interfaces: &'static [&'static str],
    /// The one that the host calls, where this is an extension point.
    pub(super) called: Option<&'static str>,
    /// The versions of it, oldest first. At 0.x, a minor version counts as a major one.
    versions: &'static [(u64, u64, u64)],
}

/// Our namespace.
pub(super) const NAMESPACE: &str = "amatelier";

const FIRST: &[(u64, u64, u64)] = &[(0, 1, 0)];

/// All of them; a test holds this against the files.
pub(super) const CONTRACTS: &[Contract] = &[
    offered("types", &["types"]),
    offered("chat", &["chat", "minutes"]),
    offered("llm", &["llm"]),
    offered("steward", &["steward"]),
    offered("economy", &["sparks", "market"]),
    offered("member", &["profile", "notebook"]),
    offered("kit", &["settings", "rights", "dice", "clock", "log"]),
    called("persona", &["persona"], "persona"),
    called("judge", &["judge"], "judge"),
    called("rubric", &["rubric"], "rubric"),
    called("store", &["items"], "items"),
    called("skill", &["skills"], "skills"),
];

const fn offered(package: &'static str, interfaces: &'static [&'static str]) -> Contract {
    Contract { package, interfaces, called: None, versions: FIRST }
}

const fn called(
    package: &'static str,
    interfaces: &'static [&'static str],
    called: &'static str,
) -> Contract {
    Contract { package, interfaces, called: Some(called), versions: FIRST }
}

impl Contract {
    /// The package of an interface of ours.
    pub(super) fn of(name: &InterfaceName) -> Option<&'static Contract> {
        CONTRACTS.iter().find(|contract| {
            name.namespace == NAMESPACE
                && name.package == contract.package
                && contract.interfaces.contains(&name.interface.as_str())
        })
    }

    /// This host's versions.
    pub(super) fn versions(&self) -> Vec<Version> {
        self.versions.iter().map(|(major, minor, patch)| Version::new(*major, *minor, *patch)).collect()
    }

    /// Whether this host can work with what was built against a version.
    pub(super) fn serves(&self, wanted: Option<&Version>) -> bool {
        wanted.is_some_and(|wanted| self.versions().iter().any(|offered| fits(wanted, offered)))
    }
}

/// Whether what was built against one version runs where there is another: on the same track, and not newer. Releases before a release
/// promise nothing, so they fit only themselves.
fn fits(wanted: &Version, offered: &Version) -> bool {
    let track = |version: &Version| match (version.major, version.minor) {
        (0, 0) => (0, 0, version.patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    };
    let is_release = wanted.pre.is_empty() && offered.pre.is_empty();
    wanted == offered || (is_release && track(wanted) == track(offered) && wanted <= offered)
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn a_minor_counts_as_a_major_before_one() {
        for (wanted, offered, expected) in [
            ("0.1.0", "0.1.0", true),
            ("0.1.0", "0.1.3", true),
            ("0.1.3", "0.1.0", false),
            ("0.2.0", "0.1.0", false),
            ("0.1.0", "0.2.0", false),
            ("0.0.1", "0.0.2", false),
            ("1.0.0", "1.2.0", true),
            ("1.2.1", "1.2.0", false),
            ("2.0.0", "1.2.0", false),
            ("0.1.0-draft", "0.1.0", false),
            ("0.1.0-draft", "0.1.0-draft", true),
        ] {
            let fits = fits(&wanted.parse().unwrap(), &offered.parse().unwrap());
            assert_eq!(fits, expected, "{wanted} where there is {offered}");
        }
    }

    #[test]
    fn the_table_has_every_package_and_interface_of_the_files_and_no_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let folder = entry.unwrap().path();
            for file in fs::read_dir(&folder).unwrap() {
                let text = fs::read_to_string(file.unwrap().path()).unwrap();
                let package = text.lines().find_map(|line| line.strip_prefix("package ")).unwrap();
                let package = package.trim_end_matches(';').to_owned();
                for line in text.lines() {
                    if let Some(interface) = line.strip_prefix("interface ") {
                        let (path, version) = package.split_once('@').unwrap();
                        found.push(format!("{path}/{}@{version}", interface.trim_end_matches(" {")));
                    }
                }
            }
        }
        let mut known: Vec<_> = CONTRACTS
            .iter()
            .flat_map(|contract| {
                contract.interfaces.iter().flat_map(move |interface| {
                    let name =
                        move |version| format!("{NAMESPACE}:{}/{interface}@{version}", contract.package);
                    contract.versions().into_iter().map(name)
                })
            })
            .collect();
        found.sort();
        known.sort();
        assert_eq!(known, found);
    }
}
