//! The debate's facts. Folding them from empty gives the debate.

use std::collections::BTreeMap;

use amatelier_types::{
    Failure, FailureKind, Finding, MemberName, Message, Move, Phase, Sha256, Timestamp, VentureTier, Verdict,
};
use serde::{Deserialize, Serialize};

use crate::{
    ActionId, Asked, CallRights, Caps, Note, PauseReason, Scores, Seat, Setup, Spent, Stop,
    score::{is_one, one},
};

fn yes() -> bool {
    true
}

fn is_true(flag: &bool) -> bool {
    *flag
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

fn is_none(seq: &u64) -> bool {
    *seq == 0
}

/// A posted message and its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The message.
    #[serde(flatten)]
    pub message: Message,
    /// When it was posted.
    pub at: Timestamp,
}

/// The answer of a turn that waits for its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldAnswer {
    /// A move.
    Moved(Move),
    /// A failure.
    Failed(Failure),
}

/// How an action ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how", content = "kind")]
pub enum Ending {
    /// It gave what it was called for.
    Done,
    /// A worker had nothing to add.
    Passed,
    /// A worker asked instead of speaking, and speaks when it has its finding.
    Deferred,
    /// It failed.
    Failed(FailureKind),
}

/// What a member is called for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// A worker's turn.
    Turn,
    /// The judge's remarks.
    Moderate,
    /// The judge's ruling.
    Rule,
    /// The state of the debate.
    Summarise,
    /// A question to the Steward.
    Lookup,
    /// The marks.
    Score,
}

/// One fact, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum Event {
    /// The debate was opened.
    RoundtableOpened {
        /// With this.
        setup: Box<Setup>,
    },
    /// A phase began, or began again (`attempt` > 1) after a provider was down.
    PhaseBegan {
        /// The round, from 1; 0 for research.
        round: u32,
        /// The phase.
        phase: Phase,
        /// Who is called, in order.
        order: Vec<MemberName>,
        /// From 1.
        attempt: u32,
    },
    /// An action was started.
    TurnCalled {
        /// Which.
        action: ActionId,
        /// Whose.
        member: MemberName,
        /// What for.
        duty: Duty,
        /// The component that takes it; resume, replay and verify run this one. None for the Steward's lookups.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        component: Option<Sha256>,
        /// The last message its component may hear.
        heard: u32,
        /// The last event of the economy that its component may read; 0 for none.
        #[serde(default, skip_serializing_if = "is_none")]
        ledger: u64,
        /// What its component may do; none for what its seat was given when the debate opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rights: Option<CallRights>,
        /// When.
        at: Timestamp,
    },
    /// The operator took something from a component while one of its turns was interrupted: it is run again with less.
    RightsCurtailed {
        /// Which turn.
        action: ActionId,
        /// What its component may do from now on.
        rights: CallRights,
        /// When.
        at: Timestamp,
    },
    /// A message was posted.
    MessagePosted(Posted),
    /// One of several turns that run side by side was answered; it is posted in its place, when all are.
    AnswerHeld {
        /// Which.
        action: ActionId,
        /// What its component returned, or how the call failed.
        answer: HeldAnswer,
        /// What it took.
        spent: Spent,
        /// What its component asked the Steward on the way.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        asked: Vec<Asked>,
        /// When.
        at: Timestamp,
    },
    /// An action ended.
    TurnFinished {
        /// Which.
        action: ActionId,
        /// Whose.
        member: MemberName,
        /// How.
        ending: Ending,
        /// What it took.
        spent: Spent,
        /// When.
        at: Timestamp,
    },
    /// A turn changed the notebook of its member.
    NotesKept {
        /// Whose.
        member: MemberName,
        /// The notes that changed; none where one was removed.
        notes: BTreeMap<String, Option<Note>>,
    },
    /// A member asked the Steward.
    LookupAsked {
        /// The lookup.
        action: ActionId,
        /// Who.
        asker: MemberName,
        /// What, in its own words.
        question: String,
        /// The label of the model that is to help, if the asker chose one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// Whether it is one of those that cost no request.
        free: bool,
        /// The message it stands in; none when a component asked during its turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seq: Option<u32>,
    },
    /// The Steward answered.
    LookupAnswered {
        /// The lookup.
        action: ActionId,
        /// The whole answer.
        finding: Box<Finding>,
    },
    /// A finding was posted.
    FindingGiven {
        /// The lookup.
        action: ActionId,
        /// The message.
        seq: u32,
    },
    /// The operator wants to hear a worker next.
    MemberPreferred {
        /// Whom.
        member: MemberName,
    },
    /// The operator took the word from a worker, or gave it back.
    MemberMuted {
        /// Whom.
        member: MemberName,
        /// Whether it may not speak.
        muted: bool,
    },
    /// The operator set other caps.
    CapsSet {
        /// The caps from now on.
        caps: Caps,
        /// When.
        at: Timestamp,
    },
    /// The operator let a model see what the Steward looks up, or no longer did.
    ConsentSet {
        /// Whether it may.
        assisted: bool,
        /// When.
        at: Timestamp,
    },
    /// The judge ruled.
    GateRuled {
        /// The round.
        round: u32,
        /// The ruling.
        verdict: Verdict,
    },
    /// The judge rewarded a contribution.
    GateGiven {
        /// Whose.
        member: MemberName,
        /// Why.
        reason: String,
        /// The message that says so.
        seq: u32,
    },
    /// The judge asked a member to come back to the question.
    MemberRedirected {
        /// Whom.
        member: MemberName,
        /// Why.
        reason: String,
        /// The message that says so.
        seq: u32,
    },
    /// The judge penalised a member.
    MemberSanctioned {
        /// Whom.
        member: MemberName,
        /// For what.
        offence: String,
        /// Why.
        reason: String,
        /// The message that says so.
        seq: u32,
    },
    /// The judge lets a member sit out the phases of this round that have not begun.
    MemberHalted {
        /// Who.
        member: MemberName,
        /// Why.
        reason: String,
        /// The message that says so.
        seq: u32,
    },
    /// The judge made a remark to all.
    Remarked {
        /// The remark.
        text: String,
        /// The message that says so.
        seq: u32,
    },
    /// A worker staked on an idea.
    VentureProposed {
        /// Who.
        member: MemberName,
        /// How much.
        tier: VentureTier,
        /// The idea, one line.
        idea: String,
        /// The message it stands in.
        seq: u32,
    },
    /// Two failures in a row: the member is not called again in this debate.
    MemberBenched {
        /// Who.
        member: MemberName,
        /// The last failure.
        reason: String,
    },
    /// The debate waits.
    RoundtablePaused {
        /// Why.
        reason: PauseReason,
        /// Since when.
        at: Timestamp,
    },
    /// The debate goes on.
    RoundtableResumed {
        /// Since when.
        at: Timestamp,
    },
    /// The debate is over.
    RoundtableClosed {
        /// Why.
        stop: Stop,
        /// When.
        at: Timestamp,
    },
    /// The operator had a debate that is over scored once more.
    ScoringOpened {
        /// Who marks.
        rubric: Box<Seat>,
        /// Whether its marks, if there will be any, settle the debate.
        official: bool,
        /// Whether it is scored in opposite orders.
        #[serde(default, skip_serializing_if = "is_false")]
        double: bool,
        /// When.
        at: Timestamp,
    },
    /// The first cards of a ballot were refused.
    ScoresRefused {
        /// What was wrong.
        why: String,
        /// Which ballot.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        ballot: u32,
    },
    /// One of several ballots was cast.
    BallotCast {
        /// Which.
        ballot: u32,
        /// Its checked marks.
        scores: Scores,
    },
    /// One of several ballots is spoilt for good.
    BallotSpoilt {
        /// Which.
        ballot: u32,
        /// Why.
        why: String,
    },
    /// The debate was scored.
    Scored {
        /// The checked marks.
        scores: Scores,
        /// Whether they settle the debate; others are shown beside those that do.
        #[serde(default = "yes", skip_serializing_if = "is_true")]
        official: bool,
        /// When.
        at: Timestamp,
    },
    /// A scoring came to nothing.
    Unscored {
        /// Why.
        why: String,
        /// The rubric, where it was not the debate's first scoring.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rubric: Option<String>,
        /// Whether the debate has no official marks and stays unscored; else the marks it had stay.
        #[serde(default = "yes", skip_serializing_if = "is_true")]
        official: bool,
        /// When.
        at: Timestamp,
    },
}

