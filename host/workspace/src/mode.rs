//! How models are chosen.
//!
//! What the configuration says, whichever layer says it; then what is there: the address of a server or a key for one, and where there
//! is nothing, the rehearsal.

use std::fmt;

use crate::Configuration;

/// Where answers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// The embedded stand-in model.
    Rehearsal,
    /// A server that speaks the OpenAI protocol.
    OpenAiCompat,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 2] = [Mode::Rehearsal, Mode::OpenAiCompat];

    /// The name used in flags, files and digests.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Rehearsal => "rehearsal",
            Mode::OpenAiCompat => "openai-compat",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A mode and why it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The mode.
    pub mode: Mode,
    /// Why, in words; never a key.
    pub because: String,
}

/// Choose a mode. `variable` reads the environment, for keys.
pub fn choose_mode(configuration: &Configuration, variable: impl Fn(&str) -> Option<String>) -> Choice {
    let config = &configuration.config;
    if let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.name() == config.mode) {
        return Choice { mode, because: format!("{} says so", configuration.origin("mode")) };
    }
    // `auto`: look at what is there.
    let key = config.openai_compat.api_key_env.as_str();
    let because = if config.openai_compat.base_url.is_some() {
        format!("{} names a server", configuration.origin("openai-compat.base-url"))
    } else if variable(key).is_some_and(|value| !value.is_empty()) {
        format!("{key} is set")
    } else {
        let because = "no provider is configured and no key is set".into();
        return Choice { mode: Mode::Rehearsal, because };
    };
    Choice { mode: Mode::OpenAiCompat, because }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sources;

    #[test]
    fn what_is_said_wins_over_what_is_there() {
        for (variables, expected, because) in [
            (&[][..], Mode::Rehearsal, "no provider is configured and no key is set"),
            (&[("OPENAI_BASE_URL", "http://x")], Mode::OpenAiCompat, "OPENAI_BASE_URL names a server"),
            (&[("OPENAI_API_KEY", "k")], Mode::OpenAiCompat, "OPENAI_API_KEY is set"),
            (
                &[("OPENAI_BASE_URL", "http://x"), ("AMATELIER_MODE", "rehearsal")],
                Mode::Rehearsal,
                "AMATELIER_MODE says so",
            ),
            (
                &[("OPENAI_API_KEY", "k"), ("AMATELIER_MODE", "auto")],
                Mode::OpenAiCompat,
                "OPENAI_API_KEY is set",
            ),
        ] {
            let variables: std::collections::BTreeMap<String, String> =
                variables.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
            let sources = Sources { variables: variables.clone(), ..Sources::default() };
            let configuration = Configuration::read(&sources).unwrap();
            let choice = choose_mode(&configuration, |name| variables.get(name).cloned());
            assert_eq!((choice.mode, choice.because.as_str()), (expected, because));
        }
    }
}
