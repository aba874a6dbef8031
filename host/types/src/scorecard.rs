//! What a rubric does.

use serde::{Deserialize, Serialize};

/// One dimension of the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// Unique in the rubric.
    pub id: String,
    /// For people.
    pub name: String,
    /// What a high mark means.
    pub description: String,
    /// Every value a mark may have, ascending.
    pub scale: Vec<u32>,
}

/// One value on one axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The axis's id.
    pub axis: String,
    /// The value.
    pub value: u32,
    /// Why.
    pub because: String,
    /// The messages that it rests on. A rubric of the first contract, and a debate marked in its time, names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<u32>,
}

/// Evidence for an extraordinary mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insight {
    /// The axis's id.
    pub axis: String,
    /// The quoted message.
    pub quoted_seq: u32,
    /// What the table held before.
    pub before: String,
    /// What it held after.
    pub after: String,
}

/// All marks of one member, as a rubric's component returned them: nothing is checked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorecard {
    /// The member.
    pub member: String,
    /// One per axis.
    pub marks: Vec<Mark>,
    /// One for every extraordinary mark.
    pub insights: Vec<Insight>,
}
