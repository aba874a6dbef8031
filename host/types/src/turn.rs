//! What a persona is called for, and what it does.

use serde::{Deserialize, Serialize};

use crate::Phase;

/// The occasion of a persona's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Research, speak, rebuttal or floor.
    pub phase: Phase,
    /// From 1; 0 for research.
    pub round: u32,
    /// The last round there can be.
    pub max_rounds: u32,
    /// 1-based place in the phase.
    pub position: u32,
    /// How many speak in the phase.
    pub of: u32,
    /// Floor contributions the persona still has in this debate.
    pub floor_turns_left: u32,
}

/// One question to a persona outside a debate, and what it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// What was asked.
    pub question: String,
    /// What it said.
    pub answer: String,
}

/// What a persona does with its turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// A contribution.
    Say(String),
    /// Nothing to add.
    Pass,
}
