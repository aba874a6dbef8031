//! What crosses the border to a skill component: what it teaches, and whom.

use serde::{Deserialize, Serialize};

use crate::MemberName;

/// Something that can be learnt, as a skill component exports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Skill {
    /// Unique in its component.
    pub id: String,
    /// For people.
    pub title: String,
    /// What it is good for.
    pub summary: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Axes of a rubric that it is meant to raise.
    pub axes: Vec<String>,
    /// What its author would ask for it; the catalog decides.
    pub suggested_price: u32,
}

/// Who learns, as a skill component is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Learner {
    /// The member.
    pub name: MemberName,
    /// Its tier, from 0.
    pub tier: u32,
    /// The axis on which its official marks are lowest; none while there are no marks.
    pub weakest_axis: Option<String>,
    /// Debates in which it had this skill equipped.
    pub uses: u32,
}
