//! Which versions of a contract are compatible.

use semver::Version;

/// Whether what was built against one version runs where there is another: on the same track, and not newer. Before 1.0 a minor version
/// counts as a major one. Releases before a release promise nothing, so they fit only themselves.
pub(super) fn fits(wanted: &Version, offered: &Version) -> bool {
    let is_release = wanted.pre.is_empty() && offered.pre.is_empty();
    wanted == offered || (is_release && track(wanted) == track(offered) && wanted <= offered)
}

fn track(version: &Version) -> (u64, u64, u64) {
    match (version.major, version.minor) {
        (0, 0) => (0, 0, version.patch),
        (0, minor) => (0, minor, 0),
        (major, _) => (major, 0, 0),
    }
}

#[cfg(test)]
mod tests {
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
}
