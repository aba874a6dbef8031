//! What a persona's skills bring to the table, as it was when the debate opened: a skill that is swapped later teaches the next one.

use amatelier_types::Phase;
use serde::{Deserialize, Serialize};

/// The technique of an equipped skill, adapted to its learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Lesson {
    /// The skill.
    pub id: String,
    /// For people, one line.
    pub title: String,
    /// The technique, in Markdown.
    pub text: String,
}

/// What a skill says in a phase of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reminder {
    /// The skill.
    pub skill: String,
    /// The phase.
    pub phase: Phase,
    /// The round, from 1; 0 for research.
    pub round: u32,
    /// One short line.
    pub text: String,
}
