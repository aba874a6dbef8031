//! The outer build's variables, and which of them a guest build must not see.
//!
//! A build script inherits what the user set for the host (flags for the host's linker, another target folder), what clippy or a
//! coverage tool put in front of the compiler, and what cargo tells every build script. Any of it would build the guests for the wrong
//! purpose, or only make them look out of date each time. What says *how to reach* the toolchain and the registry stays: `CARGO_HOME`,
//! `RUSTUP_*`, proxies, and the job server's `CARGO_MAKEFLAGS`, through which both cargos share one number of jobs. `RUSTC` stays too:
//! cargo sets it for build scripts to the very compiler it uses.

use std::process::Command;

/// Names that go, exactly.
const NAMES: &[&str] = &[
    // Flags and wrappers for the compiler of the host.
    "RUSTFLAGS",
    "RUSTDOCFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_ENCODED_RUSTDOCFLAGS",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_LINKER",
    "CLIPPY_ARGS",
    // Where and for what the outer cargo builds.
    "CARGO_TARGET_DIR",
    "TARGET",
    "HOST",
    "OUT_DIR",
    "PROFILE",
    "OPT_LEVEL",
    "DEBUG",
    "NUM_JOBS",
    "RUSTDOC",
];

/// Beginnings of names that go: what cargo tells a build script about its package, and settings of the outer build.
const PREFIXES: &[&str] = &[
    "CARGO_BUILD_",
    "CARGO_CFG_",
    "CARGO_FEATURE_",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_PROFILE_",
    "DEP_",
];

/// Take what belongs to the outer build away from a command.
pub(crate) fn cleanse<'a>(command: &mut Command, names: impl Iterator<Item = &'a str>) {
    for name in names.filter(|name| belongs_to_the_outer_build(name)) {
        command.env_remove(name);
    }
}

fn belongs_to_the_outer_build(name: &str) -> bool {
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outer_builds_settings_go_and_the_way_to_the_toolchain_stays() {
        for name in [
            "RUSTFLAGS",
            "RUSTC_WORKSPACE_WRAPPER",
            "CARGO_FEATURE_X",
            "CARGO_CFG_UNIX",
            "CARGO_BUILD_TARGET",
            "OUT_DIR",
        ] {
            assert!(belongs_to_the_outer_build(name), "{name}");
        }
        for name in
            ["PATH", "CARGO", "CARGO_HOME", "RUSTUP_TOOLCHAIN", "RUSTC", "CARGO_MAKEFLAGS", "HTTPS_PROXY"]
        {
            assert!(!belongs_to_the_outer_build(name), "{name}");
        }
    }

    #[test]
    fn a_cleansed_command_unsets_exactly_those() {
        let mut command = Command::new("cargo");
        cleanse(&mut command, ["PATH", "RUSTFLAGS", "DEP_X_ROOT"].into_iter());
        let removed: Vec<_> =
            command.get_envs().map(|(name, value)| (name.to_str().unwrap(), value)).collect();
        assert_eq!(removed, [("DEP_X_ROOT", None), ("RUSTFLAGS", None)]);
    }
}
