//! Ids of debates.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The id of a roundtable: 12 lower-case hexadecimal digits (the Python system's form, §4 of the facts).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoundtableId(String);

/// A text that is no roundtable id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a roundtable id: 12 hexadecimal digits, as `amatelier list` shows them")]
pub struct BadRoundtableId(pub String);

impl RoundtableId {
    /// An id from six random bytes.
    pub fn from_random(bytes: [u8; 6]) -> Self {
        RoundtableId(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoundtableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RoundtableId {
    type Error = BadRoundtableId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let good = text.len() == 12 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if good { Ok(RoundtableId(text)) } else { Err(BadRoundtableId(text)) }
    }
}

impl FromStr for RoundtableId {
    type Err = BadRoundtableId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.to_owned().try_into()
    }
}

impl From<RoundtableId> for String {
    fn from(id: RoundtableId) -> Self {
        id.0
    }
}
