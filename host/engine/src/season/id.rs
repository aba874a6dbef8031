//! Ids of seasons.

use std::{fmt, str::FromStr};

use amatelier_types::RoundtableId;
use serde::{Deserialize, Serialize};

/// The id of a season: `s-` and 12 lower-case hexadecimal digits, so that nobody takes it for a debate's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SeasonId(RoundtableId);

/// A text that is no season's id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the id of a season: s- and 12 hexadecimal digits, as `amatelier season` prints it")]
pub struct BadSeasonId(pub String);

impl SeasonId {
    /// An id from six random bytes.
    pub fn from_random(bytes: [u8; 6]) -> Self {
        SeasonId(RoundtableId::from_random(bytes))
    }
}

impl fmt::Display for SeasonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s-{}", self.0)
    }
}

impl FromStr for SeasonId {
    type Err = BadSeasonId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix("s-").and_then(|digits| digits.parse().ok());
        digits.map(SeasonId).ok_or_else(|| BadSeasonId(text.to_owned()))
    }
}

impl TryFrom<String> for SeasonId {
    type Error = BadSeasonId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SeasonId> for String {
    fn from(id: SeasonId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_season_and_a_debate_are_not_mistaken_for_each_other() {
        let id = SeasonId::from_random([1, 2, 3, 4, 5, 6]);
        assert_eq!(id.to_string(), "s-010203040506");
        assert_eq!("s-010203040506".parse(), Ok(id));
        for bad in ["010203040506", "s-0102", "s-01020304050g", ""] {
            assert!(bad.parse::<SeasonId>().is_err(), "{bad}");
        }
    }
}
