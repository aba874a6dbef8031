//! How long a bought thing lasts.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How long a bought thing lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lifetime {
    /// It happens when it is bought, as often as it is bought.
    Once,
    /// It waits for the next debate and is used up by it.
    Consumable,
    /// It is owned from then on, and bought once.
    Permanent,
}

impl Lifetime {
    /// The name used in events and by store components.
    pub fn name(self) -> &'static str {
        match self {
            Lifetime::Once => "once",
            Lifetime::Consumable => "consumable",
            Lifetime::Permanent => "permanent",
        }
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A text that is no lifetime.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no lifetime: `once`, `consumable` or `permanent`")]
pub struct BadLifetime(pub String);

impl FromStr for Lifetime {
    type Err = BadLifetime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Lifetime::Once, Lifetime::Consumable, Lifetime::Permanent];
        all.into_iter()
            .find(|one| one.name() == text)
            .ok_or_else(|| BadLifetime(text.chars().take(40).collect()))
    }
}
