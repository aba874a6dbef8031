//! Sizes of ventures.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The size of a stake on an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VentureTier {
    /// Small.
    Scout,
    /// Middle.
    Venture,
    /// Large.
    Moonshot,
}

impl VentureTier {
    /// Smallest first.
    pub const ALL: [VentureTier; 3] = [VentureTier::Scout, VentureTier::Venture, VentureTier::Moonshot];

    /// The name used in events and in the digest; the tag is the same in capitals.
    pub fn name(self) -> &'static str {
        match self {
            VentureTier::Scout => "scout",
            VentureTier::Venture => "venture",
            VentureTier::Moonshot => "moonshot",
        }
    }
}

impl fmt::Display for VentureTier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is no size of a venture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no venture: `scout`, `venture` or `moonshot`")]
pub struct BadVentureTier(pub String);

impl FromStr for VentureTier {
    type Err = BadVentureTier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|tier| tier.name() == text).ok_or_else(|| BadVentureTier(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tier_is_found_by_its_name() {
        for tier in VentureTier::ALL {
            assert_eq!(tier.to_string().parse(), Ok(tier));
        }
        assert!("Scout".parse::<VentureTier>().is_err());
    }
}
