//! What a component can be called for.

use amatelier_llm::Purpose;
use amatelier_types::World;
use amatelier_types::{Buyer, Exchange, Learner, MemberName, Phase, Turn};

/// One call of an export, with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Occasion {
    /// `persona.take-turn`.
    TakeTurn(Turn),
    /// `persona.answer`.
    Answer {
        /// What was said in the conversation before.
        so_far: Vec<Exchange>,
        /// What is asked now.
        question: String,
    },
    /// `judge.moderate`.
    Moderate {
        /// The phase that is moderated.
        phase: Phase,
        /// The last message that was moderated before.
        after: u32,
    },
    /// `judge.rule`.
    Rule {
        /// Whose gate it is.
        round: u32,
        /// The last round there can be.
        max_rounds: u32,
    },
    /// `judge.summarise`.
    Summarise {
        /// The round that is over.
        round: u32,
    },
    /// `rubric.axes`.
    Axes,
    /// `rubric.score`.
    Score {
        /// Who is scored.
        members: Vec<MemberName>,
        /// What was wrong with the last attempt.
        retry_note: Option<String>,
    },
    /// `items.list-items`.
    ListItems,
    /// `items.may-buy`.
    MayBuy {
        /// The item.
        item: String,
        /// Who buys.
        buyer: Buyer,
    },
    /// `items.redeem`.
    Redeem {
        /// The item.
        item: String,
        /// Who bought it.
        buyer: Buyer,
        /// What the buyer wrote.
        note: String,
    },
    /// `skills.list-skills`.
    ListSkills,
    /// `skills.teach`.
    Teach {
        /// The skill.
        skill: String,
        /// Who learns.
        learner: Learner,
    },
    /// `skills.advise`.
    Advise {
        /// The skill.
        skill: String,
        /// For which phase.
        phase: Phase,
        /// Of which round.
        round: u32,
    },
}

impl Occasion {
    /// The world whose export is called.
    pub fn world(&self) -> World {
        match self {
            Occasion::TakeTurn(_) | Occasion::Answer { .. } => World::Persona,
            Occasion::Moderate { .. } | Occasion::Rule { .. } | Occasion::Summarise { .. } => World::Judge,
            Occasion::Axes | Occasion::Score { .. } => World::Rubric,
            Occasion::ListItems | Occasion::MayBuy { .. } | Occasion::Redeem { .. } => World::Store,
            Occasion::ListSkills | Occasion::Teach { .. } | Occasion::Advise { .. } => World::Skill,
        }
    }

    /// The name of the function in WIT.
    pub fn function(&self) -> &'static str {
        match self {
            Occasion::TakeTurn(_) => "take-turn",
            Occasion::Answer { .. } => "answer",
            Occasion::Moderate { .. } => "moderate",
            Occasion::Rule { .. } => "rule",
            Occasion::Summarise { .. } => "summarise",
            Occasion::Axes => "axes",
            Occasion::Score { .. } => "score",
            Occasion::ListItems => "list-items",
            Occasion::MayBuy { .. } => "may-buy",
            Occasion::Redeem { .. } => "redeem",
            Occasion::ListSkills => "list-skills",
            Occasion::Teach { .. } => "teach",
            Occasion::Advise { .. } => "advise",
        }
    }

    /// The call as people read it.
    pub fn label(&self) -> String {
        let function = self.function();
        match self {
            Occasion::TakeTurn(turn) => format!("{function} ({}, round {})", turn.phase, turn.round),
            Occasion::Moderate { phase, after } => format!("{function} ({phase}, after message {after})"),
            Occasion::Rule { round, .. } | Occasion::Summarise { round } => {
                format!("{function} (round {round})")
            }
            Occasion::Score { members, retry_note } => {
                let again = if retry_note.is_some() { ", again" } else { "" };
                format!("{function} ({} members{again})", members.len())
            }
            Occasion::MayBuy { item, .. } | Occasion::Redeem { item, .. } => {
                format!("{function} ({})", item.escape_debug())
            }
            Occasion::Teach { skill, .. } => format!("{function} ({})", skill.escape_debug()),
            Occasion::Advise { skill, phase, round } => {
                format!("{function} ({}, {phase}, round {round})", skill.escape_debug())
            }
            Occasion::Answer { .. } | Occasion::Axes | Occasion::ListItems | Occasion::ListSkills => {
                function.into()
            }
        }
    }

    /// What a model is asked for on this occasion, for the stand-in model.
    pub(crate) fn purpose(&self) -> Purpose {
        match self {
            Occasion::Moderate { .. } => Purpose::Moderate,
            Occasion::Rule { .. } => Purpose::Rule,
            Occasion::Summarise { .. } => Purpose::Summarise,
            Occasion::Axes | Occasion::Score { .. } => Purpose::Score,
            _ => Purpose::Speak,
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        match self {
            Occasion::TakeTurn(turn) => turn.phase,
            Occasion::Moderate { phase, .. } | Occasion::Advise { phase, .. } => *phase,
            Occasion::Rule { .. } => Phase::Gate,
            Occasion::Summarise { .. } => Phase::Summary,
            _ => Phase::Speak,
        }
    }

    pub(crate) fn round(&self) -> u32 {
        match self {
            Occasion::TakeTurn(turn) => turn.round,
            Occasion::Rule { round, .. } | Occasion::Summarise { round } | Occasion::Advise { round, .. } => {
                *round
            }
            _ => 1,
        }
    }
}
