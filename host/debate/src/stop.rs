//! Why a debate ends, and why it waits.

use serde::{Deserialize, Serialize};

/// Why a debate ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopReason {
    /// The judge ruled that the question is decided.
    Converged,
    /// The last round is over.
    MaxRounds,
    /// Every worker passed or repeated itself in speak and rebuttal.
    NothingNew,
    /// The operator stopped it.
    Operator,
    /// Most workers, or the judge, are benched. Charges nobody, is not scored.
    Aborted,
}

impl StopReason {
    /// The name used in events and in the digest.
    pub fn name(self) -> &'static str {
        match self {
            StopReason::Converged => "converged",
            StopReason::MaxRounds => "max-rounds",
            StopReason::NothingNew => "nothing-new",
            StopReason::Operator => "operator",
            StopReason::Aborted => "aborted",
        }
    }
}

/// The end of a debate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Why.
    pub reason: StopReason,
    /// In words.
    pub detail: String,
}

/// Why a debate waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why", content = "detail")]
pub enum PauseReason {
    /// Every turn of a phase failed through the host or a provider; that phase is begun again. The text is the last fault.
    Provider(String),
    /// The operator asked for it.
    Operator,
    /// The next request could exceed a cap; the text says which. It goes on when the cap is raised.
    Cap(String),
    /// A request was in flight when the program died, nobody knows what became of it, and the operator is to say whether it is asked
    /// again; the text says which.
    Uncertain(String),
}
