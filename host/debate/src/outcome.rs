//! What happened outside, as the driver tells it.

use amatelier_types::{Axis, Failure, Intervention, Move, Scorecard, Sha256, Timestamp, Usage, Verdict};
use serde::{Deserialize, Serialize};

use crate::{ActionId, PauseReason};

/// What a turn took from the outside world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Answers of models.
    pub usage: Usage,
    /// Requests that were in flight when the program died and were asked once more.
    pub resent: u32,
}

/// What a rubric gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Its dimensions.
    pub axes: Vec<Axis>,
    /// Its cards, under the labels of the action.
    pub cards: Vec<Scorecard>,
}

/// What a component returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A persona moved.
    Moved(Move),
    /// A judge moderated.
    Moderated(Vec<Intervention>),
    /// A judge ruled.
    Ruled(Verdict),
    /// A judge summed up.
    Summarised(String),
    /// A rubric scored.
    Scored(Ballot),
}

/// Something that happened. Outcomes carry their time; the machine has no other clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An action is being started for the first time.
    Called {
        /// Which.
        action: ActionId,
        /// The component that takes it.
        component: Sha256,
        /// When.
        at: Timestamp,
    },
    /// An action ended. One that is not open (any more) changes nothing.
    Ended {
        /// Which.
        action: ActionId,
        /// What its component returned, or how the call failed.
        answer: Result<Answer, Failure>,
        /// What it took.
        spent: Spent,
        /// When.
        at: Timestamp,
    },
    /// The debate is to wait.
    Paused {
        /// Why.
        reason: PauseReason,
        /// When.
        at: Timestamp,
    },
    /// A paused debate goes on.
    Resumed {
        /// When.
        at: Timestamp,
    },
    /// The operator wants no more.
    Stopped {
        /// When.
        at: Timestamp,
    },
}
