//! What happened outside, as the driver tells it.

use std::collections::BTreeMap;

use amatelier_types::{
    Axis, Failure, Finding, Intervention, MemberName, Move, Scorecard, Sha256, Timestamp, Usage, Verdict,
};
use serde::{Deserialize, Serialize};

use crate::{ActionId, CallRights, Caps, Note, PauseReason, Seat};

/// What a turn took from the outside world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Answers of models.
    pub usage: Usage,
    /// Requests that were in flight when the program died and were asked once more.
    pub resent: u32,
    /// Requests of which nobody knows what they took: in flight when the program died, or failed without a word about their price.
    #[serde(default, skip_serializing_if = "is_none")]
    pub uncertain: u32,
}

fn is_none(requests: &u32) -> bool {
    *requests == 0
}

/// What a rubric gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Its dimensions.
    pub axes: Vec<Axis>,
    /// Its cards, under the labels of the action.
    pub cards: Vec<Scorecard>,
}

/// A question that a component put to the Steward during its turn, and what it was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question, in its own words.
    pub question: String,
    /// The answer.
    pub finding: Finding,
}

/// What a component, or the Steward, returned.
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
    /// The Steward looked something up.
    Found(Box<Finding>),
}

/// Something that happened. Outcomes carry their time; the machine has no other clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An action is being started for the first time.
    Called {
        /// Which.
        action: ActionId,
        /// The component that takes it; none for the Steward's lookups.
        component: Option<Sha256>,
        /// The last event of the economy that it may read; 0 for none.
        ledger: u64,
        /// What its component may do, where that is looked up turn by turn; none for what its seat was given.
        rights: Option<CallRights>,
        /// When.
        at: Timestamp,
    },
    /// An action that was interrupted is taken up again with less than it was called with.
    Curtailed {
        /// Which.
        action: ActionId,
        /// What its component may do from now on.
        rights: CallRights,
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
        /// What its component asked the Steward on the way.
        asked: Vec<Asked>,
        /// When.
        at: Timestamp,
    },
    /// A turn that ended well changed the notebook of its member.
    Noted {
        /// Whose.
        member: MemberName,
        /// The notes that changed; none where one was removed.
        notes: BTreeMap<String, Option<Note>>,
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
    /// The operator says something at the table.
    Interjected {
        /// To one member and the judge; none: to all.
        to: Option<MemberName>,
        /// What.
        text: String,
        /// When.
        at: Timestamp,
    },
    /// The operator wants to hear a worker next.
    Preferred {
        /// Whom.
        member: MemberName,
        /// When.
        at: Timestamp,
    },
    /// The operator takes the word from a worker, or gives it back.
    Muted {
        /// Whom.
        member: MemberName,
        /// Whether it may not speak.
        muted: bool,
        /// When.
        at: Timestamp,
    },
    /// The operator set other caps.
    Capped {
        /// The caps from now on.
        caps: Caps,
        /// When.
        at: Timestamp,
    },
    /// The operator lets a model see what the Steward looks up, or no longer does.
    Consented {
        /// Whether it may.
        assisted: bool,
        /// When.
        at: Timestamp,
    },
    /// The operator wants a debate that is over, or waits for its marks, to be scored once more.
    Rescored {
        /// By whom.
        rubric: Box<Seat>,
        /// Whether these marks are to settle it. They do in any case where nothing has settled it, or the same rubric has.
        official: bool,
        /// Whether it is scored in opposite orders.
        double: bool,
        /// When.
        at: Timestamp,
    },
    /// The operator wants no more.
    Stopped {
        /// When.
        at: Timestamp,
    },
}
