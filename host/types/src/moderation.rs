//! When the judge speaks up.

use serde::{Deserialize, Serialize};

/// How often the judge is asked for remarks (rules §1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moderation {
    /// After the speak and after the rebuttal phase.
    #[default]
    PerPhase,
    /// After every contribution.
    PerMessage,
    /// Never between turns.
    GateOnly,
}
