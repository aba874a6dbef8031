//! What a component may be allowed to do, finer than WIT interfaces.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// One power that a component has only when it is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Capability {
    /// Ask a language model.
    #[serde(rename = "llm.complete")]
    LlmComplete,
    /// Turn texts into vectors.
    #[serde(rename = "llm.embed")]
    LlmEmbed,
    /// Read and search registered files.
    #[serde(rename = "steward.read")]
    StewardRead,
    /// Put a question to the Steward.
    #[serde(rename = "steward.ask")]
    StewardAsk,
    /// See the catalog, the inventory, the caller's own sparks and the leaderboard.
    #[serde(rename = "market.read")]
    MarketRead,
    /// Buy.
    #[serde(rename = "market.buy")]
    MarketBuy,
    /// Keep private notes.
    #[serde(rename = "notebook")]
    Notebook,
}

/// A set of capabilities.
pub type Capabilities = BTreeSet<Capability>;

/// A name that is no capability.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no capability; known are {known}", known = Capability::ALL.map(|c| c.name()).join(", "))]
pub struct UnknownCapability(pub String);

impl Capability {
    /// Every capability, in the order of their names' interfaces.
    pub const ALL: [Capability; 7] = [
        Capability::LlmComplete,
        Capability::LlmEmbed,
        Capability::StewardRead,
        Capability::StewardAsk,
        Capability::MarketRead,
        Capability::MarketBuy,
        Capability::Notebook,
    ];

    /// The name used in manifests, team files and `rights.has`.
    pub fn name(self) -> &'static str {
        match self {
            Capability::LlmComplete => "llm.complete",
            Capability::LlmEmbed => "llm.embed",
            Capability::StewardRead => "steward.read",
            Capability::StewardAsk => "steward.ask",
            Capability::MarketRead => "market.read",
            Capability::MarketBuy => "market.buy",
            Capability::Notebook => "notebook",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Capability {
    type Err = UnknownCapability;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Capability::ALL.into_iter().find(|c| c.name() == text).ok_or_else(|| UnknownCapability(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_parses_back_and_matches_its_serialised_form() {
        for capability in Capability::ALL {
            assert_eq!(capability.name().parse(), Ok(capability));
            assert_eq!(serde_json::to_value(capability).unwrap(), capability.name());
        }
        assert!("llm".parse::<Capability>().is_err());
    }
}
