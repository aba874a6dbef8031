//! What a compiler may know of the environment.
//!
//! Compilers run code of strangers: build scripts, macros, packages. What they need is to find their programs, their caches, their
//! registries and the way out through a proxy; nobody's keys for language models are among it. So a child begins with nothing and is
//! given the names below. What speaks of *another* build (flags for the host's linker, another target folder) stays out, too: it would
//! build a guest for the wrong purpose.

use std::{env, ffi::OsString, process::Command};

/// Names that are handed on.
const NAMES: &[&str] = &[
    // Where programs, homes and room for temporary files are.
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TMP",
    "TEMP",
    "LANG",
    "TZ",
    "TERM",
    // The same on Windows.
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "COMSPEC",
    "PATHEXT",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "USERPROFILE",
    // The way out.
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    // The Rust toolchain in force.
    "CARGO",
    "CARGO_HOME",
    "RUSTC",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    // The Python and the Node in force.
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "NODE_OPTIONS",
    "SOURCE_DATE_EPOCH",
];

/// Beginnings of names that are handed on.
const PREFIXES: &[&str] = &[
    "LC_",
    "XDG_",
    "RUSTUP_",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_SOURCE_",
    "PIP_",
    "NPM_CONFIG_",
    "PYENV_",
    "NVM_",
    "ASDF_",
    "MISE_",
    "NIX_",
];

/// Parts of names that speak of something to be kept, whatever the beginning promises: `PIP_KEYRING_TOKEN`, `npm_config__auth`.
const KEPT_BACK: &[&str] = &["TOKEN", "AUTH", "PASSWORD", "SECRET"];

/// Give a command the environment of a compiler, and nothing else.
pub(crate) fn confine(command: &mut Command) {
    command.env_clear();
    command.envs(env::vars_os().filter(|(name, _)| is_handed_on(name)));
    // Python would look for modules in the folder where it runs first: a `json.py` of a stranger's plugin would run outside of any box.
    command.env("PYTHONSAFEPATH", "1");
    // Output is shown elsewhere than where it is made.
    command.env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never").env("NO_COLOR", "1");
}

fn is_handed_on(name: &OsString) -> bool {
    // Names are upper case by custom; npm, proxies and Windows do not mind.
    let Some(name) = name.to_str().map(str::to_ascii_uppercase) else { return false };
    !KEPT_BACK.iter().any(|part| name.contains(part))
        && (NAMES.contains(&name.as_str()) || PREFIXES.iter().any(|prefix| name.starts_with(prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_the_outer_build_stay_out_and_the_way_to_the_tools_stays() {
        for (name, expected) in [
            ("PATH", true),
            ("HTTPS_PROXY", true),
            ("https_proxy", true),
            ("npm_config_cache", true),
            ("PIP_CERT", true),
            ("RUSTUP_TOOLCHAIN", true),
            ("CARGO_NET_OFFLINE", true),
            ("LC_ALL", true),
            ("ANTHROPIC_API_KEY", false),
            ("OPENAI_API_KEY", false),
            ("GEMINI_API_KEY", false),
            ("GITHUB_TOKEN", false),
            ("AWS_SECRET_ACCESS_KEY", false),
            ("AMATELIER_WORKSPACE", false),
            ("CARGO_REGISTRY_TOKEN", false),
            ("CARGO_REGISTRIES_OURS_TOKEN", false),
            ("CARGO_REGISTRIES_OURS_SECRET_KEY", false),
            ("CARGO_REGISTRIES_OURS_INDEX", true),
            ("npm_config__auth", false),
            ("npm_config_//registry.example.org/:_authToken", false),
            ("NPM_CONFIG__PASSWORD", false),
            ("PIP_Secret_Index", false),
            ("MISE_GITHUB_TOKEN", false),
            ("RUSTFLAGS", false),
            ("RUSTC_WRAPPER", false),
            ("CARGO_TARGET_DIR", false),
            ("CARGO_BUILD_TARGET", false),
            ("CARGO_PROFILE_RELEASE_LTO", false),
        ] {
            assert_eq!(is_handed_on(&name.into()), expected, "{name}");
        }
    }

    #[test]
    fn a_confined_command_has_no_colours_and_none_of_the_rest() {
        let mut command = Command::new("cargo");
        command.env("ANTHROPIC_API_KEY", "x");
        confine(&mut command);
        let names: Vec<_> = command.get_envs().map(|(name, _)| name.to_owned()).collect();
        assert!(
            names.contains(&"NO_COLOR".into())
                && names.contains(&"PYTHONSAFEPATH".into())
                && !names.contains(&"ANTHROPIC_API_KEY".into()),
            "{names:?}"
        );
    }
}
