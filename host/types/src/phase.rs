//! The phases of a debate.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A phase of a debate; messages carry the one they were posted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before the first round: the briefing.
    Opening,
    /// Round 0: workers ask for facts.
    Research,
    /// Every worker, in seating order.
    Speak,
    /// Every worker, in reversed order.
    Rebuttal,
    /// The judge rules.
    Gate,
    /// Workers with floor budget, in laps.
    Floor,
    /// Between two rounds: the state of the debate.
    Summary,
}

impl Phase {
    /// The name used in events, WIT and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Opening => "opening",
            Phase::Research => "research",
            Phase::Speak => "speak",
            Phase::Rebuttal => "rebuttal",
            Phase::Gate => "gate",
            Phase::Floor => "floor",
            Phase::Summary => "summary",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is no phase.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no phase")]
pub struct BadPhase(String);

impl FromStr for Phase {
    type Err = BadPhase;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        use Phase::{Floor, Gate, Opening, Rebuttal, Research, Speak, Summary};
        [Opening, Research, Speak, Rebuttal, Gate, Floor, Summary]
            .into_iter()
            .find(|phase| phase.name() == text)
            .ok_or_else(|| BadPhase(text.into()))
    }
}
