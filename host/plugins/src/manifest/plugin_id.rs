//! Names of plugins.

use std::{fmt, str::FromStr};

/// A plugin's name: words of lower-case letters and digits with single dashes between them, a letter first, at most [`PluginId::MAX`]
/// bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PluginId(String);

/// A text that cannot be a plugin's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an id is words of lower-case letters and digits with single dashes between them, a letter first, at most {max} characters",
    max = PluginId::MAX
)]
pub struct BadPluginId;

impl PluginId {
    /// The longest id, in bytes: it is a column on a terminal.
    pub const MAX: usize = 64;

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PluginId {
    type Err = BadPluginId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let good = text.len() <= Self::MAX
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.split('-').all(is_word);
        if good { Ok(PluginId(text.into())) } else { Err(BadPluginId) }
    }
}

impl fmt::Display for PluginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for good in ["socratic", "a", "x-1", "two-words-3"] {
            assert_eq!(good.parse::<PluginId>().unwrap().as_str(), good);
        }
        let long = "a".repeat(65);
        for bad in
            ["", "-a", "a-", "a--b", "1a", "A", "a_b", "a b", "a/b", "..", "é", "a\n", "a\u{1b}", &long]
        {
            assert_eq!(bad.parse::<PluginId>(), Err(BadPluginId), "{bad:?}");
        }
    }
}
