//! Which provider is the default one.
//!
//! What the configuration says, whichever layer says it: a cassette, a mode, the address of a server. Then what is there: keys, in a
//! fixed order, and where there is none, the rehearsal. A local server is looked for by whoever can knock at its door.

use crate::{Configuration, Keys, Mode};

/// A mode and why it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The mode.
    pub mode: Mode,
    /// Why, in words; never a key.
    pub because: String,
}

/// The providers that a key alone chooses, in this order.
const KEYED: [Mode; 4] = [Mode::Anthropic, Mode::OpenAi, Mode::OpenRouter, Mode::Gemini];

/// Choose a mode.
pub fn choose_mode(configuration: &Configuration, keys: &Keys) -> Choice {
    let config = &configuration.config;
    let choice = |mode, because| Choice { mode, because };
    if config.cassette.file.is_some() {
        let place = configuration.origin("cassette.file");
        return choice(Mode::Cassette, format!("{place} names a cassette"));
    }
    if let Ok(mode) = Mode::provider(&config.mode) {
        return choice(mode, format!("{} says so", configuration.origin("mode")));
    }
    // `auto`: look at what is there.
    if config.openai_compat.service.base_url.is_some() {
        let place = configuration.origin("openai-compat.base-url");
        return choice(Mode::OpenAiCompat, format!("{place} names a server"));
    }
    let found = KEYED.into_iter().find_map(|mode| Some((mode, keys.find(&config.key_variables(mode))?)));
    match found {
        Some((mode, key)) => choice(mode, key.to_string()),
        None => choice(Mode::Rehearsal, "no provider is configured and no key is set".into()),
    }
}

impl Choice {
    /// Whether nothing was said and nothing was found, so that whatever else turns up is better.
    pub fn is_last_resort(&self, configuration: &Configuration) -> bool {
        self.mode == Mode::Rehearsal && Mode::provider(&configuration.config.mode).is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sources;

    #[test]
    fn what_is_said_wins_over_what_is_there_and_keys_have_an_order() {
        let keys =
            ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"];
        let from = |first: usize| keys[first..].iter().map(|name| (*name, "k")).collect::<Vec<_>>();
        let with = |more: &[(&'static str, &'static str)]| [&from(0)[..], more].concat();
        for (variables, expected, because) in [
            (vec![], Mode::Rehearsal, "no provider is configured and no key is set"),
            (from(0), Mode::Anthropic, "ANTHROPIC_API_KEY is set"),
            (from(1), Mode::OpenAi, "OPENAI_API_KEY is set"),
            (from(2), Mode::OpenRouter, "OPENROUTER_API_KEY is set"),
            (from(3), Mode::Gemini, "GEMINI_API_KEY is set"),
            (from(4), Mode::Gemini, "GOOGLE_API_KEY is set"),
            (with(&[("OPENAI_BASE_URL", "http://x")]), Mode::OpenAiCompat, "OPENAI_BASE_URL names a server"),
            (with(&[("AMATELIER_MODE", "auto")]), Mode::Anthropic, "ANTHROPIC_API_KEY is set"),
            (with(&[("AMATELIER_MODE", "claude-code")]), Mode::ClaudeCode, "AMATELIER_MODE says so"),
            (
                with(&[("OPENAI_BASE_URL", "http://x"), ("AMATELIER_MODE", "rehearsal")]),
                Mode::Rehearsal,
                "AMATELIER_MODE says so",
            ),
            (
                with(&[("AMATELIER_CASSETTE_FILE", "a.cassette"), ("AMATELIER_MODE", "rehearsal")]),
                Mode::Cassette,
                "AMATELIER_CASSETTE_FILE names a cassette",
            ),
            (
                vec![("ANTHROPIC_API_KEY", " "), ("GEMINI_API_KEY", "k")],
                Mode::Gemini,
                "GEMINI_API_KEY is set",
            ),
            (
                vec![("AMATELIER_ANTHROPIC_API_KEY_ENV", "MINE"), ("ANTHROPIC_API_KEY", "k"), ("MINE", "k")],
                Mode::Anthropic,
                "MINE is set",
            ),
        ] {
            let variables: std::collections::BTreeMap<String, String> =
                variables.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
            let sources = Sources { variables: variables.clone(), ..Sources::default() };
            let configuration = Configuration::read(&sources).unwrap();
            let keys = Keys::of_environment(move |name| variables.get(name).cloned());
            let choice = choose_mode(&configuration, &keys);
            assert_eq!((choice.mode, choice.because.as_str()), (expected, because));
            let last = choice.is_last_resort(&configuration);
            assert_eq!(last, expected == Mode::Rehearsal && because.starts_with("no provider"));
        }
    }
}
