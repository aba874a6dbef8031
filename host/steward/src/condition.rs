//! What a row has to meet.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// The same.
    #[serde(rename = "==")]
    Equal,
    /// Something else, or nothing at all.
    #[serde(rename = "!=")]
    Different,
    /// Before.
    #[serde(rename = "<")]
    Less,
    /// Before, or the same.
    #[serde(rename = "<=")]
    AtMost,
    /// After.
    #[serde(rename = ">")]
    More,
    /// After, or the same.
    #[serde(rename = ">=")]
    AtLeast,
    /// A text with it inside, or a list with it as an element.
    #[serde(rename = "contains")]
    Contains,
}

impl Comparison {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Comparison::Equal => "==",
            Comparison::Different => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
            Comparison::Contains => "contains",
        }
    }
}

/// One field compared with one value.
///
/// Where both are numbers they are compared as numbers, else as texts. A field that is no number is never before or after one. A row
/// that does not have the field meets no condition but `!=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The field, case kept; dots lead into tables and lists where there is no field of that very name.
    pub field: String,
    /// How it is compared.
    pub comparison: Comparison,
    /// The value, case kept.
    pub value: String,
    /// Whether the value was quoted: then it is a text even if it looks like a number.
    #[serde(default)]
    pub quoted: bool,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Condition { field, comparison, value, quoted } = self;
        match quoted {
            true => write!(f, "{field} {} \"{value}\"", comparison.name()),
            false => write!(f, "{field} {} {value}", comparison.name()),
        }
    }
}
