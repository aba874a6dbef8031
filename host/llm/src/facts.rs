//! What the host knows about a call besides its prompt.

use std::sync::Arc;

use amatelier_types::{MemberName, Message, Phase, Role, Seed};

use crate::Purse;

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A worker's turn.
    Speak,
    /// The judge's remarks on what was just said.
    Moderate,
    /// The judge's ruling at the gate.
    Rule,
    /// The state of the debate after a round.
    Summarise,
    /// The marks of a finished debate.
    Score,
    /// Help for the Steward.
    LookUp,
}

/// The occasion of a call. Given by the host; a provider that calls a real model ignores it, the rehearsal lives on it, so that it
/// never has to guess from a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallFacts {
    /// Who asks.
    pub member: MemberName,
    /// As what.
    pub role: Role,
    /// What its persona stands for, one line; may be empty.
    pub tagline: String,
    /// What for.
    pub purpose: Purpose,
    /// In which phase.
    pub phase: Phase,
    /// From 1; 0 for research.
    pub round: u32,
    /// The last round there can be.
    pub max_rounds: u32,
    /// 1-based place in the phase.
    pub position: u32,
    /// The debate's topic.
    pub topic: String,
    /// The whole briefing.
    pub briefing: String,
    /// The names of the registered files; empty without a Steward.
    pub files: Vec<String>,
    /// What the member may spend; none where it may buy nothing.
    pub purse: Option<Purse>,
    /// Every worker of the debate, in seating order.
    pub workers: Vec<MemberName>,
    /// Messages the member can hear, oldest first: those of this round and the speeches of the one before; for
    /// [`Purpose::Score`] those of the whole debate.
    pub heard: Vec<Arc<Message>>,
    /// The debate's seed: the same throughout a debate.
    pub debate_seed: Seed,
    /// The turn's seed: different for every turn, the same when a turn is run again.
    pub turn_seed: [u8; 32],
    /// Which call of the turn this is, from 1.
    pub call: u32,
}
