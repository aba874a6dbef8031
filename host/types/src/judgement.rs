//! What a judge does.

use serde::{Deserialize, Serialize};

/// Something the judge does between turns, as its component returned it: names are not checked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Intervention {
    /// Ask a member to come back to the question.
    Redirect {
        /// Whom.
        member: String,
        /// Why.
        reason: String,
    },
    /// A gate bonus for one contribution.
    Gate {
        /// Whose.
        member: String,
        /// Why.
        reason: String,
    },
    /// A penalty.
    Sanction {
        /// Whom.
        member: String,
        /// `redundancy`, `hallucination`, `off-directive`, or one the operator configured.
        offence: String,
        /// Why.
        reason: String,
    },
    /// The member sits out the phases of this round that have not begun.
    Halt {
        /// Who.
        member: String,
        /// Why.
        reason: String,
    },
    /// A remark to all.
    Remark {
        /// The remark.
        text: String,
    },
}

/// What the judge rules at the gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "ruling", content = "text")]
pub enum Verdict {
    /// Go on; the text says what is missing.
    Proceed(String),
    /// The debate is decided; the text says why.
    Converged(String),
}
