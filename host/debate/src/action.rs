//! What should be happening now.

use std::fmt;

use amatelier_types::{MemberName, Phase, Turn};
use serde::{Deserialize, Serialize};

use crate::{Duty, Labels};

/// The stable id of an action, such as `r1/speak/elena`. The same state gives the same ids; a phase that is begun again after a
/// provider was down gives new ones (`r1/speak/elena~2`), so that nothing recorded for the first try is taken for the second.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActionId(String);

impl ActionId {
    pub(crate) fn new(path: String, attempt: u32) -> Self {
        ActionId(if attempt > 1 { format!("{path}~{attempt}") } else { path })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// A worker's turn.
    Turn(Turn),
    /// The judge's remarks on the messages after `after`.
    Moderate {
        /// The phase that is being moderated.
        phase: Phase,
        /// The last message the judge has dealt with.
        after: u32,
    },
    /// The judge's ruling at the gate.
    Rule {
        /// The round.
        round: u32,
        /// The last round there can be.
        max_rounds: u32,
    },
    /// The state of the debate after a round.
    Summarise {
        /// The round.
        round: u32,
    },
    /// A question to the Steward.
    Lookup {
        /// Who asks.
        asker: MemberName,
        /// What, in its own words.
        question: String,
        /// The label of the model that is to help, if the asker chose one.
        label: Option<String>,
    },
    /// The marks.
    Score {
        /// Under which names the rubric sees the workers, in the order in which it sees them.
        labels: Labels,
        /// Which ballot of this scoring, from 1.
        ballot: u32,
        /// What was wrong with the first cards.
        retry_note: Option<String>,
    },
}

/// Something to be done by one member. Actions that [`crate::Debate::next`] returns together may run side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// Whose component is called.
    pub member: MemberName,
    /// What for.
    pub task: Task,
}

impl Task {
    /// What the member is called for.
    pub fn duty(&self) -> Duty {
        match self {
            Task::Turn(_) => Duty::Turn,
            Task::Moderate { .. } => Duty::Moderate,
            Task::Rule { .. } => Duty::Rule,
            Task::Summarise { .. } => Duty::Summarise,
            Task::Lookup { .. } => Duty::Lookup,
            Task::Score { .. } => Duty::Score,
        }
    }

    /// The phase it belongs to; none for a lookup, which runs beside whatever phase there is.
    pub fn phase(&self) -> Option<Phase> {
        match self {
            Task::Turn(turn) => Some(turn.phase),
            Task::Moderate { phase, .. } => Some(*phase),
            Task::Rule { .. } => Some(Phase::Gate),
            Task::Lookup { .. } => None,
            Task::Summarise { .. } | Task::Score { .. } => Some(Phase::Summary),
        }
    }
}
