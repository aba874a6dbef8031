//! How models are chosen.
//!
//! In this order: the `--mode` flag, `AMATELIER_MODE`, the configuration, then what is there: `OPENAI_BASE_URL` or a key for it, and
//! where there is nothing, the rehearsal.

use std::fmt;

use crate::Config;

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

/// A name that is no mode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` ({place}) is no mode; known are auto, {known}", known = Mode::ALL.map(Mode::name).join(", "))]
pub struct UnknownMode {
    /// The name.
    pub name: String,
    /// Where it was given.
    pub place: String,
}

/// Choose a mode. `variable` reads the environment.
///
/// # Errors
/// A name that is no mode.
pub fn choose_mode(
    flag: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
    config: &Config,
) -> Result<Choice, UnknownMode> {
    let said = [
        (flag.map(str::to_owned), "--mode"),
        (variable("AMATELIER_MODE"), "AMATELIER_MODE"),
        (config.mode.clone(), "mode in amatelier.toml"),
    ];
    for (name, place) in said {
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        if name == "auto" {
            // Said by hand: look at what is there, whatever a place further down says.
            break;
        }
        return match Mode::ALL.into_iter().find(|mode| mode.name() == name) {
            Some(mode) => Ok(Choice { mode, because: format!("{place} says so") }),
            None => Err(UnknownMode { name, place: place.into() }),
        };
    }
    let key = config.openai_compat.api_key_env.as_str();
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let found = if set("OPENAI_BASE_URL") {
        Some("OPENAI_BASE_URL is set".to_owned())
    } else if config.openai_compat.base_url.is_some() {
        Some("openai-compat.base-url is configured".to_owned())
    } else if set(key) {
        Some(format!("{key} is set"))
    } else {
        None
    };
    Ok(match found {
        Some(because) => Choice { mode: Mode::OpenAiCompat, because },
        None => {
            Choice { mode: Mode::Rehearsal, because: "no provider is configured and no key is set".into() }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flag_wins_over_environment_over_configuration_over_what_is_there() {
        let configured = |mode: &str| Config { mode: Some(mode.into()), ..Config::default() };
        let none: &[(&str, &str)] = &[];
        let url: &[(&str, &str)] = &[("OPENAI_BASE_URL", "http://x")];
        let both: &[(&str, &str)] = &[("OPENAI_BASE_URL", "http://x"), ("AMATELIER_MODE", "rehearsal")];
        for (flag, variables, config, expected) in [
            (None, none, Config::default(), Mode::Rehearsal),
            (None, url, Config::default(), Mode::OpenAiCompat),
            (None, &[("OPENAI_API_KEY", "k")][..], Config::default(), Mode::OpenAiCompat),
            (None, both, Config::default(), Mode::Rehearsal),
            (Some("openai-compat"), both, configured("rehearsal"), Mode::OpenAiCompat),
            (Some("auto"), url, configured("rehearsal"), Mode::OpenAiCompat),
            (None, none, configured("openai-compat"), Mode::OpenAiCompat),
        ] {
            let variable = |name: &str| {
                variables.iter().find(|(own, _)| *own == name).map(|(_, value)| value.to_string())
            };
            let choice = choose_mode(flag, variable, &config).unwrap();
            assert_eq!(choice.mode, expected, "{flag:?} {variables:?} {config:?}");
        }
        let unknown = choose_mode(Some("claude"), |_| None, &Config::default()).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "`claude` (--mode) is no mode; known are auto, rehearsal, openai-compat"
        );
    }
}
