//! Where answers come from.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::nearest;

/// A provider, or what stands in for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Mode {
    /// Anthropic's own service.
    Anthropic,
    /// OpenAI's own service.
    OpenAi,
    /// OpenRouter, which passes requests on to others.
    OpenRouter,
    /// Google's Gemini service.
    Gemini,
    /// An Ollama server.
    Ollama,
    /// Any other server that speaks the OpenAI protocol.
    OpenAiCompat,
    /// The `claude` command, on somebody's subscription.
    ClaudeCode,
    /// The embedded stand-in model.
    Rehearsal,
    /// Answers that were recorded.
    Cassette,
}

/// A name that is no provider's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no provider `{name}`; {}", match meant {
    Some(meant) => format!("did you mean `{meant}`?"),
    None => format!("there is {}", Mode::PROVIDERS.map(Mode::name).join(", ")),
})]
pub struct UnknownProvider {
    /// The name.
    pub name: String,
    /// What was probably meant.
    pub meant: Option<&'static str>,
}

impl Mode {
    /// Every provider that a member or a label can name, in the order in which they are looked for.
    pub const PROVIDERS: [Mode; 8] = [
        Mode::Anthropic,
        Mode::OpenAi,
        Mode::OpenRouter,
        Mode::Gemini,
        Mode::Ollama,
        Mode::OpenAiCompat,
        Mode::ClaudeCode,
        Mode::Rehearsal,
    ];

    /// The words that the setting `mode` takes. A cassette is chosen by naming its file.
    pub const WORDS: [&'static str; 9] = [
        "auto",
        "anthropic",
        "openai",
        "openrouter",
        "gemini",
        "ollama",
        "openai-compat",
        "claude-code",
        "rehearsal",
    ];

    /// The name used in flags, files and digests.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Anthropic => "anthropic",
            Mode::OpenAi => "openai",
            Mode::OpenRouter => "openrouter",
            Mode::Gemini => "gemini",
            Mode::Ollama => "ollama",
            Mode::OpenAiCompat => "openai-compat",
            Mode::ClaudeCode => "claude-code",
            Mode::Rehearsal => "rehearsal",
            Mode::Cassette => "cassette",
        }
    }

    /// Whether it answers for everybody, whatever provider a member or a label names.
    pub fn stands_in(self) -> bool {
        matches!(self, Mode::Rehearsal | Mode::Cassette)
    }

    /// The provider of a name.
    ///
    /// # Errors
    /// There is none.
    pub fn provider(name: &str) -> Result<Mode, UnknownProvider> {
        let found = Mode::PROVIDERS.into_iter().find(|mode| mode.name() == name);
        found.ok_or_else(|| UnknownProvider {
            name: name.to_owned(),
            meant: nearest(name, Mode::PROVIDERS.map(Mode::name)),
        })
    }

    /// The provider and the rest of `provider:model`; none where nothing but a model is named, whose name may have colons, too.
    pub fn prefixed(text: &str) -> Option<(Mode, &str)> {
        let (name, model) = text.split_once(':')?;
        let mode = Mode::provider(name.trim()).ok()?;
        Some((mode, model.trim())).filter(|(_, model)| !model.is_empty())
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Mode {
    type Err = UnknownProvider;

    fn from_str(name: &str) -> Result<Self, UnknownProvider> {
        if name == Mode::Cassette.name() { Ok(Mode::Cassette) } else { Mode::provider(name) }
    }
}

impl TryFrom<String> for Mode {
    type Error = UnknownProvider;

    fn try_from(name: String) -> Result<Self, UnknownProvider> {
        name.parse()
    }
}

impl From<Mode> for &'static str {
    fn from(mode: Mode) -> Self {
        mode.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_has_a_word_and_only_auto_has_no_provider() {
        assert_eq!(Mode::WORDS[0], "auto");
        assert_eq!(Mode::WORDS[1..], Mode::PROVIDERS.map(Mode::name));
        for mode in Mode::PROVIDERS.into_iter().chain([Mode::Cassette]) {
            assert_eq!(mode.name().parse(), Ok(mode));
        }
        assert!(Mode::provider("cassette").is_err(), "a cassette is no member's");
    }

    #[test]
    fn a_model_may_be_named_with_its_provider_and_may_have_colons() {
        for (text, expected) in [
            ("ollama:qwen3:4b", Some((Mode::Ollama, "qwen3:4b"))),
            ("qwen3:4b", None),
            ("openrouter: a/b", Some((Mode::OpenRouter, "a/b"))),
            ("gemini", None),
            ("gemini:", None),
            ("cassette:x", None),
        ] {
            assert_eq!(Mode::prefixed(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unknown_provider_is_answered_with_what_was_meant_or_with_all() {
        assert!(
            Mode::provider("openai-compt")
                .unwrap_err()
                .to_string()
                .ends_with("did you mean `openai-compat`?")
        );
        assert!(Mode::provider("zzz").unwrap_err().to_string().contains("anthropic, openai, openrouter"));
    }
}
