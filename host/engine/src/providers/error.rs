//! Why no model can be asked.

use std::fmt;

use amatelier_llm::openai::{BadBaseUrl, BadConfig};
use amatelier_workspace::{Mode, UnknownProvider};

/// Why no model can be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The base URL is none.
    #[error("the base URL of {mode} is wrong ({place}): {source}")]
    BaseUrl {
        /// Whose.
        mode: Mode,
        /// Where it was given.
        place: String,
        /// What is wrong.
        source: BadBaseUrl,
    },
    /// The rest of the configuration cannot work.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// A cassette cannot be played, or recorded to.
    #[error("{0}")]
    Cassette(String),
    /// Providers are wanted that nobody set up: all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Unset(Vec<Unset>),
    /// A member names a provider that there is not.
    #[error("{who}: {source}")]
    Unknown {
        /// The member.
        who: String,
        /// What is wrong.
        source: UnknownProvider,
    },
}

impl ProviderError {
    /// What to do about it, where that is known.
    pub fn remedy(&self) -> Option<String> {
        let ProviderError::Unset(several) = self else { return None };
        let mut remedies: Vec<&str> = several.iter().map(|unset| unset.remedy.as_str()).collect();
        remedies.dedup();
        Some(remedies.join("; "))
    }

    /// The same, said of whoever needs it.
    pub(super) fn needed_by(self, who: &str) -> Self {
        match self {
            ProviderError::Unset(several) => ProviderError::Unset(
                several.into_iter().map(|unset| Unset { who: Some(who.to_owned()), ..unset }).collect(),
            ),
            other => other,
        }
    }
}

/// A provider that is wanted and not set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unset {
    /// Who wants it; none where it is to be the default one.
    pub who: Option<String>,
    /// The provider.
    pub mode: Mode,
    /// What is missing.
    pub why: String,
    /// What to set.
    pub remedy: String,
}

impl fmt::Display for Unset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unset { who, mode, why, .. } = self;
        match who {
            Some(who) => write!(f, "{who} is meant to run on {mode}, which is not set up: {why}"),
            None => write!(f, "{mode} is not set up: {why}"),
        }
    }
}
