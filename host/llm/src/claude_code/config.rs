//! What the provider needs to be told.

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use crate::{Gate, Timers};

/// What the command may see of the environment: who asks, where its own files are, and how to reach its server. No API key: with one,
/// it would not answer out of the subscription.
const KEPT: [&str; 26] = [
    "HOME",
    "PATH",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "TEMP",
    "TMP",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "CLAUDE_CONFIG_DIR",
    "CLAUDE_CODE_OAUTH_TOKEN",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "NODE_EXTRA_CA_CERTS",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
];

/// Which command is run, and how.
#[derive(Clone, Debug)]
pub struct ClaudeCodeConfig {
    /// The command: a path, or a name that is looked up on the `PATH`.
    pub command: PathBuf,
    /// Arguments before ours, for a command that is started by another one.
    pub leading: Vec<OsString>,
    /// The whole environment that it gets.
    pub environment: Vec<(OsString, OsString)>,
    /// How many tokens its models take, prompt and answer together; none means what the price list says.
    pub context_tokens: Option<u32>,
    /// How long it may be silent. It connects by itself, so the first of the three does not count.
    pub timers: Timers,
    /// What lets its requests through; none lets them all.
    pub gate: Option<Arc<dyn Gate>>,
}

impl ClaudeCodeConfig {
    /// What a model takes that nothing is known of, in tokens.
    pub const CONTEXT_TOKENS: u32 = 200_000;

    /// This command, with what it needs of our own environment.
    pub fn new(command: impl Into<PathBuf>) -> Self {
        let kept = KEPT.into_iter().filter_map(|name| Some((name.into(), std::env::var_os(name)?)));
        ClaudeCodeConfig {
            command: command.into(),
            leading: Vec::new(),
            environment: kept.collect(),
            context_tokens: None,
            timers: Timers::default(),
            gate: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_passed_on() {
        assert!(KEPT.iter().all(|name| !name.contains("API_KEY") && !name.starts_with("ANTHROPIC")));
        let config = ClaudeCodeConfig::new("claude");
        let path = std::env::var_os("PATH").unwrap();
        assert!(config.environment.contains(&("PATH".into(), path)));
        assert!(config.environment.iter().all(|(name, _)| KEPT.iter().any(|kept| name == kept)));
    }
}