impl Event {
    /// The version of the shapes in here; a later one may add kinds and fields.
    pub const VERSION: u32 = 1;

    /// When it happened, for those that say so.
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Event::RoundtableOpened { setup } => Some(setup.opened_at),
            Event::MessagePosted(posted) => Some(posted.at),
            Event::TurnCalled { at, .. }
            | Event::RightsCurtailed { at, .. }
            | Event::AnswerHeld { at, .. }
            | Event::TurnFinished { at, .. }
            | Event::CapsSet { at, .. }
            | Event::ConsentSet { at, .. }
            | Event::RoundtablePaused { at, .. }
            | Event::RoundtableResumed { at }
            | Event::RoundtableClosed { at, .. }
            | Event::ScoringOpened { at, .. }
            | Event::Scored { at, .. }
            | Event::Unscored { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// The fact's kind, as the journal files it.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::RoundtableOpened { .. } => "roundtable-opened",
            Event::PhaseBegan { .. } => "phase-began",
            Event::TurnCalled { .. } => "turn-called",
            Event::RightsCurtailed { .. } => "rights-curtailed",
            Event::MessagePosted(_) => "message-posted",
            Event::AnswerHeld { .. } => "answer-held",
            Event::TurnFinished { .. } => "turn-finished",
            Event::NotesKept { .. } => "notes-kept",
            Event::LookupAsked { .. } => "lookup-asked",
            Event::LookupAnswered { .. } => "lookup-answered",
            Event::FindingGiven { .. } => "finding-given",
            Event::MemberPreferred { .. } => "member-preferred",
            Event::MemberMuted { .. } => "member-muted",
            Event::CapsSet { .. } => "caps-set",
            Event::ConsentSet { .. } => "consent-set",
            Event::GateRuled { .. } => "gate-ruled",
            Event::GateGiven { .. } => "gate-given",
            Event::MemberRedirected { .. } => "member-redirected",
            Event::MemberSanctioned { .. } => "member-sanctioned",
            Event::MemberHalted { .. } => "member-halted",
            Event::Remarked { .. } => "remarked",
            Event::VentureProposed { .. } => "venture-proposed",
            Event::MemberBenched { .. } => "member-benched",
            Event::RoundtablePaused { .. } => "roundtable-paused",
            Event::RoundtableResumed { .. } => "roundtable-resumed",
            Event::RoundtableClosed { .. } => "roundtable-closed",
            Event::ScoringOpened { .. } => "scoring-opened",
            Event::ScoresRefused { .. } => "scores-refused",
            Event::BallotCast { .. } => "ballot-cast",
            Event::BallotSpoilt { .. } => "ballot-spoilt",
            Event::Scored { .. } => "scored",
            Event::Unscored { .. } => "unscored",
        }
    }
}
