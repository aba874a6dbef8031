//! Names of members.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A member's name: lower-case letters, digits and dashes, starting with a letter, at most [`MemberName::MAX`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MemberName(String);

/// A text that cannot be a member's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a member name: lower-case letters, digits and dashes, starting with a letter, at most {max} characters",
    max = MemberName::MAX
)]
pub struct BadMemberName(pub String);

impl MemberName {
    /// The longest name, in bytes: it is a folder name and a column on a terminal.
    pub const MAX: usize = 40;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The author of the host's own lines.
    pub fn runner() -> Self {
        MemberName("runner".into())
    }

    /// Who answers requests.
    pub fn steward() -> Self {
        MemberName("steward".into())
    }

    /// The operator, at the table.
    pub fn user() -> Self {
        MemberName("user".into())
    }
}

impl fmt::Display for MemberName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for MemberName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MemberName {
    type Error = BadMemberName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let good = text.len() <= Self::MAX
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if good { Ok(MemberName(text)) } else { Err(BadMemberName(text)) }
    }
}

impl FromStr for MemberName {
    type Err = BadMemberName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.to_owned().try_into()
    }
}

impl From<MemberName> for String {
    fn from(name: MemberName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_at_the_border() {
        for good in ["elena", "a", "haiku-2", "x1-y"] {
            assert_eq!(good.parse::<MemberName>().unwrap().as_str(), good);
        }
        for bad in ["", "Elena", "1a", "-a", "a b", "a/b", "..", "é", &"a".repeat(41)] {
            assert!(bad.parse::<MemberName>().is_err(), "{bad}");
        }
    }
}
